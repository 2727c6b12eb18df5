"""Groups keep their identity from one computation to the next, or lead to where their members are."""

import pytest
from django.test import Client

from initiatives.models import Group, Membership, Pair
from initiatives.tasks.overlaps import compute_overlaps
from tests import people
from tests.tasks.found import listings, pair, run
from tests.views.reading import body

pytestmark = pytest.mark.django_db


class IdentityTests:
    def test_a_group_that_grows_stays_itself(self) -> None:
        one, two, three, four = listings(4)
        (before,) = run([one, two, three])
        (after,) = run([one, two, three, four])
        assert (before, Group.objects.count()) == (after, 1)

    def test_so_does_one_whose_members_were_hidden_meanwhile(self) -> None:
        one, two, three, four = listings(4)
        (before,) = run([one, two, three])
        one.withdraw()
        two.withdraw()
        (after,) = run([three, four])
        assert after == before

    def test_a_listing_that_comes_back_finds_its_group(self) -> None:
        one, two, three = listings(3)
        (before,) = run([one, two, three])
        for listing in (one, two, three):
            listing.withdraw()
        (other,) = run(listings(3))
        assert other != before
        for listing in (one, two, three):
            listing.submit()
            listing.publish()
        assert run([one, two, three]) == [before]

    def test_nothing_that_a_dissolved_group_said_of_its_members_stays(self) -> None:
        members = listings(3)
        (before,) = run(members)
        run(listings(3))
        before.refresh_from_db()
        assert (before.label, before.reasons, before.last_members) == ({}, [], [row.pk for row in members])

    def test_what_a_person_called_it_stays(self) -> None:
        members = listings(3)
        (before,) = run(members)
        Group.objects.update(given_labels={"en": "Growers"})
        run(listings(3))
        assert [group.given_labels for group in run(members)] == [{"en": "Growers"}]
        assert before.given_labels == {}


class AddressTests:
    def test_a_merged_group_leads_to_the_other_for_now(self) -> None:
        some, others = listings(4), listings(3)
        large, small = run(some, others)
        (merged,) = run([*some, *others])
        assert merged == large
        for rest in ("/", ".csv"):
            answer = Client().get(f"/groups/{small.public_id}{rest}")
            assert (answer.status_code, answer["Location"]) == (302, f"/groups/{large.public_id}{rest}")

    def test_a_dissolved_one_says_so(self) -> None:
        (before,) = run(listings(3))
        (other,) = run(listings(3))
        for prefix, said in (("", "This group has dissolved"), ("/nl", "Deze groep is uiteengevallen")):
            answer = Client().get(f"{prefix}/groups/{before.public_id}/")
            assert (answer.status_code, f"<h1>{said}</h1>" in body(answer)) == (410, True)
            assert f'href="{prefix}/groups/"' in body(answer)
            assert "no-store" in answer["Cache-Control"]
        assert Client().get(other.get_absolute_url()).status_code == 200

    def test_its_address_leads_on_once_its_members_are_in_another(self) -> None:
        one, two, three, four, five, six = listings(6)
        (before,) = run([one, two, three])
        (other,) = run([four, five, six])
        run([one, four, five, six])
        assert Client().get(before.get_absolute_url())["Location"] == other.get_absolute_url()

    def test_one_that_never_was_is_not_found(self) -> None:
        assert Client().get("/groups/0000000000/").status_code == 404


class WithdrawnMeanwhileTests:
    def test_what_was_found_of_it_is_not_kept(self) -> None:
        one, two, three = listings(3)
        one.withdraw()
        (group,) = run([one, two, three], pairs=[pair(one, two)])
        assert not Pair.objects.exists()
        assert set(group.memberships.values_list("initiative", flat=True)) == {two.pk, three.pk}
        assert group.label["words"] == {}


class WholeRunTests:
    def test_two_in_a_row_find_the_same_groups(self) -> None:
        for place, town in enumerate(("Ghent", "Lille", "Bologna", "Bristol")):
            people.initiative(
                name=f"Mended {place}",
                mission="Volunteers mend toasters, bicycles and lamps with visitors.",
                domains=["repair-reuse"],
                tags=["repair café", "toasters"],
                city=people.city(town),
            )
        for word in ("honey", "opera", "solar panels", "swimming", "chess", "cargo bikes", "radio", "weaving"):
            people.initiative(name=f"House of {word}", mission=f"Everything about {word} for those who like {word}.")
        compute_overlaps()
        before = list(Membership.objects.values_list("group", "initiative").order_by("initiative"))
        compute_overlaps()
        assert len(before) == 4
        assert list(Membership.objects.values_list("group", "initiative").order_by("initiative")) == before
