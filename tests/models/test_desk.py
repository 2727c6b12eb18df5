"""One queue over everything that waits for somebody who curates, and nothing that waits for others."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from initiatives.models import Claim, Confirmation, DuplicatePair, Initiative, Merge, Report
from initiatives.models.desk import Desk
from tests import people

pytestmark = pytest.mark.django_db

KINDS = ["new", "changed", "claim", "report", "duplicate", "merge", "unconfirmed"]


def ago(days: float) -> Any:
    return timezone.now() - timedelta(days=days)


def submitted(name: str, *, days: float = 1, **values: Any) -> Initiative:
    return people.initiative(name=name, review_state="submitted", review_since=ago(days), **values)


def changed(listing: Initiative, *, days: float = 1, is_marked: bool = False) -> None:
    listing.changes.create(was={"name": "A"}, became={"name": "B"}, at=ago(days), is_marked=is_marked)


def claimed(listing: Initiative, *, days: float = 1, by: str = "Stan") -> Claim:
    return Claim.objects.create(initiative=listing, by=people.person(by), evidence="I am in it.", at=ago(days))


def reported(listing: Initiative, *, days: float = 1, kind: str = "gone") -> Report:
    return Report.objects.create(initiative=listing, kind=kind, at=ago(days))


def doubled(one: Initiative, other: Initiative, *, days: float = 1) -> DuplicatePair:
    a, b = sorted((one, other), key=lambda each: each.pk)
    return DuplicatePair.objects.create(a=a, b=b, probability=0.9, reasons=[], found_at=ago(days))


def proposed(one: Initiative, other: Initiative, *, days: float = 1) -> Merge:
    return Merge.objects.create(kept=one, merged=other, state="proposed", at=ago(days))


def unconfirmed(listing: Initiative, *, days: float = 1) -> Confirmation:
    return Confirmation.objects.create(initiative=listing, round=2, on_desk_at=ago(days))


def one_of_each(**place: Any) -> None:
    """Seven listings, each waiting for another reason; the first longest."""
    submitted("new", days=6, **place)
    published = [people.initiative(name=name, **place) for name in ("changed", "claim", "report", "duplicate")]
    changed(published[0], days=5)
    claimed(published[1], days=4)
    reported(published[2], days=3)
    doubled(published[3], people.initiative(name="its double", **place), days=2)
    proposed(people.initiative(name="merge", **place), people.initiative(**place), days=1.5)
    unconfirmed(people.initiative(name="unconfirmed", **place), days=1)


def names(desk: Desk, kind: str = "") -> list[str]:
    listings = Initiative.objects.in_bulk([row.listing for row in desk.rows(kind)])
    return [listings[row.listing].name for row in desk.rows(kind)]


class DeskTests:
    def test_everything_waits_in_one_queue_the_oldest_first(self) -> None:
        one_of_each()
        desk = Desk(people.officer())
        assert [row.kind for row in desk.rows()] == KINDS
        assert names(desk) == KINDS
        assert desk.queue == dict.fromkeys(KINDS, 1)
        assert desk.total == 7

    def test_what_waits_in_another_city_is_not_there(self) -> None:
        one_of_each()
        leo = Desk(people.officer("Leo", of="Lille"))
        assert (leo.rows(), leo.total) == ([], 0)
        assert Desk(people.officer()).total == 7

    @pytest.mark.parametrize("kind", KINDS)
    def test_a_kind_can_be_looked_at_alone(self, kind: str) -> None:
        one_of_each()
        assert names(Desk(people.officer()), kind) == [kind]

    def test_whoever_asks_to_be_taken_out_comes_first(self) -> None:
        submitted("long ago", days=90)
        reported(people.initiative(name="about somebody"), days=0, kind="about_me")
        assert names(Desk(people.officer())) == ["about somebody", "long ago"]

    def test_among_changes_the_marked_come_first_and_those_of_a_listing_together(self) -> None:
        plain, marked = people.initiative(name="plain"), people.initiative(name="marked")
        changed(plain, days=3)
        changed(marked, days=2)
        changed(marked, days=1, is_marked=True)
        desk = Desk(people.officer())
        assert names(desk, "changed") == ["marked", "plain"]
        assert names(desk) == ["plain", "marked"]
        assert desk.counts["changed"] == 2

    def test_what_was_decided_seen_or_hidden_waits_no_more(self) -> None:
        one_of_each()
        olga = people.officer()
        Initiative.objects.get(name="new").publish(by=olga)
        Initiative.objects.get(name="changed").changes.update(seen_at=timezone.now())
        Claim.objects.update(state="approved")
        Report.objects.update(state="dismissed")
        Merge.objects.update(state="refused")
        Initiative.objects.get(name="its double").withdraw()
        Initiative.objects.get(name="unconfirmed").withdraw()
        assert Desk(olga).rows() == []

    def test_a_draft_is_nobodys_business(self) -> None:
        people.initiative(review_state="draft")
        reported(people.initiative(review_state="draft"))
        assert Desk(people.administrator()).total == 0

    def test_a_pair_across_two_cities_stands_on_both_desks(self) -> None:
        doubled(people.initiative(), people.initiative(city=people.city("Lille")))
        for officer in (people.officer(), people.officer("Leo", of="Lille")):
            assert Desk(officer).counts["duplicate"] == 1

    def test_it_asks_a_fixed_number_of_questions(self) -> None:
        olga = people.officer()
        counts = []
        for _ in range(3):
            one_of_each()
            desk = Desk(olga)
            with CaptureQueriesContext(connection) as asked:
                assert len(desk.rows()) == desk.total
            counts.append(len(asked))
        assert counts == [3, 2, 2]  # at first whose officer she is


class AdministratorTests:
    def test_what_no_officer_keeps_comes_first_then_all_else(self) -> None:
        people.officer()
        submitted("of Ghent", days=9)
        submitted("of Bologna", days=2, city=people.city("Bologna"))
        submitted("of no city", days=1, city=None, geographic_scope="national")
        ada = people.administrator()
        assert names(Desk(ada)) == ["of Bologna", "of no city", "of Ghent"]
        assert names(Desk(ada, is_nobodys=True)) == ["of Bologna", "of no city"]
        assert names(Desk(ada, city=people.city())) == ["of Ghent"]


class AfterTests:
    def test_the_next_is_another_listing_and_from_the_end_the_first(self) -> None:
        first, second = submitted("first", days=3), submitted("second", days=1)
        published = people.initiative(name="between")
        changed(published, days=2)
        claimed(published, days=2)
        desk = Desk(people.officer())
        assert desk.after(first).listing == published.pk
        assert desk.after(published).listing == second.pk
        assert desk.after(second).listing == first.pk
        assert desk.after(first, "new").listing == second.pk

    def test_alone_it_has_no_next(self) -> None:
        assert Desk(people.officer()).after(submitted("alone")) is None


class LastDecisionTests:
    def test_it_is_that_of_the_own_cities_and_not_undone(self) -> None:
        olga = people.officer()
        mine, other, undone = submitted("a"), submitted("b", city=people.city("Lille")), submitted("c")
        mine.publish(by=olga)
        other.publish(by=people.officer("Leo", of="Lille"))
        undone.undo_decision(undone.publish(by=olga), by=olga)
        assert Desk(olga).last_decision().initiative == mine
