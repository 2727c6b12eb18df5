"""Circles as people want them, whatever the graph says."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from initiatives.overlap.communities import FEWEST, MOST
from initiatives.overlap.decisions import Decisions, obeyed
from initiatives.overlap.graph import Graph
from initiatives.overlap.values import Bar, Pin, Verdict
from initiatives.overlap.verdicts import Verdicts

ROWS = 60
KEYS = ["first", "second", "by-hand"]
CIRCLES = [("first", list(range(MOST))), ("second", list(range(MOST, 50))), (None, list(range(50, 55)))]
# Everybody is tied to everybody, the near more than the far.
PAIRS = list(combinations(range(ROWS), 2))
GRAPH = Graph(ROWS, np.array(PAIRS), np.array([1 / (1 + b - a) for a, b in PAIRS], dtype=np.float32))

listings = st.integers(0, ROWS - 1)
pins = st.lists(st.builds(Pin, listing=listings, group=st.sampled_from(KEYS)), max_size=8)
bars = st.lists(st.builds(Bar, listing=listings, group=st.sampled_from(KEYS)), max_size=8)
apart = st.lists(st.builds(Verdict, a=listings, b=listings, verdict=st.just("unrelated")), max_size=12)


def after(
    *, pinned: list[Pin] | None = None, barred: list[Bar] | None = None, unrelated: list[Verdict] | None = None
) -> list[tuple[str | None, list[int]]]:
    rows = {row: row for row in range(ROWS)}
    decisions = Decisions(Verdicts(unrelated or []), [*(barred or []), *(pinned or [])], rows)
    return obeyed(GRAPH, CIRCLES, rows, decisions)


class ObeyedTests:
    @settings(max_examples=100, deadline=None)
    @given(pins, bars, apart)
    def test_the_rules_hold_whatever_people_decide(
        self, pinned: list[Pin], barred: list[Bar], unrelated: list[Verdict]
    ) -> None:
        found = after(pinned=pinned, barred=barred, unrelated=unrelated)
        where = {each.listing: each.group for each in pinned}
        homes = {row: key for key, circle in found for row in circle}
        assert sum(len(circle) for _, circle in found) == len(homes)
        assert all(FEWEST <= len(circle) <= MOST for _, circle in found)
        standing = {key for key, _ in found}
        assert [row for row, key in where.items() if key in standing and homes.get(row) != key] == []
        assert [b for b in barred if b.listing not in where and homes.get(b.listing, "") == b.group] == []
        for verdict in unrelated:
            if verdict.a != verdict.b and not {verdict.a, verdict.b} & where.keys():
                both = [circle for _, circle in found if {verdict.a, verdict.b} <= set(circle)]
                assert both == []

    def test_nothing_decided_changes_nothing(self) -> None:
        assert after() == CIRCLES

    def test_the_barred_join_the_next_best(self) -> None:
        assert after(barred=[Bar(listing=45, group="second")])[2] == (None, [45, *range(50, 55)])

    def test_of_two_unrelated_the_one_with_weaker_ties_leaves(self) -> None:
        found = after(unrelated=[Verdict(a=49, b=45, verdict="unrelated")])
        assert found[1] == ("second", list(range(40, 49)))

    def test_a_pin_into_a_full_group_makes_whoever_fits_least_give_way(self) -> None:
        found = after(pinned=[Pin(listing=58, group="first")])
        assert found[0] == ("first", [*range(1, MOST), 58])
