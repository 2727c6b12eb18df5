"""Discs on a map: one for each place, as large as its count; places too near to be told apart share one.

Where a point lies on the paper is the caller's affair (outlines.py projects); here are only x and y in units of the
drawing, which a page shows about as large as pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import hypot, sqrt

from initiatives.drawing.numbers import short

# Targets are at least 24 pixels across, and their rings do not touch: WCAG 2.2, success criterion 2.5.8.
TARGET = 12.0
# Radii: the largest disc goes by the width of the paper too, so that a small map is not all disc.
SMALLEST, LARGEST, LARGEST_OF_WIDTH = 4.5, 22.0, 0.055
FEWEST = 30  # what the largest disc stands for at least: where there is little, discs stay small
LETTER = 6.0  # the width of a letter of a name
NAME_GAP = 4.0
NAME_HEIGHT = 13.0
MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class Place:
    """`key` is whatever the caller finds it by (a slug); x and y on the paper."""

    key: str
    name: str
    count: int
    x: float
    y: float


@dataclass(slots=True)
class Disc:
    """Places drawn as one: the largest first; it gives the position and the name."""

    places: list[Place]
    radius: float = SMALLEST
    text: str = ""  # what stands beside it where it has room
    name_side: str = ""  # start, end, or empty: no room for the name

    @property
    def first(self) -> Place:
        return self.places[0]

    @property
    def others(self) -> int:
        return len(self.places) - 1

    @property
    def count(self) -> int:
        return sum(place.count for place in self.places)

    @property
    def keys(self) -> list[str]:
        return [place.key for place in self.places]

    @property
    def cx(self) -> str:
        return short(self.first.x)

    @property
    def cy(self) -> str:
        return short(self.first.y)

    @property
    def r(self) -> str:
        return short(self.radius)

    @property
    def target(self) -> str:
        return short(max(self.radius, TARGET))

    @property
    def name_x(self) -> str:
        away = self.radius + NAME_GAP
        return short(self.first.x + (away if self.name_side == "start" else -away))

    @property
    def name_y(self) -> str:
        return short(self.first.y + NAME_HEIGHT * 0.3)


@dataclass(frozen=True, slots=True)
class Map:
    """A paper of `width` by `height`, what of it is land (the `d` of a path), and the discs on it.

    `borders` lie between countries (the `d` of a path that is not filled).
    """

    width: float
    height: float
    land: str
    discs: tuple[Disc, ...]
    borders: str = ""

    @property
    def view_box(self) -> str:
        return f"0 0 {short(self.width)} {short(self.height)}"


def name_and_count(disc: Disc) -> str:
    return f"{disc.first.name} {disc.count}"


def discs(
    places: Iterable[Place],
    *,
    width: float,
    height: float,
    names: int = MOST_NAMES,
    say: Callable[[Disc], str] = name_and_count,
) -> list[Disc]:
    """What lies on a paper of `width` by `height`: the largest first, so that small ones are drawn over them.

    Areas go by count. Names stand beside the largest ones, as far as they have room; `say` puts them into words.
    """
    inside = [place for place in places if place.count > 0 and 0 <= place.x <= width and 0 <= place.y <= height]
    found = _joined(sorted(inside, key=lambda place: (-place.count, place.key)))
    found.sort(key=lambda disc: (-disc.count, disc.first.key))
    if not found:
        return []
    scale = min(LARGEST, width * LARGEST_OF_WIDTH) / sqrt(max(found[0].count, FEWEST))
    for disc in found:
        disc.radius = max(SMALLEST, scale * sqrt(disc.count))
        disc.text = say(disc)
    _name(found[:names], found, width, height)
    return found


def _joined(places: Sequence[Place]) -> list[Disc]:
    """Each place with the nearest larger one whose target it would touch, or alone."""
    found: list[Disc] = []
    for place in places:
        near = [(_apart(disc.first, place), number) for number, disc in enumerate(found)]
        nearest = min(near, default=(float("inf"), 0))
        if nearest[0] < 2 * TARGET:
            found[nearest[1]].places.append(place)
        else:
            found.append(Disc([place]))
    return found


def _apart(one: Place, other: Place) -> float:
    return hypot(one.x - other.x, one.y - other.y)


def _name(named: Sequence[Disc], everything: Sequence[Disc], width: float, height: float) -> None:
    """At the right where there is room, else at the left, else not at all."""
    taken = [_box_of(disc) for disc in everything]
    for disc in named:
        for side in ("start", "end"):
            box = _name_box(disc, side)
            on_paper = box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height
            if on_paper and not any(_overlap(box, other) for other in taken):
                disc.name_side = side
                taken.append(box)
                break


def _box_of(disc: Disc) -> tuple[float, float, float, float]:
    x, y, r = disc.first.x, disc.first.y, disc.radius
    return x - r, y - r, x + r, y + r


def _name_box(disc: Disc, side: str) -> tuple[float, float, float, float]:
    length = LETTER * len(disc.text)
    near = disc.radius + NAME_GAP
    left = disc.first.x + near if side == "start" else disc.first.x - near - length
    return left, disc.first.y - NAME_HEIGHT / 2, left + length, disc.first.y + NAME_HEIGHT / 2


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
