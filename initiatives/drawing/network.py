"""The picture of a group: its badge, large, a numbered knot for each member, a tie for each pair with reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, sin

from initiatives.drawing.badge import RADIUS, Badge, Member, angles, drawn_members, group_badge, start_angle
from initiatives.drawing.labels import Label, labels_round
from initiatives.drawing.numbers import point, short

REACH = 190.0  # of the outermost disc
RING = REACH + 14  # on which the names stand
HALF_WIDTH = RING + 156  # the longest line of a name fits
LEAST_ROOM = 50.0  # over and under the discs; network.css takes it away on phones, where names are not shown
KNOT_RADIUS = 14.0
# How near to the straight line a tie keeps: 1 is straight, 0 passes through the middle.
BEND = 0.45
# Of each member so many ties are drawn: a member has up to eleven, and 66 lines are a knot that nobody reads.
TIES_EACH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two members by their keys, how many reasons they share, and whether one needs what the other offers.

    Links are given strongest first: of those with as many reasons the first are drawn.
    """

    one: str
    other: str
    reasons: int
    meets_need: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    one: Knot
    other: Knot
    reasons: int
    meets_need: bool

    @property
    def css_class(self) -> str:
        """Three widths: 1.4, 2.6, 4.2; dashed for a need that meets an offer."""
        width = max(1, min(3, self.reasons))
        return f"tie tie-{width}{' tie-need' if self.meets_need else ''}"

    @property
    def path(self) -> str:
        x, y = (self.one.x + self.other.x) / 2 * BEND, (self.one.y + self.other.y) / 2 * BEND
        return f"M{point(self.one.x, self.one.y)}Q{point(x, y)} {point(self.other.x, self.other.y)}"


@dataclass(frozen=True, slots=True)
class Knot:
    number: int
    member: Member
    x: float
    y: float

    @property
    def cx(self) -> str:
        return short(self.x)

    @property
    def cy(self) -> str:
        return short(self.y)

    @property
    def foot(self) -> str:
        """Where the number stands."""
        return short(self.y + KNOT_RADIUS * 0.37)


@dataclass(frozen=True, slots=True)
class Network:
    badge: Badge
    scale: str
    knots: tuple[Knot, ...]
    ties: tuple[Tie, ...]
    labels: tuple[Label, ...]
    more_ties: int = 0  # that are not drawn

    @property
    def view_box(self) -> str:
        top = min([-REACH - LEAST_ROOM, *(label.top for label in self.labels)])
        bottom = max([REACH + LEAST_ROOM, *(label.bottom + 4 for label in self.labels)])
        return f"{point(-HALF_WIDTH, top)} {point(2 * HALF_WIDTH, bottom - top)}"

    @property
    def knot_radius(self) -> str:
        return short(KNOT_RADIUS)


def group_network(group_key: str, members: Iterable[Member], links: Iterable[Link], *, is_shared: bool) -> Network:
    """Members go round as in the badge, and are numbered so; links of members that are not drawn are left out."""
    everybody = list(members)
    drawn = drawn_members(everybody)
    badge = group_badge(group_key, everybody, is_shared=is_shared)
    directions = angles(len(drawn), start_angle(group_key, len(drawn)))
    scale = REACH / max(RADIUS + hypot(disc.x, disc.y) for disc in badge.discs)
    knots = tuple(_knots(drawn, directions, RADIUS * scale))
    labels = labels_round([(member.name, member.city) for member in drawn], directions, RING)
    between = [link for link in links if link.reasons and {link.one, link.other} <= {member.key for member in drawn}]
    ties = tuple(_ties(knots, strongest(between)))
    return Network(badge, f"{scale:.3g}", knots, ties, labels, len(between) - len(ties))


def strongest(links: Sequence[Link]) -> list[Link]:
    """What is among the strongest of one of its two ends, and whatever meets a need."""
    ties: Counter[str] = Counter()
    kept = []
    for link in sorted(links, key=lambda link: -link.reasons):
        if link.meets_need or min(ties[link.one], ties[link.other]) < TIES_EACH:
            kept.append(link)
        ties.update((link.one, link.other))
    return kept


def _knots(members: Sequence[Member], directions: Sequence[float], ring: float) -> Iterable[Knot]:
    """One radius from the middle: inside the member's own disc and outside the ground, however strong it belongs."""
    for number, (member, direction) in enumerate(zip(members, directions, strict=True), start=1):
        yield Knot(number, member, ring * cos(direction), ring * sin(direction))


def _ties(knots: Sequence[Knot], links: Iterable[Link]) -> Iterable[Tie]:
    by_key: Mapping[str, Knot] = {knot.member.key: knot for knot in knots}
    for link in links:
        yield Tie(by_key[link.one], by_key[link.other], link.reasons, link.meets_need)
