"""Land under the discs of a map: chooses what a paper shows round its points, and draws coasts and borders on it.

Up to the size of a continent the projection is Lambert's azimuthal one round the middle of the paper, which the maps
of European statistics use too: sizes and shapes look right from Crete to Lapland. The world is drawn in the Equal Earth
projection, without Antarctica.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, pi, radians, sqrt

import numpy as np
from numpy.typing import NDArray

from initiatives.drawing.atlas import Line, Lines, atlas
from initiatives.drawing.lines import Box, area, clipped, path, runs, simplified

EARTH = 6371.0  # kilometres
# Kilometres across the paper, each half as large again as the one before, so that few frames exist and are kept.
SIZES = (850, 1200, 1700, 2400, 3400, 4800, 6800)
HOME = 4800  # where most lie within a continent, it is shown, and the rest are told
MOST_BEYOND = 0.2
MARGIN = 0.1  # of the paper, on each side
STEPS = 16  # the middle of a frame is rounded to this part of its size
TOLERANCE = 0.7  # pixels
SMALLEST_ISLAND = 1.5  # square pixels
OUTSIDE = 4.0  # the cut edges of the land lie this far outside the paper
# Rings farther away than this are left out: a ring round the point opposite the middle would be turned inside out. No
# place on land is farther from a coast than 2,700 km (24 degrees), so that the ring round the paper is always kept.
NEAREST_RINGS = radians(26)
SOUTH, NORTH = radians(-57), radians(84)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a paper shows: its middle in degrees and how many kilometres it is across; none for the world."""

    latitude: float = 0.0
    longitude: float = 0.0
    across: int = 0


WORLD = Frame()


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of `width` by `height` units with part of the world on it; x goes right, y down."""

    width: float
    height: float
    frame: Frame

    def place(self, latitude: float, longitude: float) -> tuple[float, float]:
        x, y = self.places(np.radians([[longitude, latitude]]))[0]
        return float(x), float(y)

    def shows(self, x: float, y: float) -> bool:
        return 0 <= x <= self.width and 0 <= y <= self.height

    def places(self, points: Line) -> NDArray[np.float64]:
        """Of rows of longitude and latitude, in radians."""
        if self.frame == WORLD:
            return _equal_earth(points) * (self.width / _WORLD_WIDTH) + (self.width / 2, self.width * _EQUATOR)
        return _azimuthal(points, self.frame) * (self.width / self.frame.across) + (self.width / 2, self.height / 2)

    @property
    def land(self) -> str:
        """The `d` of a path round all land."""
        return _land(self)

    @property
    def borders(self) -> str:
        """The `d` of a path along the borders between countries."""
        return _borders(self)


def paper(points: Sequence[tuple[float, float]], *, width: float, height: float, counts: Sequence[float] = ()) -> Paper:
    """A paper for points (latitude, longitude): a region, a continent or the world; the world's is as high as it needs.

    Where all but a few (by `counts`) lie within a continent, it shows the continent; `shows` tells what lies beyond.
    """
    where = np.radians([(longitude, latitude) for latitude, longitude in points]).reshape(-1, 2)
    weights = np.array(counts or [1.0] * len(points), dtype=float)
    frame = _frame(where, height / width) if len(points) else WORLD
    if frame == WORLD and len(points):
        home = _home(where, weights)
        inside = _inside(where, home, height / width)
        if weights[inside].sum() >= (1 - MOST_BEYOND) * weights.sum():
            frame = _frame(where[inside], height / width)
    return Paper(width, width * _WORLD_HEIGHT if frame == WORLD else height, frame)


def _frame(points: Line, ratio: float) -> Frame:
    """The smallest that holds all points."""
    middle = _middle(points)
    frames = (_rounded(*middle, across) for across in SIZES)
    return next((frame for frame in frames if _inside(points, frame, ratio).all()), WORLD)


def _middle(points: Line) -> tuple[float, float]:
    """Longitude and latitude half way: opposite the widest gap between longitudes, so across the date line too."""
    east = np.sort(points[:, 0])
    gaps = np.diff(east, append=east[0] + 2 * pi)
    widest = int(gaps.argmax())
    longitude = east[widest] + gaps[widest] / 2 + pi
    return float(longitude), float(points[:, 1].min() + points[:, 1].max()) / 2


def _home(points: Line, weights: NDArray[np.float64]) -> Frame:
    """Round the point that has as many west as east of it, and as many south as north."""
    return _rounded(_median(points[:, 0], weights), _median(points[:, 1], weights), HOME)


def _median(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    order = values.argsort()
    reached = weights[order].cumsum()
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])


def _rounded(longitude: float, latitude: float, across: int) -> Frame:
    step = np.degrees(across / STEPS / EARTH)
    north = round(np.degrees(latitude) / step) * step
    step_east = step / max(cos(radians(north)), 0.2)
    east = round(np.degrees(longitude) / step_east) * step_east
    return Frame(round(float(north), 3), round(float((east + 180) % 360 - 180), 3), across)


def _inside(points: Line, frame: Frame, ratio: float) -> NDArray[np.bool_]:
    at = np.abs(_azimuthal(points, frame))
    reach = frame.across * (0.5 - MARGIN)
    return (at[:, 0] <= reach) & (at[:, 1] <= reach * ratio)


def _azimuthal(points: Line, frame: Frame) -> NDArray[np.float64]:
    """Kilometres to the right and down from the middle of the frame."""
    latitude = radians(frame.latitude)
    east, north = points[:, 0] - radians(frame.longitude), points[:, 1]
    level = np.cos(north) * np.cos(east)
    toward = np.sin(latitude) * np.sin(north) + cos(latitude) * level
    stretch = EARTH * np.sqrt(2 / np.maximum(1 + toward, 1e-9))
    x = stretch * np.cos(north) * np.sin(east)
    y = stretch * (np.sin(latitude) * level - cos(latitude) * np.sin(north))
    return np.stack([x, y], axis=1)


def _equal_earth(points: Line) -> NDArray[np.float64]:
    """Šavrič, Patterson and Jenny, 2018; the equator is 5.41 units long."""
    slant = np.arcsin(sqrt(3) / 2 * np.sin(points[:, 1]))
    square = slant**2
    sixth = square**3
    x = (2 * sqrt(3) / 3) * points[:, 0] * np.cos(slant)
    x /= 1.340264 - 3 * 0.081106 * square + sixth * (7 * 0.000893 + 9 * 0.003796 * square)
    y = slant * (1.340264 - 0.081106 * square + sixth * (0.000893 + 0.003796 * square))
    return np.stack([x, -y], axis=1)


_EDGES = _equal_earth(np.array([[-pi, 0.0], [pi, 0.0], [0.0, NORTH], [0.0, SOUTH]]))
_WORLD_WIDTH = float(_EDGES[1, 0] - _EDGES[0, 0])
_EQUATOR = float(-_EDGES[2, 1]) / _WORLD_WIDTH
_WORLD_HEIGHT = float(_EDGES[3, 1] - _EDGES[2, 1]) / _WORLD_WIDTH


@lru_cache(maxsize=64)
def _land(paper: Paper) -> str:
    box = _box(paper)
    coasts = atlas().flat_coasts if paper.frame == WORLD else atlas().coasts
    large = (ring for ring in _near(coasts, paper) if np.ptp(ring, axis=0).prod() >= SMALLEST_ISLAND)
    cut = (clipped(ring, box) for ring in large)
    rings = (simplified(np.vstack([ring, ring[:1]]), TOLERANCE) for ring in cut if len(ring) > 2)
    return path((ring for ring in rings if area(ring) >= SMALLEST_ISLAND), closed=True)


@lru_cache(maxsize=64)
def _borders(paper: Paper) -> str:
    box = _box(paper)
    shown = (part for line in _near(atlas().borders, paper) for part in runs(line, box))
    return path((simplified(part, TOLERANCE) for part in shown), closed=False)


def _box(paper: Paper) -> Box:
    return -OUTSIDE, -OUTSIDE, paper.width + OUTSIDE, paper.height + OUTSIDE


def _near(lines: Lines, paper: Paper) -> list[NDArray[np.float64]]:
    """The lines that may show on the paper, as they lie on it."""
    at = paper.places(lines.points)
    low, high = np.minimum.reduceat(at, lines.starts), np.maximum.reduceat(at, lines.starts)
    meets = (high >= -OUTSIDE).all(axis=1) & (low <= (paper.width + OUTSIDE, paper.height + OUTSIDE)).all(axis=1)
    if paper.frame != WORLD:
        meets &= np.minimum.reduceat(_angles(lines.points, paper.frame), lines.starts) <= _reach(paper)
    return [line for line, shows in zip(lines.split(at), meets, strict=True) if shows]


def _angles(points: Line, frame: Frame) -> NDArray[np.float64]:
    """How far each point is from the middle of the frame, as an angle."""
    kilometres = _azimuthal(points, frame)
    return 2 * np.arcsin(np.minimum(np.hypot(kilometres[:, 0], kilometres[:, 1]) / (2 * EARTH), 1.0))


def _reach(paper: Paper) -> float:
    """From the middle to a corner, and somewhat farther."""
    corner = hypot(paper.frame.across, paper.frame.across * paper.height / paper.width) / 2
    return max(1.1 * corner / EARTH, NEAREST_RINGS)
