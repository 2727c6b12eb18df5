"""Two listings of one initiative become one, and two again."""

from datetime import timedelta
from random import Random
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from initiatives.models import (
    Claim,
    Group,
    IllegalDeed,
    IllegalMove,
    Initiative,
    Mail,
    Membership,
    Merge,
    Outbox,
    Pair,
    Report,
    ReviewEvent,
    Translation,
    Verdict,
    merge,
)
from initiatives.models.merging import better, is_settled
from tests import people
from tests.models.merging.furnished import everything, two

pytestmark = pytest.mark.django_db


def olga() -> Any:
    return people.officer()


def again(listing: Initiative) -> Initiative:
    return Initiative.objects.get(pk=listing.pk)


def refusal(*arguments: Any, **said: Any) -> str:
    before = everything()
    with pytest.raises(IllegalDeed) as refused, transaction.atomic():
        merge(*arguments, **said)
    assert everything() == before
    return str(refused.value)


class MergeTests:
    def test_the_one_leads_to_the_other_and_both_are_told_of(self) -> None:
        kept, away = people.initiative(name="Café"), people.initiative(name="Cafe")
        Outbox.objects.all().delete()
        made = merge(kept, away, by=olga(), reason="One café.")
        away = again(away)
        assert (away.review_state, away.merged_into, away.standing) == ("merged", kept, kept)
        assert ReviewEvent.objects.values_list("was", "became", "by__name", "reason").get() == (
            "published",
            "merged",
            "Olga",
            "One café.",
        )
        asked = {key for row in Outbox.objects.waiting() for key in row.payload["initiatives"]}
        assert asked == {kept.pk, away.pk}
        assert (made.state, made.kept, made.merged, made.by) == ("in_force", kept, away, olga())

    def test_its_overlaps_leave_at_once(self) -> None:
        kept, away, third = (people.initiative() for _ in range(3))
        people.group(away, third)
        merge(kept, away, by=olga())
        assert (Pair.objects.count(), Membership.objects.of([away]).count()) == (0, 0)

    def test_what_only_the_other_has_goes_over(self) -> None:
        kept = people.initiative(name="Café", language="en", mission="We mend.", domains=["food"])
        away = people.initiative(
            name="Reparatiecafé",
            language="nl",
            mission="Wij herstellen.",
            primary_url="https://repair.example/",
            domains=["repair-reuse"],
            tags=["repair"],
            licences=[("MIT", "software")],
            wants=["A room"],
            contact="us@repair.example",
        )
        people.steward("Bruno", of=away)
        Claim.objects.create(initiative=away, by=people.person("Stan"), evidence="I founded it.")
        Report.objects.create(initiative=away, kind="wrong")
        merge(kept, away, by=olga())
        kept = again(kept)
        assert kept.nickname == ["Reparatiecafé"]
        assert kept.urls == ["https://repair.example/"]
        assert [row.domain.slug for row in kept.domain_rows.all()] == ["food", "repair-reuse"]
        assert [row.tag.name for row in kept.tagged.all()] == ["repair"]
        assert [row.licence.spdx_id for row in kept.licence_rows.all()] == ["MIT"]
        assert [row.title for row in kept.exchanges.all()] == ["A room"]
        assert Translation.objects.values_list("initiative", "language", "mission").get() == (
            kept.pk,
            "nl",
            "Wij herstellen.",
        )
        assert [(row.person.name, row.origin) for row in kept.stewardships.all()] == [("Bruno", "merged")]
        assert (kept.claims.count(), kept.reports.count(), kept.contact) == (1, 1, "us@repair.example")

    def test_what_the_kept_one_has_stays_its_own(self) -> None:
        kept = people.initiative(mission="Ours.", domains=["food", "energy"], primary_url="https://ours.example/")
        away = people.initiative(mission="Theirs.", domains=["energy"], primary_url="https://theirs.example/")
        merge(kept, away, by=olga())
        kept = again(kept)
        assert (kept.mission, kept.primary_url) == ("Ours.", "https://ours.example/")
        assert [row.domain.slug for row in kept.domain_rows.all()] == ["food", "energy"]

    def test_what_was_chosen_is_taken_and_what_it_replaces_is_kept_beside(self) -> None:
        kept = people.initiative(name="Cafe", primary_url="http://old.example/", founded_year=None)
        away = people.initiative(
            name="Café", primary_url="https://new.example/", founded_year=2011, founded_precision="exact"
        )
        merge(kept, away, by=olga(), choices={"name": "away", "website": "away", "years": "away"})
        kept = again(kept)
        assert (kept.name, kept.nickname, kept.sort_key) == ("Café", ["Cafe"], "cafe")
        assert (kept.primary_url, kept.urls) == ("https://new.example/", ["http://old.example/"])
        assert (kept.founded_year, kept.founded_precision) == (2011, "exact")

    def test_whoever_edits_an_older_version_is_told(self) -> None:
        kept, away = people.initiative(), people.initiative()
        merge(kept, away, by=olga())
        assert again(kept).version == 2

    def test_no_more_than_four_domains_are_kept(self) -> None:
        kept = people.initiative(domains=["food", "energy", "housing"])
        away = people.initiative(domains=["mobility", "education"])
        merge(kept, away, by=olga())
        slugs = [row.domain.slug for row in again(kept).domain_rows.all()]
        assert slugs == ["food", "energy", "housing", "mobility"]

    def test_a_link_between_the_two_becomes_none_to_itself(self) -> None:
        kept, away, third = (people.initiative() for _ in range(3))
        people.link(source=kept, target=away)
        people.link(source=away, target=third)
        people.link(source=kept, target=third)
        merge(kept, away, by=olga())
        assert list(kept.relationships.values_list("to_initiative", flat=True)) == [away.pk, third.pk]

    def test_what_was_said_of_the_kept_one_wins(self) -> None:
        third, kept, away, fourth = (people.initiative() for _ in range(4))
        for one, verdict in ((kept, "peers"), (away, "unrelated")):
            Verdict.objects.create(a=third, b=one, verdict=verdict)
        Verdict.objects.create(a=away, b=fourth, verdict="complementary")
        merge(kept, away, by=olga())
        said = set(Verdict.objects.values_list("a", "b", "verdict"))
        assert said == {
            (third.pk, kept.pk, "peers"),
            (third.pk, away.pk, "unrelated"),
            (kept.pk, fourth.pk, "complementary"),
        }

    def test_a_twin_that_still_waits_leads_on_too(self) -> None:
        kept, away = people.initiative(), people.initiative(review_state="submitted")
        merge(kept, away, by=olga())
        assert again(away).standing == kept

    def test_it_is_found_by_both_names(self) -> None:
        kept, away = people.initiative(name="Fixers"), people.initiative(name="Zwxqvers")
        merge(kept, away, by=olga())
        assert list(Initiative.objects.published().saying(["zwxqvers"])) == [kept]


class RefusedTests:
    def test_with_itself(self) -> None:
        kept = people.initiative()
        assert refusal(kept, kept, by=olga()) == "A listing cannot be merged with itself."

    def test_into_one_that_was_merged_away_so_no_circle_comes_to_be(self) -> None:
        one, other = people.initiative(name="One"), people.initiative(name="Other")
        merge(one, other, by=olga())
        assert refusal(other, one, by=olga()) == "“Other” is not published: only a published listing can be kept."

    def test_one_that_was_merged_already(self) -> None:
        one, other, third = (people.initiative(name=name) for name in ("One", "Other", "Third"))
        merge(one, other, by=olga())
        assert refusal(third, other, by=olga()) == "“Other” is merged and cannot be merged."

    def test_a_platform_with_an_initiative(self) -> None:
        words = refusal(people.initiative(), people.platform(), by=people.administrator())
        assert words == "An initiative and a platform cannot be one listing."

    def test_a_sentence_that_is_too_long_for_what_was_registered_here(self) -> None:
        kept = people.initiative()
        away = people.initiative(name="List", source="list", source_id="1", mission="x" * 300)
        assert refusal(kept, away, by=olga(), choices={"texts": "away"}).startswith("The sentence of “List”")


class TwoCitiesTests:
    def two_cities(self) -> tuple[Initiative, Initiative]:
        return people.initiative(), people.initiative(city=people.city("Lille"))

    def test_the_other_officer_confirms(self) -> None:
        kept, away = self.two_cities()
        made = merge(kept, away, by=olga(), reason="One network.", choices={"name": "away"})
        assert (made.state, again(away).review_state) == ("proposed", "published")
        leo = people.officer("Leo", of="Lille")
        assert not made.may_be_confirmed_by(olga())
        made.confirm(by=leo)
        assert (made.state, made.confirmed_by, again(kept).name) == ("in_force", leo, away.name)

    def test_an_officer_elsewhere_does_not(self) -> None:
        made = merge(*self.two_cities(), by=olga())
        with pytest.raises(IllegalDeed):
            made.confirm(by=people.officer("Piet", of="Antwerp"))

    def test_an_administrator_needs_nobody(self) -> None:
        assert merge(*self.two_cities(), by=people.administrator()).state == "in_force"

    def test_it_is_proposed_once(self) -> None:
        pair = self.two_cities()
        merge(*pair, by=olga())
        assert "has been proposed already" in refusal(*reversed(pair), by=people.officer("Leo", of="Lille"))

    def test_refused_it_can_be_proposed_again(self) -> None:
        pair = self.two_cities()
        made = merge(*pair, by=olga())
        made.refuse(by=people.officer("Leo", of="Lille"), reason="They are two.")
        assert made.state == "refused"
        assert merge(*pair, by=olga()).state == "proposed"


class UndoTests:
    @pytest.mark.parametrize("seed", range(5))
    def test_every_row_is_as_it_was(self, seed: int) -> None:
        officer, (kept, away) = olga(), two(Random(seed))
        before, choices = everything(), better(kept, away, stewarded=[away.pk])
        made = merge(kept, away, by=officer, choices=choices)
        assert everything() != before
        made.undo(by=officer)
        assert everything() == before

    def test_what_was_changed_since_stays(self) -> None:
        kept = people.initiative(name="Cafe", mission="Old.", language="en")
        away = people.initiative(name="Café", mission="Theirs.", nickname=["RC"], language="en")
        people.steward("Bruno", of=away)
        made = merge(kept, away, by=olga(), choices={"texts": "away"})
        Initiative.objects.filter(pk=kept.pk).update(mission="New.", nickname=["Café", "RC", "Fixers"])
        kept.stewardships.all().delete()
        made.undo(by=olga())
        kept = again(kept)
        assert (kept.mission, kept.nickname) == ("New.", ["Fixers"])
        # Who left the kept one is not brought back.
        assert again(away).stewardships.count() == 0

    def test_the_main_domain_is_the_first_again(self) -> None:
        kept, away = people.initiative(domains=["food"]), people.initiative(domains=["energy"])
        made = merge(kept, away, by=olga())
        kept.set_domains([people.domain("energy"), people.domain("food")])
        made.undo(by=olga())
        assert list(kept.domain_rows.values_list("domain__slug", "position")) == [("food", 1)]

    def test_twice_is_refused(self) -> None:
        made = merge(people.initiative(), people.initiative(), by=olga())
        made.undo(by=olga())
        with pytest.raises(IllegalDeed):
            made.undo(by=olga())

    def test_is_no_decision_that_could_be_undone_once_more(self) -> None:
        officer, kept, away = olga(), people.initiative(), people.initiative()
        merge(kept, away, by=officer).undo(by=officer)
        assert list(ReviewEvent.objects.undoable_by(officer)) == []
        with pytest.raises(IllegalMove):
            away.undo_decision(away.review_events.last(), by=officer)

    def test_of_a_chain_the_last_goes_first(self) -> None:
        first, second, third = (people.initiative(name=name) for name in ("First", "Second", "Third"))
        early, late = merge(second, first, by=olga()), merge(third, second, by=olga())
        assert again(first).standing == third
        with pytest.raises(IllegalDeed) as refused:
            early.undo(by=olga())
        assert "undo that first" in str(refused.value)
        late.undo(by=olga())
        early.undo(by=olga())
        assert {each.review_state for each in Initiative.objects.all()} == {"published"}

    def test_it_can_be_merged_again(self) -> None:
        kept, away = people.initiative(), people.initiative()
        merge(kept, away, by=olga()).undo(by=olga())
        merge(kept, away, by=olga())
        assert again(away).merged_into == kept


class SettledTests:
    def test_once_undoing_is_offered_no_more_on_the_whole_way(self) -> None:
        first, second, third = (people.initiative() for _ in range(3))
        early, _late = merge(second, first, by=olga()), merge(third, second, by=olga())
        month_ago = timezone.now() - timedelta(days=31)
        assert not is_settled(again(first))
        Merge.objects.filter(pk=early.pk).update(merged_at=month_ago)
        assert not is_settled(again(first))
        Merge.objects.all().update(merged_at=month_ago)
        assert is_settled(again(first))


class MailTests:
    def mails(self) -> set[tuple[str, str]]:
        return set(Mail.objects.waiting().values_list("kind", "to"))

    def test_stewards_of_both_are_told_with_the_reason(self) -> None:
        kept, away = people.initiative(), people.initiative()
        people.steward("Alice", of=kept)
        people.steward("Bruno", of=away)
        merge(kept, away, by=olga(), reason="One café.")
        assert self.mails() == {("listings-merged", f"{name}@example.org") for name in ("alice", "bruno")}
        assert Mail.objects.first().context["reason"] == "One café."

    def test_each_is_led_to_pages_in_their_language(self) -> None:
        kept, away = people.initiative(), people.initiative()
        alice = people.steward("Alice", of=kept)
        type(alice).objects.filter(pk=alice.pk).update(language="nl")
        merge(kept, away, by=olga())
        context = Mail.objects.get().context
        assert [context[name][:4] for name in ("kept_path", "objection_path")] == ["/nl/", "/nl/"]

    def test_undone_before_it_went_out_nobody_hears_of_it(self) -> None:
        kept, away = people.initiative(), people.initiative()
        people.steward("Alice", of=kept)
        merge(kept, away, by=olga()).undo(by=olga())
        assert self.mails() == set()

    def test_undone_later_they_are_told_that_too(self) -> None:
        kept, away = people.initiative(), people.initiative()
        people.steward("Alice", of=kept)
        made = merge(kept, away, by=olga())
        Mail.objects.update(state="sent")
        made.undo(by=olga())
        assert self.mails() == {("merge-undone", "alice@example.org")}


class ObjectionTests:
    def test_it_waits_until_an_officer_has_answered(self) -> None:
        kept, away = people.initiative(), people.initiative()
        alice = people.steward("Alice", of=kept)
        made = merge(kept, away, by=olga())
        assert list(Merge.objects.objected()) == []
        made.object(by=alice, words="We are two.")
        assert list(Merge.objects.objected()) == [made]
        made.overrule(by=olga(), reason="One address, one board.")
        assert list(Merge.objects.objected()) == []
        assert Mail.objects.filter(kind="merge-objection-answered", to=alice.email).count() == 1

    def test_undone_it_waits_no_more(self) -> None:
        kept, away = people.initiative(), people.initiative()
        alice = people.steward("Alice", of=kept)
        made = merge(kept, away, by=olga())
        made.object(by=alice, words="We are two.")
        made.undo(by=olga())
        assert list(Merge.objects.objected()) == []


class BetterTests:
    def test_what_only_the_other_says_and_what_somebody_answers_for(self) -> None:
        kept = people.initiative(mission="A long and winding text about it.", primary_url="")
        away = people.initiative(mission="Short.", primary_url="https://mend.example/", number_of_members=7)
        assert better(kept, away, stewarded=[]) == {"website": "away", "members": "away"}
        assert better(kept, away, stewarded=[away.pk])["texts"] == "away"


class AtOnceTests:
    @pytest.mark.django_db(transaction=True)
    def test_of_two_officers_who_merge_crosswise_one_succeeds(self) -> None:
        one, other, officer = people.initiative(), people.initiative(), olga()
        start, refused = Barrier(2), []

        def decide(kept: Initiative, away: Initiative) -> None:
            start.wait()
            try:
                merge(kept, away, by=officer)
            except IllegalDeed:
                refused.append(kept)
            finally:
                connection.close()

        threads = [Thread(target=decide, args=pair) for pair in ((one, other), (other, one))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (len(refused), Merge.objects.count()) == (1, 1)
        assert Group.objects.count() == 0
