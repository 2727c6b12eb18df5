"""The picture of a group: knots in their own disc, ties between those who share reasons, names that can be read."""

from itertools import combinations
from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from initiatives.drawing.badge import RADIUS, Member
from initiatives.drawing.labels import LINE, MOST_LINES, lines
from initiatives.drawing.network import REACH, RING, Link, Network, group_network

names = st.text("abcdefghij ", min_size=1, max_size=90)
members = st.lists(
    st.builds(
        Member,
        key=st.text("0123456789abcdef", min_size=10, max_size=10),
        name=names,
        city=st.sampled_from(["Ghent", "Sant Cugat del Vallès", ""]),
        strength=st.floats(0, 1),
    ),
    min_size=2,
    max_size=12,
    unique_by=lambda member: member.key,
)


def draw(people, links=()) -> Network:
    return group_network("0123456789", people, links, is_shared=True)


class KnotTests:
    @given(members)
    def test_each_lies_in_its_own_disc_and_outside_the_ground(self, people):
        network = draw(people)
        scale = float(network.scale)
        for knot, disc in zip(network.knots, network.badge.discs, strict=True):
            apart = [hypot(knot.x / scale - each.x, knot.y / scale - each.y) for each in network.badge.discs]
            assert hypot(knot.x / scale - disc.x, knot.y / scale - disc.y) < RADIUS
            assert max(apart) > RADIUS

    @given(members)
    def test_they_are_numbered_as_they_go_round(self, people):
        numbers = [knot.number for knot in draw(people).knots]
        assert numbers == list(range(1, len(people) + 1))


class TieTests:
    def test_width_is_by_reasons_and_a_need_is_dashed(self):
        people = [Member(key=key) for key in "abc"]
        links = [
            Link(one="a", other="b", reasons=1),
            Link(one="b", other="c", reasons=7),
            Link(one="a", other="c", reasons=2, meets_need=True),
        ]
        assert [tie.css_class for tie in draw(people, links).ties] == ["tie tie-3", "tie tie-2 tie-need", "tie tie-1"]

    def test_who_is_not_drawn_has_no_tie(self):
        people = [Member(key=f"{number:02}", strength=1 - number / 100) for number in range(13)]
        links = [Link(one=one.key, other=other.key, reasons=1) for one, other in combinations(people, 2)]
        network = draw(people, links)
        assert {tie.one.member.key for tie in network.ties} | {tie.other.member.key for tie in network.ties} == {
            f"{number:02}" for number in range(12)
        }
        assert len(network.ties) + network.more_ties == 12 * 11 / 2
        assert network.badge.more == 1

    def test_of_many_the_two_strongest_of_each_member_are_drawn(self):
        people = [Member(key=key) for key in "abcd"]
        pairs = ["ab", "ac", "bc", "ad", "bd", "cd"]
        network = draw(people, [Link(one=one, other=other, reasons=3) for one, other in pairs])
        assert [tie.one.member.key + tie.other.member.key for tie in network.ties] == ["ab", "ac", "bc", "ad", "bd"]
        assert network.more_ties == 1

    def test_what_meets_a_need_is_always_drawn(self):
        people = [Member(key=key) for key in "abcd"]
        links = [Link(one=one.key, other=other.key, reasons=3) for one, other in combinations(people, 2)]
        links[-1] = Link(one="c", other="d", reasons=1, meets_need=True)
        assert draw(people, links).ties[-1].meets_need


class LabelTests:
    @given(members)
    def test_no_name_covers_another_on_its_side(self, people):
        labels = draw(people).labels
        for one, other in combinations(labels, 2):
            if one.side == other.side != "middle":
                assert one.bottom <= other.top + 0.01 or other.bottom <= one.top + 0.01

    @given(members)
    def test_names_at_the_sides_stay_off_the_discs(self, people):
        for label in draw(people).labels:
            if label.side != "middle":
                nearest = max(label.top, min(0.0, label.bottom))
                assert hypot(label.x, nearest) >= REACH

    @given(members)
    def test_everything_lies_in_the_view(self, people):
        network = draw(people)
        left, top, width, height = map(float, network.view_box.split())
        assert left <= -RING
        assert width >= 2 * RING
        for label in network.labels:
            assert top - 0.1 <= label.top
            assert label.bottom <= top + height + 0.1

    @given(names)
    def test_a_name_has_at_most_three_lines(self, name):
        assert 1 <= len(lines(name)) <= MOST_LINES

    def test_what_is_cut_says_so(self):
        assert lines("word " * 40)[-1].endswith("…")

    def test_a_place_takes_a_line_of_its_own(self):
        with_city, without = draw([Member(key="a", name="A", city="Ghent"), Member(key="b", name="B")]).labels
        heights = sorted([with_city.height, without.height])
        assert heights == [LINE, 2 * LINE]
