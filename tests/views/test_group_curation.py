"""Groups by hand: each deed on the page that offers it, its undo, and whom it is not offered."""

from html import unescape

import pytest
from django.test import Client

from initiatives.models import Feedback, Group, Placement, User, Verdict
from tests import people
from tests.curation import circle, homes, the

pytestmark = pytest.mark.django_db


def across() -> Group:
    """A group of two cities."""
    members = [people.initiative(name="Here"), people.initiative(name="There", city=people.city("Lille"))]
    return people.group(*members, last_members=sorted(member.pk for member in members))


def read(who: User, group: Group, *, status: int = 200) -> str:
    response = people.signed_in(who).get(f"/groups/{group.public_id}/curate/")
    assert response.status_code == status
    return unescape(response.content.decode())


def press(who: User, group: Group, deed: str, **said: object) -> int:
    return people.signed_in(who).post(f"/groups/{group.public_id}/{deed}/", {"key": deed, **said}).status_code


class BoundsTests:
    def test_an_officer_names_and_splits_a_group_that_lies_wholly_in_their_cities(self) -> None:
        page = read(people.officer(), circle("A", "B"))
        assert "/name/" in page
        assert "/split/" in page

    def test_of_a_group_across_cities_an_officer_sees_to_the_own_listings_alone(self) -> None:
        group, olga = across(), people.officer()
        page = read(olga, group)
        assert "/name/" not in page
        assert f"/members/{the('Here').public_id}/bar/" in page
        assert f"/members/{the('There').public_id}/bar/" not in page
        assert press(olga, group, "name", name_en="Sheds") == 404
        assert press(olga, group, f"members/{the('There').public_id}/bar") == 404
        assert not Placement.objects.exists()

    def test_across_cities_a_broker_names_and_splits_but_moves_no_listing(self) -> None:
        group, bea = across(), people.broker()
        assert press(bea, group, "name", name_en="Sheds") == 302
        assert press(bea, group, f"members/{the('Here').public_id}/bar") == 404
        assert press(bea, circle("A", "B"), "name", name_en="Sheds") == 404

    def test_an_administrator_may_all_of_it(self) -> None:
        group, ada = across(), people.administrator()
        assert press(ada, group, "name", name_en="Sheds") == 302
        assert press(ada, group, f"members/{the('There').public_id}/bar") == 302

    def test_others_have_no_such_page(self) -> None:
        group = circle("A", "B")
        for who in (people.officer("Leo", of="Lille"), people.steward(of=the("A")), people.person("Stan")):
            read(who, group, status=404)
            assert press(who, group, "name", name_en="Sheds") == 404
        assert not Group.objects.get().given_labels


class DeedTests:
    def test_a_name_is_given_in_each_language_and_undone(self) -> None:
        group, olga = circle("A", "B"), people.officer()
        press(olga, group, "name", name_en="Sheds", name_nl="Schuren")
        assert Group.objects.get().given_labels == {"en": "Sheds", "nl": "Schuren"}
        press(olga, group, "unname")
        assert Group.objects.get().given_labels == {}

    def test_without_a_name_the_page_says_so(self) -> None:
        response = people.signed_in(people.officer()).post(f"/groups/{circle('A', 'B').public_id}/name/", {"key": "k"})
        page = unescape(response.content.decode())
        assert (response.status_code, "<title>Error:" in page) == (422, True)

    def test_members_are_split_off_and_put_together_again(self) -> None:
        group, olga = circle("A", "B", "C", "D"), people.officer()
        press(olga, group, "split", members=[the("A").public_id, the("B").public_id])
        new = Group.objects.exclude(pk=group.pk).get()
        assert (homes(new), homes(group)) == ({"A", "B"}, {"C", "D"})
        press(olga, new, "rejoin")
        assert homes(group) == {"A", "B", "C", "D"}

    def test_what_cannot_be_split_is_said(self) -> None:
        group = circle("A", "B", "C")
        said = {"key": "k", "members": [the("A").public_id, the("B").public_id]}
        response = people.signed_in(people.officer()).post(f"/groups/{group.public_id}/split/", said)
        assert response.status_code == 409
        assert "both groups need two members" in response.content.decode()

    def test_a_listing_is_taken_out_and_let_in_again(self) -> None:
        group, olga = circle("A", "B", "C"), people.officer()
        way = f"members/{the('A').public_id}"
        press(olga, group, f"{way}/bar")
        assert homes(group) == {"B", "C"}
        assert f"/{way}/unbar/" in read(olga, group)
        press(olga, group, f"{way}/unbar")
        assert homes(group) == {"A", "B", "C"}

    def test_a_listing_is_pinned_by_the_address_of_its_page(self) -> None:
        group, olga = circle("A", "B"), people.officer()
        added = people.initiative(name="Added")
        press(olga, group, "pin", listing=f"https://example.org{added.get_absolute_url()}")
        assert homes(group) == {"A", "B", "Added"}
        press(olga, group, f"members/{added.public_id}/unpin")
        assert homes(group) == {"A", "B"}

    @pytest.mark.parametrize("address", ["", "nonsense", "/initiatives/0000000000/x/"])
    def test_what_is_no_listing_of_theirs_is_not_pinned(self, address: str) -> None:
        group = circle("A", "B")
        foreign = people.initiative(city=people.city("Lille"))
        for said in (address, foreign.get_absolute_url()):
            assert press(people.officer(), group, "pin", listing=said) == 422

    def test_a_verdict_is_given_and_taken_back(self) -> None:
        group, olga = circle("A", "B", "C"), people.officer()
        way = f"pairs/{the('A').public_id}/{the('B').public_id}"
        press(olga, group, way, verdict="unrelated", reason="One sews, one digs.")
        verdict = Verdict.objects.get()
        assert (verdict.verdict, verdict.reason, verdict.by) == ("unrelated", "One sews, one digs.", olga)
        assert "One sews, one digs." in read(olga, group)
        press(olga, group, f"{way}/take-back")
        assert not Verdict.objects.exists()

    def test_that_two_are_one_is_said_where_they_are_merged(self) -> None:
        way = f"pairs/{people.initiative(name='A').public_id}/{people.initiative(name='B').public_id}"
        assert press(people.officer(), circle("C", "D"), way, verdict="same") == 422


class FeedbackTests:
    def test_whoever_has_signed_in_says_whether_it_is_useful(self) -> None:
        group, stan = circle("A", "B"), people.person("Stan")
        assert (
            f"/groups/{group.public_id}/feedback/"
            in people.signed_in(stan).get(group.get_absolute_url()).content.decode()
        )
        press(stan, group, "feedback", useful="yes")
        press(stan, group, "feedback", useful="no")
        assert list(Feedback.objects.values_list("useful", "by__name")) == [(False, "Stan")]
        press(stan, group, "feedback", useful="")
        assert not Feedback.objects.exists()

    def test_readers_are_not_asked(self) -> None:
        group = circle("A", "B")
        assert "/feedback/" not in Client().get(group.get_absolute_url()).content.decode()
        assert press_as_reader(group) == "/sign-in/"


def press_as_reader(group: Group) -> str:
    return Client().post(f"/groups/{group.public_id}/feedback/")["Location"].partition("?")[0]
