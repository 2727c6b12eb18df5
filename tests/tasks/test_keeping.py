"""What a run found is kept by its differences: what says the same stays as it was, row by row."""

from dataclasses import replace
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from initiatives.models import (
    DuplicatePair,
    Group,
    GroupMove,
    Initiative,
    Membership,
    Pair,
    give_verdict,
    take_back_verdict,
)
from initiatives.overlap import values
from initiatives.tasks.differences import STEP
from tests import people
from tests.tasks.found import REASON, listings, pair, ran, run

NOUNS = (Pair, Membership, Group, DuplicatePair)


def versions() -> list[dict[int, str]]:
    """Of each row the transaction that wrote it last, by primary key."""
    found = []
    for noun in NOUNS:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id, xmin::text || ctid::text FROM {noun._meta.db_table}")  # noqa: S608
            found.append(dict(cursor.fetchall()))
    return found


def likeness(one: Initiative, other: Initiative, probability: float = 0.6) -> values.Likeness:
    return values.Likeness(one.pk, other.pk, probability, (REASON,))


def counts(what: str, run_: Any) -> tuple[int, int, int]:
    """Added, changed, removed."""
    return tuple(run_.counts[f"{what}_{name}"] for name in ("added", "changed", "removed"))


@pytest.mark.django_db
class DifferenceTests:
    def test_a_run_that_finds_the_same_writes_no_row_anew(self) -> None:
        one, two, three, four = listings(4)
        found = {"pairs": [pair(one, two), pair(two, three)], "also": {0: [four]}, "likenesses": [likeness(one, two)]}
        ran([one, two, three], **found)
        before = versions()
        assert [len(rows) for rows in before] == [2, 4, 1, 1]
        again = ran([one, two, three], **found)
        assert versions() == before
        assert [counts(what, again) for what in ("pairs", "memberships", "likenesses")] == [(0, 0, 0)] * 3

    def test_scores_may_drift_a_little(self) -> None:
        one, two, three = listings(3)
        ran([one, two, three], pairs=[pair(one, two)], strength=0.5)
        before = versions()
        strong = replace(REASON, strength=0.9)
        ran([one, two, three], pairs=[pair(one, two, score=0.5 + STEP / 2, reasons=(strong,))], strength=0.5 + STEP / 2)
        assert versions() == before

    def test_but_not_further_and_not_bit_by_bit(self) -> None:
        one, two, three = listings(3)
        for place in range(1, 5):
            ran([one, two, three], pairs=[pair(one, two, score=0.5 + place * STEP * 0.6, parts={"n": place})])
        kept = Pair.objects.get()
        assert abs(kept.score - (0.5 + 4 * STEP * 0.6)) < STEP
        assert kept.parts["n"] > 1

    @pytest.mark.parametrize(
        "otherwise", [{"kind": "complementary"}, {"reasons": (replace(REASON, evidence={"words": ["shed"]}),)}]
    )
    def test_what_is_said_otherwise_is_written(self, otherwise: dict[str, Any]) -> None:
        one, two, three = listings(3)
        ran([one, two, three], pairs=[pair(one, two), pair(two, three)])
        steady = Pair.objects.between([two.pk, three.pk]).get().pk
        ran([one, two, three], pairs=[pair(one, two, **otherwise), pair(two, three)])
        changed = Pair.objects.between([one.pk, two.pk]).get()
        assert (changed.kind, changed.reasons[0]["evidence"]) == (
            otherwise.get("kind", "peers"),
            otherwise.get("reasons", (REASON,))[0].evidence,
        )
        assert Pair.objects.between([two.pk, three.pk]).get().pk == steady

    def test_what_is_found_no_more_goes_and_what_is_new_comes(self) -> None:
        one, two, three = listings(3)
        ran([one, two, three], pairs=[pair(one, two)])
        again = ran([one, two, three], pairs=[pair(two, three)])
        assert (counts("pairs", again), Pair.objects.get().b) == ((1, 0, 1), three)

    def test_a_listing_that_changes_homes_and_stays_close_to_the_old_one_does(self) -> None:
        one, two, three, four, five = listings(5)
        shed = people.initiative(name="Shed")
        first, second = run([one, two, shed], [three, four, five], also={1: [shed]})
        ran([one, two], [three, four, five, shed], also={0: [shed]})
        roles = dict(Membership.objects.of([shed]).values_list("group", "role"))
        assert roles == {first.pk: "also", second.pk: "main"}

    def test_pairs_of_the_importer_with_a_listing_that_waits_stay(self) -> None:
        one, two, three = listings(3)
        waiting = people.initiative(review_state="submitted")
        DuplicatePair.objects.create(a=one, b=waiting, probability=0.7, reasons=[])
        ran([one, two, three], likenesses=[likeness(three, two)])
        assert set(DuplicatePair.objects.values_list("a", "b")) == {(one.pk, waiting.pk), (two.pk, three.pk)}


@pytest.mark.django_db
class MoveTests:
    def test_officers_can_read_which_listings_a_run_moved(self) -> None:
        one, two, three, four, five, six, seven = listings(7)
        first, second = run([one, two, three, four], [five, six])
        assert not GroupMove.objects.exists()
        last = ran([one, two, three], [four, five, seven])
        moves = set(GroupMove.objects.values_list("run", "initiative", "left", "joined"))
        assert moves == {
            (last.pk, four.pk, first.pk, second.pk),
            (last.pk, six.pk, second.pk, None),
            (last.pk, seven.pk, None, second.pk),
        }
        assert {name: last.counts[name] for name in ("moved", "joined", "left")} == {
            "moved": 1,
            "joined": 1,
            "left": 1,
        }

    def test_those_of_a_city_can_be_asked_for(self) -> None:
        run([one := people.initiative(), people.initiative()])
        far = people.initiative(city=people.city("Lille"))
        last = ran([far, people.initiative()])
        in_ghent = Initiative.objects.in_cities(["ghent"])
        assert one.pk in set(last.moves.of_initiatives(in_ghent).values_list("initiative", flat=True))
        assert far.pk not in set(last.moves.of_initiatives(in_ghent).values_list("initiative", flat=True))


@pytest.mark.django_db
class DecidedMeanwhileTests:
    """The engine knows nothing of what is said here: it computed before."""

    @pytest.mark.parametrize("verdict", ["same", "unrelated"])
    def test_a_verdict_that_two_do_not_overlap_wins(self, verdict: str) -> None:
        one, two, three = listings(3)
        found = {"pairs": [pair(one, two), pair(two, three)], "likenesses": [likeness(one, two)]}
        ran([one, two, three], **found)
        give_verdict(one, two, verdict, by=people.person("Olga"))
        ran([one, two, three], **found)
        assert [Pair.objects.count(), DuplicatePair.objects.count()] == [1, 0]
        take_back_verdict(one, two, by=people.person("Olga"))
        ran([one, two, three], **found)
        assert [Pair.objects.count(), DuplicatePair.objects.count()] == [2, 1]


@pytest.mark.django_db(transaction=True)
class AtOnceTests:
    def test_a_deed_waits_for_the_run_and_the_run_for_the_deed(self) -> None:
        one, two, three = listings(3)
        (group,) = run([one, two, three])
        olga, decided, may_end, waited = people.person("Olga"), Event(), Event(), Event()

        def decide() -> None:
            with transaction.atomic():
                group.bar(one, by=olga)
                decided.set()
                may_end.wait(10)
            connection.close()

        def compute() -> None:
            ran([one, two, three])
            waited.set()
            connection.close()

        deed, computation = Thread(target=decide), Thread(target=compute)
        deed.start()
        decided.wait(10)
        computation.start()
        assert not waited.wait(0.5)
        may_end.set()
        for thread in (deed, computation):
            thread.join()
        assert set(group.memberships.values_list("initiative", flat=True)) == {two.pk, three.pk}
