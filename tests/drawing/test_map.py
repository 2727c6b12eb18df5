"""Discs on a map: nobody is lost, each can be hit with a finger, and no name covers another."""

from itertools import combinations
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.drawing.map import TARGET, Place, discs

WIDTH, HEIGHT = 304.0, 256.0

places = st.lists(
    st.builds(
        Place,
        key=st.text("abcdef", min_size=3, max_size=8),
        name=st.text("abcdef", min_size=3, max_size=20),
        count=st.integers(1, 5000),
        x=st.floats(0, WIDTH),
        y=st.floats(0, HEIGHT),
    ),
    max_size=60,
    unique_by=lambda place: place.key,
)


def place(key, count, x, y):
    return Place(key, key, count, x, y)


class DiscTests:
    @given(places)
    def test_every_place_is_in_one_disc(self, found):
        drawn = discs(found, width=WIDTH, height=HEIGHT)
        assert sorted(key for disc in drawn for key in disc.keys) == sorted(each.key for each in found)
        assert sum(disc.count for disc in drawn) == sum(each.count for each in found)

    @given(places)
    def test_targets_of_two_discs_do_not_touch(self, found):
        for one, other in combinations(discs(found, width=WIDTH, height=HEIGHT), 2):
            assert hypot(one.first.x - other.first.x, one.first.y - other.first.y) >= 2 * TARGET

    @given(places)
    def test_the_largest_come_first_and_give_their_name(self, found):
        drawn = discs(found, width=WIDTH, height=HEIGHT)
        assert [disc.count for disc in drawn] == sorted((disc.count for disc in drawn), reverse=True)
        for disc in drawn:
            assert disc.first.count == max(each.count for each in disc.places)

    def test_near_places_share_a_disc_far_ones_do_not(self):
        drawn = discs(
            [place("ghent", 5, 100, 100), place("lille", 3, 110, 100), place("bologna", 4, 200, 200)],
            width=304,
            height=256,
        )
        assert [disc.keys for disc in drawn] == [["ghent", "lille"], ["bologna"]]

    def test_areas_go_by_count(self):
        small, large = sorted(
            disc.radius for disc in discs([place("a", 100, 50, 50), place("b", 400, 200, 200)], width=304, height=256)
        )
        assert large / small == pytest.approx(2)

    def test_what_lies_off_the_paper_is_not_drawn(self):
        assert discs([place("a", 5, -1, 5), place("b", 5, 5, 999)], width=304, height=256) == []


class NameTests:
    def test_it_stands_at_the_left_where_the_right_has_no_room(self):
        (disc,) = discs([place("bologna", 5, 290, 100)], width=304, height=256)
        assert disc.name_side == "end"
        assert float(disc.name_x) < float(disc.cx)

    def test_it_is_left_out_where_it_would_cover_another(self):
        drawn = discs([place("bologna", 9, 150, 100), place("x" * 60, 5, 150, 130)], width=304, height=256)
        assert [disc.name_side for disc in drawn] == ["start", ""]

    def test_only_so_many_are_named(self):
        drawn = discs([place("a", 9, 50, 50), place("b", 8, 50, 150)], width=304, height=256, names=1)
        assert [bool(disc.name_side) for disc in drawn] == [True, False]


def test_room_for_a_name_goes_by_what_is_said():
    place = Place("a", "A", 1, 200, 50)
    [short], [long] = (
        discs([place], width=250, height=100),
        discs([place], width=250, height=100, say=lambda _: "x" * 20),
    )
    assert (short.text, short.name_side, long.name_side) == ("A 1", "start", "end")
