"""Circles of three to forty, whatever the graph."""

import random

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from initiatives.overlap.anchoring import anchored, is_settled, kept_keys, starting_membership
from initiatives.overlap.communities import FEWEST, MOST, communities
from initiatives.overlap.graph import Graph
from initiatives.overlap.values import PreviousGroup

ROWS = 90
Edges = dict[tuple[int, int], float]
graphs = st.dictionaries(
    st.tuples(st.integers(0, ROWS - 1), st.integers(0, ROWS - 1)).filter(lambda pair: pair[0] < pair[1]),
    st.floats(0.2, 1.0),
    max_size=400,
)


def graph(edges: Edges, size: int) -> Graph:
    pairs = np.array(list(edges), dtype=np.int64).reshape(-1, 2)
    return Graph(size, pairs, np.array(list(edges.values()), dtype=np.float32))


def circles(edges: Edges, size: int) -> list[list[int]]:
    return communities(graph(edges, size))


def clique(rows: range, weight: float = 0.8) -> Edges:
    return {(a, b): weight for a in rows for b in rows if a < b}


class CommunityTests:
    @settings(max_examples=60, deadline=None)
    @given(graphs)
    def test_each_row_is_in_one_circle_at_most_and_circles_fit_a_meeting(self, edges: Edges) -> None:
        found = circles(edges, ROWS)
        rows = [row for circle in found for row in circle]
        assert len(set(rows)) == len(rows)
        assert all(FEWEST <= len(circle) <= MOST for circle in found)

    @settings(max_examples=30, deadline=None)
    @given(graphs)
    def test_one_graph_gives_one_answer(self, edges: Edges) -> None:
        turned = dict(reversed(list(edges.items())))
        assert circles(turned, ROWS) == circles(edges, ROWS)

    def test_two_circles_with_one_tie_between_them_stay_two(self) -> None:
        edges = clique(range(5)) | clique(range(5, 10)) | {(4, 5): 0.3}
        assert circles(edges, 10) == [list(range(5)), list(range(5, 10))]

    def test_a_crowd_is_cut(self) -> None:
        found = circles(clique(range(100)), 100)
        assert sorted(row for circle in found for row in circle) == list(range(100))
        assert max(map(len, found)) <= MOST

    def test_a_huge_crowd_is_cut_too(self) -> None:
        near = {(a, (a + step) % 1_000): 0.8 for a in range(1_000) for step in (1, 2, 3)}
        found = circles({(min(pair), max(pair)): weight for pair, weight in near.items()}, 1_000)
        assert max(map(len, found)) <= MOST
        assert sum(map(len, found)) >= 990

    def test_nobody_is_alone_who_has_ties(self) -> None:
        edges = clique(range(6)) | {(5, 6): 0.4}
        assert circles(edges, 8) == [list(range(7))]

    def test_the_generator_of_everybody_is_left_as_it_was(self) -> None:
        random.seed(3)
        expected = random.random()
        random.seed(3)
        circles(clique(range(6)), 6)
        assert random.random() == expected


class AnchorTests:
    first = PreviousGroup(key="first", members=frozenset(range(6)))
    second = PreviousGroup(key="second", members=frozenset(range(6, 12)))

    def test_a_group_that_grew_keeps_its_key(self) -> None:
        assert kept_keys([frozenset(range(8))], [self.first]) == {0: "first"}

    def test_of_a_split_the_larger_part_keeps_it(self) -> None:
        assert kept_keys([frozenset({0, 1}), frozenset({2, 3, 4, 5})], [self.first]) == {1: "first"}

    def test_of_a_merge_the_larger_keeps_it(self) -> None:
        merged = frozenset({*range(6), 6, 7, 8})
        assert kept_keys([merged], [self.second, self.first]) == {0: "first"}

    def test_a_group_that_gained_many_is_still_itself(self) -> None:
        assert kept_keys([frozenset(range(30))], [self.first]) == {0: "first"}

    def test_strangers_keep_nothing(self) -> None:
        assert kept_keys([frozenset({20, 21, 22})], [self.first]) == {}

    def test_a_start_gives_newcomers_a_place_of_their_own(self) -> None:
        assert starting_membership([self.first], [0, 5, 99]) == [0, 0, 3]
        assert starting_membership([], [0]) is None


class SettlingTests:
    def test_a_newcomer_joins_those_it_has_ties_to(self) -> None:
        edges = clique(range(5)) | clique(range(5, 10)) | {(0, 10): 0.5, (1, 10): 0.5, (5, 10): 0.3}
        assert anchored(graph(edges, 11), [range(5), range(5, 10)]) == [[*range(5), 10], list(range(5, 10))]

    def test_a_member_drawn_a_little_more_by_another_group_stays(self) -> None:
        edges = clique(range(5)) | clique(range(5, 10)) | {(4, other): 0.9 for other in range(5, 10)}
        assert anchored(graph(edges, 10), [range(5), range(5, 10)]) == [list(range(5)), list(range(5, 10))]

    def test_a_member_drawn_much_more_moves(self) -> None:
        own = {pair: 0.3 if 4 in pair else weight for pair, weight in clique(range(5)).items()}
        edges = own | clique(range(5, 10)) | {(4, other): 0.9 for other in range(5, 10)}
        assert anchored(graph(edges, 10), [range(5), range(5, 10)]) == [list(range(4)), list(range(4, 10))]

    def test_who_is_left_over_makes_circles_of_its_own(self) -> None:
        edges = clique(range(5)) | clique(range(5, 9))
        assert anchored(graph(edges, 10), [range(5)]) == [list(range(5)), list(range(5, 9))]

    def test_a_full_group_stays_and_newcomers_make_one_beside_it(self) -> None:
        found = anchored(graph(clique(range(45)), 45), [range(40)])
        assert found == [list(range(40)), list(range(40, 45))]

    def test_a_newcomer_joins_the_next_best_where_there_is_room(self) -> None:
        edges = clique(range(40)) | clique(range(40, 44))
        edges |= {(member, 44): 0.9 for member in range(5)} | {(member, 44): 0.5 for member in range(40, 43)}
        assert anchored(graph(edges, 45), [range(40), range(40, 44)]) == [list(range(40)), list(range(40, 45))]

    @settings(max_examples=40, deadline=None)
    @given(graphs)
    def test_the_rules_hold_whatever_was_before(self, edges: Edges) -> None:
        found = anchored(graph(edges, ROWS), [range(45), range(45, 75), range(75, ROWS)])
        rows = [row for circle in found for row in circle]
        assert len(set(rows)) == len(rows)
        assert all(FEWEST <= len(circle) <= MOST for circle in found)

    @settings(max_examples=60, deadline=None)
    @given(graphs, st.dictionaries(st.integers(0, ROWS - 1), st.floats(0.2, 1.0), max_size=45))
    @example({}, dict.fromkeys(range(40), 0.8))  # joins a group that is full
    def test_one_more_never_empties_a_group(self, crossing: Edges, ties: dict[int, float]) -> None:
        standing = [range(40), range(40, 60), range(60, 72), range(72, 77), range(77, 80), range(80, 83)]
        edges = crossing | {pair: weight for circle in standing for pair, weight in clique(circle, 0.3).items()}
        groups = [PreviousGroup(key=str(n), members=frozenset(circle)) for n, circle in enumerate(standing)]
        alone = anchored(graph(edges, ROWS + 1), standing)
        joined = anchored(graph(edges | {(row, ROWS): weight for row, weight in ties.items()}, ROWS + 1), standing)
        assert kept(alone, groups) <= kept(joined, groups)

    def test_a_directory_is_settled_when_most_of_it_was_grouped(self) -> None:
        before = [PreviousGroup(key="first", members=frozenset(range(8)))]
        assert is_settled(before, range(10))
        assert not is_settled(before, range(20))
        assert not is_settled([], range(10))


def kept(found: list[list[int]], previous: list[PreviousGroup]) -> set[str]:
    return set(kept_keys([frozenset(circle) for circle in found], previous).values())
