"""Shapes from data: what the discs and their ground always are, whoever the members."""

import re
from itertools import pairwise
from math import hypot, sqrt

from hypothesis import given
from hypothesis import strategies as st

from initiatives.drawing.badge import MOST_DISCS, RADIUS, Badge, Member, drawn_members, group_badge, pair_badge

ROUNDING = 0.15  # coordinates are written with one decimal

families = st.sampled_from(["land", "home", "make", "know", ""])
groups = st.lists(
    st.builds(
        Member,
        key=st.text("0123456789abcdef", min_size=10, max_size=10),
        city=st.sampled_from(["Ghent", "Lille", ""]),
        family=families,
        strength=st.floats(0, 1),
    ),
    min_size=1,
    max_size=30,
    unique_by=lambda member: member.key,
)


def corners(badge: Badge) -> list[tuple[float, float]]:
    """Where the sides of the ground meet."""
    ends = re.findall(r"(?:M|0 0 1 )(-?[\d.]+) (-?[\d.]+)", badge.ground)
    return [(float(x), float(y)) for x, y in ends]


def in_all_discs(badge: Badge, x: float, y: float) -> bool:
    return all(hypot(disc.x - x, disc.y - y) <= RADIUS + ROUNDING for disc in badge.discs)


def side(one: tuple[float, float], other: tuple[float, float], *, further: float) -> tuple[float, float]:
    """The middle of the arc between two corners, moved outwards."""
    (x1, y1), (x2, y2) = one, other
    chord = hypot(x2 - x1, y2 - y1)
    rise = RADIUS - sqrt(max(0.0, RADIUS**2 - chord**2 / 4)) + further
    # Clockwise on a page whose y goes down, outwards is to the left of the way.
    return (x1 + x2) / 2 + (y2 - y1) / chord * rise, (y1 + y2) / 2 - (x2 - x1) / chord * rise


def area(badge: Badge) -> int:
    return sum(in_all_discs(badge, x, y) for x in range(-50, 51, 2) for y in range(-50, 51, 2))


class GroundTests:
    @given(groups)
    def test_its_corners_lie_in_every_disc(self, members):
        badge = group_badge("0123456789", members, is_shared=True)
        if len(badge.discs) > 1:
            assert len(corners(badge)) >= 3  # the first is written again at the end
            assert all(in_all_discs(badge, x, y) for x, y in corners(badge))

    @given(groups)
    def test_the_middle_is_always_in_it(self, members):
        assert in_all_discs(group_badge("0123456789", members, is_shared=True), 0, 0)

    @given(groups)
    def test_beyond_its_sides_nothing_is_shared(self, members):
        badge = group_badge("0123456789", members, is_shared=True)
        if len(badge.discs) > 1:
            for one, other in pairwise(corners(badge)):
                assert in_all_discs(badge, *side(one, other, further=-1))
                assert not in_all_discs(badge, *side(one, other, further=1))

    def test_it_grows_as_the_group_tightens(self):
        def at(strength):
            members = [Member(key=str(number), strength=strength) for number in range(5)]
            return area(group_badge("0123456789", members, is_shared=True))

        assert at(0) < at(0.5) < at(1)

    def test_one_alone_is_its_own_ground(self):
        badge = group_badge("0123456789", [Member(key="a")], is_shared=True)
        assert (badge.discs[0].cx, badge.discs[0].cy) == ("0", "0")
        assert badge.ground.startswith("M-50 0")


class GroupBadgeTests:
    @given(groups, st.randoms())
    def test_the_order_of_members_does_not_matter(self, members, random):
        shuffled = random.sample(members, len(members))
        assert group_badge("0123456789", members, is_shared=True) == group_badge("0123456789", shuffled, is_shared=True)

    def test_another_group_of_equals_is_turned(self):
        members = [Member(key=key) for key in "abc"]
        assert (
            group_badge("0123456789", members, is_shared=True).discs
            != group_badge("9876543210", members, is_shared=True).discs
        )

    @given(groups)
    def test_above_twelve_the_strongest_are_drawn_and_the_others_counted(self, members):
        badge = group_badge("0123456789", members, is_shared=False)
        drawn = drawn_members(members)
        assert len(badge.discs) == min(MOST_DISCS, len(members))
        assert len(badge.discs) + badge.more == len(members)
        left_out = [member for member in members if member not in drawn]
        assert all(out.strength <= member.strength for out in left_out for member in drawn)

    def test_members_go_round_by_city_then_by_id(self):
        members = [Member(key="b", city="Lille"), Member(key="c", city="Ghent"), Member(key="a", city="Ghent")]
        assert [member.key for member in drawn_members(members)] == ["a", "c", "b"]

    @given(groups)
    def test_everything_lies_in_the_view(self, members):
        badge = group_badge("0123456789", members, is_shared=True)
        left, top, width, height = map(float, badge.view_box.split())
        for disc in badge.discs:
            assert left < disc.x - RADIUS
            assert top < disc.y - RADIUS
            assert disc.x + RADIUS < left + width
            assert disc.y + RADIUS < top + height


class PairBadgeTests:
    def test_it_lies_level_with_the_first_at_the_left(self):
        one, other = pair_badge("land", "make", 0.5).discs
        assert (one.family, other.family) == ("land", "make")
        assert one.x < other.x
        assert one.cy == other.cy == "0"

    def test_pairs_that_look_the_same_have_the_same_key(self):
        assert pair_badge("land", "make", 0.51) == pair_badge("land", "make", 0.49)
        assert pair_badge("land", "make", 0.5).key != pair_badge("land", "make", 0.9).key
        assert pair_badge("land", "make", 0.5).key != pair_badge("land", "make", 0.5, is_shared=False).key

    def test_strengths_beyond_the_scale_are_drawn_at_its_ends(self):
        assert pair_badge("land", "land", 7) == pair_badge("land", "land", 1)
        assert pair_badge("land", "land", -1) == pair_badge("land", "land", 0)
