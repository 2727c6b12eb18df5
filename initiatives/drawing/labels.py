"""Names round a picture: in lines, outside the circle, and never over each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import cos, sin, sqrt
from textwrap import wrap

from initiatives.drawing.numbers import short

LINE = 18.0  # from one line of text to the next
ASCENT = 14.0  # from the top of a line to its foot
GAP = 8.0  # between two names
LONGEST_LINE = 20  # letters
MOST_LINES = 3
UPRIGHT = 0.2  # |cos| below which a name stands centred over or under the picture


@dataclass(frozen=True, slots=True)
class Text:
    x: str
    y: str
    said: str
    css_class: str


@dataclass(frozen=True, slots=True)
class Label:
    """A name in lines with a place under it; `top` is where its first line begins, `side` how it is set."""

    x: float
    top: float
    side: str  # start, middle, end
    lines: tuple[str, ...]
    place: str

    @property
    def height(self) -> float:
        return LINE * (len(self.lines) + bool(self.place))

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def texts(self) -> list[Text]:
        said = [(line, "network-name") for line in self.lines] + [(self.place, "network-city")] * bool(self.place)
        return [
            Text(short(self.x), short(self.top + ASCENT + number * LINE), line, f"{kind} network-{self.side}")
            for number, (line, kind) in enumerate(said)
        ]


def lines(name: str) -> tuple[str, ...]:
    """At most three lines; what is longer ends in an ellipsis (the table has it whole)."""
    found = wrap(name, LONGEST_LINE, break_long_words=True, max_lines=MOST_LINES, placeholder=" …")
    return tuple(found) or ("",)


def labels_round(names: Sequence[tuple[str, str]], directions: Sequence[float], ring: float) -> tuple[Label, ...]:
    """One label for each (name, place), in its direction (radians) on a ring round 0 0."""
    placed = [_label(*name, direction, ring) for name, direction in zip(names, directions, strict=True)]
    spread: dict[int, Label] = {}
    for side in ("start", "middle", "end"):
        on_side = [(number, label) for number, label in enumerate(placed) if label.side == side]
        spread |= _apart(on_side, ring)
    return tuple(spread[number] for number in range(len(placed)))


def _label(name: str, place: str, direction: float, ring: float) -> Label:
    x, y = ring * cos(direction), ring * sin(direction)
    side = "middle" if abs(cos(direction)) < UPRIGHT else "start" if x > 0 else "end"
    label = Label(x, y, side, lines(name), place)
    # Over the picture a name ends at the ring, under it it begins there, beside it it is centred.
    return replace(label, top=y - label.height * (1 - sin(direction)) / 2)


def _apart(labels: Iterable[tuple[int, Label]], ring: float) -> dict[int, Label]:
    """Those of one side pushed down, and back up where they leave the picture, until none covers another."""
    ordered = sorted(labels, key=lambda pair: pair[1].top)
    if not ordered or ordered[0][1].side == "middle":
        return dict(ordered)
    numbers, found = [number for number, _ in ordered], [label for _, label in ordered]
    for place in range(1, len(found)):
        found[place] = replace(found[place], top=max(found[place].top, found[place - 1].bottom + GAP))
    lowest = max(ring, ordered[-1][1].bottom)
    for place in range(len(found) - 1, -1, -1):
        limit = lowest if place == len(found) - 1 else found[place + 1].top - GAP
        found[place] = replace(found[place], top=min(found[place].top, limit - found[place].height))
    return {number: _beside(label, ring) for number, label in zip(numbers, found, strict=True)}


def _beside(label: Label, ring: float) -> Label:
    """As near to the picture as its height allows."""
    nearest = max(label.top, min(0.0, label.bottom))
    x = sqrt(max(ring**2 - nearest**2, (ring * UPRIGHT) ** 2))
    return replace(label, x=x if label.side == "start" else -x)
