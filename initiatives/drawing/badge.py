"""Shapes from data: each member of a group is a disc, and where all discs lie over each other is the shared ground.

The same members always give the same picture. Units are those of the drawing, with discs of radius RADIUS and the
middle of the group at 0 0; y goes down, as in SVG.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import atan2, cos, hypot, radians, sin, sqrt
from zlib import crc32

from initiatives.drawing.numbers import point, short

RADIUS = 50.0
MOST_DISCS = 12
# Distance of a disc from the middle, in radii: .78 where membership is weakest, .28 where it is strongest. Always below
# one, so the ground is never empty, and it grows as the group tightens.
LOOSEST, TIGHTENING = 0.78, 0.5
PAIR_ANGLE = 180
MARGIN = 1.5  # room for the outline
TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One initiative of a group. `family` is that of its main domain, empty where it has none; `strength` is 0–1."""

    key: str
    name: str = ""  # only where names stand beside the discs
    city: str = ""
    family: str = ""
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Disc:
    x: float
    y: float
    family: str

    @property
    def cx(self) -> str:
        return short(self.x)

    @property
    def cy(self) -> str:
        return short(self.y)


@dataclass(frozen=True, slots=True)
class Badge:
    """A group or a pair, ready to be drawn: discs at 50 %, then the ground, then the outlines."""

    key: str  # usable as an id in a page
    discs: tuple[Disc, ...]
    ground: str  # the `d` of a path
    is_shared: bool  # one reason holds for all: only then is the ground yellow
    more: int = 0  # members that are not drawn

    @property
    def radius(self) -> str:
        return short(RADIUS)

    @property
    def view_box(self) -> str:
        reach = RADIUS + MARGIN
        left, top = min(d.x for d in self.discs) - reach, min(d.y for d in self.discs) - reach
        width = max(d.x for d in self.discs) + reach - left
        height = max(d.y for d in self.discs) + reach - top
        return f"{point(left, top)} {point(width, height)}"


def group_badge(group_key: str, members: Iterable[Member], *, is_shared: bool) -> Badge:
    """`group_key` is the public id of the group: it turns the picture, so that groups of equals differ."""
    everybody = list(members)
    drawn = drawn_members(everybody)
    discs = tuple(_discs(drawn, start_angle(group_key, len(drawn))))
    return Badge(f"group-{group_key}", discs, ground(discs), is_shared, len(everybody) - len(drawn))


def pair_badge(one: str, other: str, strength: float, *, is_shared: bool = True) -> Badge:
    """Two families of main domains and how much two initiatives overlap. Equal pairs have equal keys."""
    tenths = round(max(0.0, min(1.0, strength)) * 10)
    members = [Member(key=side, family=family, strength=tenths / 10) for side, family in (("a", one), ("b", other))]
    discs = tuple(_discs(members, PAIR_ANGLE))
    key = f"pair-{one or 'none'}-{other or 'none'}-{tenths}{'' if is_shared else '-apart'}"
    return Badge(key, discs, ground(discs), is_shared)


def drawn_members(members: Sequence[Member]) -> list[Member]:
    """At most the twelve strongest, in the order in which they go round: by city, then by public id."""
    strongest = sorted(members, key=lambda member: (-member.strength, member.key))[:MOST_DISCS]
    return sorted(strongest, key=lambda member: (member.city, member.key))


def start_angle(group_key: str, count: int) -> float:
    """In degrees. A pair lies level."""
    return PAIR_ANGLE if count == 2 else crc32(group_key.encode()) % 360


def angles(count: int, start: float) -> list[float]:
    """Evenly round the middle, in radians."""
    return [radians(start + 360 * place / count) for place in range(count)]


def _discs(members: Sequence[Member], start: float) -> Iterable[Disc]:
    for member, angle in zip(members, angles(len(members), start), strict=True):
        distance = RADIUS * (LOOSEST - TIGHTENING * max(0.0, min(1.0, member.strength)))
        if len(members) == 1:
            distance = 0.0
        yield Disc(distance * cos(angle), distance * sin(angle), member.family)


def ground(discs: Sequence[Disc]) -> str:
    """The path round what lies inside every disc.

    Its corners are the crossings of two circles that no other disc leaves out. The ground is convex and holds the
    middle, so going round by angle puts them in order, and each side is an arc of a circle of the same radius.
    """
    if len(discs) == 1:
        return _circle(discs[0])
    corners = sorted(_corners(discs), key=lambda corner: atan2(corner[1], corner[0]))
    arc = f"A{short(RADIUS)} {short(RADIUS)} 0 0 1 "
    # On paper two corners can fall together; there is no side between them.
    first, *others = dict.fromkeys(point(*corner) for corner in corners)
    return f"M{first}{''.join(arc + corner for corner in others)}{arc}{first}Z"


def _corners(discs: Sequence[Disc]) -> Iterable[tuple[float, float]]:
    kept: list[tuple[float, float]] = []
    for one, other in combinations(discs, 2):
        for corner in _crossings(one, other):
            inside = all(hypot(corner[0] - d.x, corner[1] - d.y) <= RADIUS + TOLERANCE for d in discs)
            # Three circles through one point make it three times.
            if inside and not any(hypot(corner[0] - x, corner[1] - y) < 0.05 for x, y in kept):
                kept.append(corner)
    return kept


def _crossings(one: Disc, other: Disc) -> Iterable[tuple[float, float]]:
    """Where two circles of the same radius cross: on both sides of the middle between their centres."""
    apart = hypot(other.x - one.x, other.y - one.y)
    if apart < TOLERANCE:
        return
    x, y = (one.x + other.x) / 2, (one.y + other.y) / 2
    height = sqrt(max(0.0, RADIUS**2 - (apart / 2) ** 2))
    across_x, across_y = -(other.y - one.y) / apart * height, (other.x - one.x) / apart * height
    yield x + across_x, y + across_y
    yield x - across_x, y - across_y


def _circle(disc: Disc) -> str:
    half = f"A{short(RADIUS)} {short(RADIUS)} 0 0 1 "
    left, right = point(disc.x - RADIUS, disc.y), point(disc.x + RADIUS, disc.y)
    return f"M{left}{half}{right}{half}{left}Z"
