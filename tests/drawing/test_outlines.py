"""What a map shows round its points, and the land under them: the right way round, inside the paper, and light."""

import re
import zlib
from itertools import pairwise
from math import cos, hypot, radians

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.drawing.atlas import atlas, read
from initiatives.drawing.lines import area, clipped, path, runs, simplified
from initiatives.drawing.outlines import WORLD, paper

WIDTH, HEIGHT = 288.0, 240.0
GHENT, AMSTERDAM, BOLOGNA = (51.05, 3.72), (52.37, 4.90), (44.49, 11.34)
LISBON, HELSINKI, ATHENS = (38.72, -9.14), (60.17, 24.94), (37.98, 23.73)
MONTEVIDEO, NEW_YORK, TOKYO = (-34.90, -56.19), (40.71, -74.0), (35.69, 139.69)

degrees = st.tuples(st.floats(-55, 70), st.floats(-179, 179))


def small(*points, counts=()):
    return paper(points, width=WIDTH, height=HEIGHT, counts=counts)


def rings(d):
    """The corners of each ring of a path, read as a browser reads it."""
    for ring in re.findall(r"M([^Mz]*)z?", d):
        start, _, steps = ring.partition("l")
        numbers = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", start + " " + steps)]
        yield np.cumsum(np.reshape(numbers, (-1, 2)), axis=0)


def is_land(sheet, latitude, longitude):
    """Whether the point lies in the filled path: by counting turns, as `fill-rule: nonzero` does."""
    x, y = sheet.place(latitude, longitude)
    turns = 0
    for ring in rings(sheet.land):
        for (ax, ay), (bx, by) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
            if (ay <= y) != (by <= y):
                turns += (1 if by > ay else -1) if ax + (y - ay) / (by - ay) * (bx - ax) > x else 0
    return turns != 0


class FrameTests:
    def test_one_city_is_shown_with_the_country_round_it(self):
        assert small(GHENT).frame.across == 850

    @pytest.mark.parametrize("points", [(GHENT, AMSTERDAM), (GHENT, BOLOGNA), (LISBON, HELSINKI, ATHENS)])
    def test_a_region_holds_all_its_points_off_the_edge(self, points):
        sheet = small(*points)
        assert sheet.frame != WORLD
        for point in points:
            x, y = sheet.place(*point)
            assert WIDTH * 0.09 < x < WIDTH * 0.91
            assert HEIGHT * 0.09 < y < HEIGHT * 0.91

    def test_points_on_several_continents_need_the_world_which_is_as_high_as_it_needs(self):
        sheet = small(GHENT, MONTEVIDEO, TOKYO)
        assert sheet.frame == WORLD
        assert sheet.height < WIDTH / 2

    def test_where_few_lie_beyond_the_continent_is_shown(self):
        sheet = small(GHENT, BOLOGNA, NEW_YORK, counts=[30, 20, 3])
        assert sheet.frame != WORLD
        assert sheet.shows(*sheet.place(*BOLOGNA))
        assert not sheet.shows(*sheet.place(*NEW_YORK))
        assert small(GHENT, BOLOGNA, NEW_YORK, counts=[30, 20, 30]).frame == WORLD

    def test_across_the_date_line_is_near(self):
        assert small((-18.1, 178.4), (-14.3, -170.7)).frame.across <= 2400

    def test_without_points_the_world(self):
        assert small().frame == WORLD

    @given(st.lists(degrees, min_size=1, max_size=6))
    def test_every_point_is_on_the_paper(self, points):
        sheet = small(*points, counts=[1.0] * len(points))
        on_paper = [point for point in points if sheet.shows(*sheet.place(*point))]
        assert len(on_paper) >= 0.8 * len(points)

    @given(degrees, st.floats(-0.3, 0.3), st.floats(-0.3, 0.3))
    def test_few_frames_exist_for_points_near_each_other(self, point, north, east):
        frames = {small((point[0] + north * k, point[1] + east * k)).frame for k in np.linspace(0, 1, 20)}
        assert len(frames) <= 4

    def test_north_is_up_and_distances_are_true(self):
        sheet = small(GHENT, AMSTERDAM)
        (ax, ay), (bx, by) = sheet.place(*GHENT), sheet.place(*AMSTERDAM)
        assert by < ay
        assert bx > ax
        north, east = 111.2 * (52.37 - 51.05), 111.2 * cos(radians(51.7)) * (4.90 - 3.72)
        drawn = hypot(bx - ax, by - ay) * sheet.frame.across / WIDTH
        assert drawn == pytest.approx(hypot(north, east), rel=0.01)


class LandTests:
    @pytest.mark.parametrize(
        ("points", "land", "sea"),
        [
            ((GHENT,), [GHENT, (50.85, 4.35), (51.5, -0.1)], [(51.6, 2.6)]),
            ((LISBON, HELSINKI, ATHENS), [(48.85, 2.35), (39.9, 32.9), (55.75, 37.6)], [(43, 5), (56.5, 3), (47, -8)]),
            # Inland, no coast is on the paper; and the Caspian is a sea in the land.
            (((55.75, 37.62),), [(55.75, 37.62), (57, 40)], []),
            (((34.3, 108.9),), [(34.3, 108.9)], []),
            (((40.4, 49.9), (41.7, 44.8)), [(41.7, 44.8)], [(40.5, 51.2)]),
            # The point opposite the middle lies in another continent.
            (((-41.3, 174.8),), [(-39, 176)], [(-42, 179)]),
            ((GHENT, MONTEVIDEO, TOKYO), [(0, 20), (60, 100), (40, -100), (66, -175)], [(0, -30), (30, -150)]),
        ],
    )
    def test_land_is_land_and_sea_is_sea(self, points, land, sea):
        sheet = small(*points)
        assert [point for point in land if not is_land(sheet, *point)] == []
        assert [point for point in sea if is_land(sheet, *point)] == []

    @pytest.mark.parametrize("points", [(GHENT,), (LISBON, HELSINKI, ATHENS), (GHENT, MONTEVIDEO, TOKYO)])
    def test_nothing_is_drawn_far_outside_the_paper(self, points):
        sheet = small(*points)
        corners = np.concatenate(list(rings(sheet.land)))
        assert corners.min() >= -4.2
        assert corners[:, 0].max() <= sheet.width + 4.2
        assert corners[:, 1].max() <= sheet.height + 4.2

    def test_borders_lie_between_countries(self):
        sheet = small(GHENT)
        near = [np.hypot(*(line - sheet.place(51.28, 3.80)).T).min() for line in rings(sheet.borders)]
        assert min(near) < 30  # the border of Zeelandic Flanders, a good 20 km north of Ghent
        assert small((-41.3, 174.8)).borders == ""

    def test_a_map_is_light(self):
        """Far below what a page may weigh, the densest maps too."""
        europe, world = (LISBON, HELSINKI, ATHENS), (GHENT, MONTEVIDEO, TOKYO)
        assert max(weight(paper(p, width=WIDTH, height=HEIGHT)) for p in (europe, world)) < 6_000
        assert max(weight(paper(p, width=560, height=560)) for p in (europe, world)) < 15_000

    def test_the_same_frame_is_drawn_once(self):
        assert small(GHENT).land is small(GHENT).land


def weight(sheet):
    return len(zlib.compress((sheet.land + sheet.borders).encode()))


class AtlasTests:
    def test_borders_are_the_arcs_that_two_countries_share(self):
        """Two squares side by side: the one side between them is a border, the rest is coast."""
        topology = {
            "transform": {"scale": [1, 1], "translate": [0, 0]},
            "arcs": [[[1, 0], [0, 1]], [[1, 1], [-1, 0], [0, -1], [1, 0]], [[1, 0], [1, 0], [0, 1], [-1, 0]]],
            "objects": {
                "countries": {
                    "type": "GeometryCollection",
                    "geometries": [
                        {"type": "Polygon", "arcs": [[0, 1]]},
                        {"type": "MultiPolygon", "arcs": [[[2, -1]]]},
                    ],
                },
                "land": {"type": "Polygon", "arcs": [[1, 2]]},
            },
        }
        world = read(topology)
        assert np.degrees(world.borders.points).round().tolist() == [[1, 0], [1, 1]]
        assert np.degrees(world.coasts.points).round().tolist() == [[1, 1], [0, 1], [0, 0], [1, 0], [2, 0], [2, 1]]

    def test_on_a_flat_map_no_ring_runs_across_the_date_line(self):
        world = atlas()
        assert max(np.ptp(ring[:, 0]) for ring in world.coasts.split(world.coasts.points)) > 6
        steps = [np.abs(np.diff(ring[:, 0])).max() for ring in world.flat_coasts.split(world.flat_coasts.points)]
        assert max(steps) < 1


class LineTests:
    SQUARE = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]])

    def test_a_ring_is_cut_at_the_box(self):
        assert area(clipped(self.SQUARE, (5, 5, 20, 20))) == 25
        assert area(clipped(self.SQUARE, (-5, -5, 20, 20))) == 100
        assert len(clipped(self.SQUARE, (20, 20, 30, 30))) == 0
        assert area(clipped(self.SQUARE, (2, 2, 4, 4))) == 4

    def test_an_open_line_is_cut_to_its_parts_in_the_box(self):
        line = np.array([[x, 0.0] for x in (-30, -20, -10, 5, 15, 25, 35, 5, 25)])
        parts = [part[:, 0].tolist() for part in runs(line, (0, -1, 20, 1))]
        assert parts == [[-10, 5, 15, 25], [35, 5, 25]]
        assert len(runs(np.array([[-50.0, 0.0], [50.0, 0.5]]), (0, -1, 20, 1))) == 1  # straight across

    @given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), min_size=2, max_size=40))
    def test_a_simplified_line_stays_near(self, points):
        line = np.array(points)
        coarse = simplified(line, 5.0)
        assert (coarse[[0, -1]] == line[[0, -1]]).all()
        assert all(min(_to_segment(point, a, b) for a, b in pairwise(coarse)) < 5.1 for point in line)

    @given(st.lists(st.tuples(st.floats(-40, 400), st.floats(-40, 400)), min_size=2, max_size=20))
    def test_a_path_says_the_points_to_a_tenth(self, points):
        (read_back,) = list(rings(path([np.array(points)], closed=True))) or [np.array(points[:1])]
        wanted = [
            point for point, before in zip(tenths(points), [None, *tenths(points)], strict=False) if point != before
        ]
        assert tenths(read_back) == wanted or len(wanted) == 1


def tenths(points):
    return [tuple(pair) for pair in np.rint(np.array(points) * 10).astype(int).tolist()]


def _to_segment(point, a, b):
    length = float(((b - a) ** 2).sum())
    along = min(1.0, max(0.0, float((point - a) @ (b - a)) / length)) if length else 0.0
    return float(np.hypot(*(point - a - along * (b - a))))
