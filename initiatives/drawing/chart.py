"""Bars for each year, with the numbers for the table under them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from initiatives.drawing.numbers import short

WIDTH, HEIGHT = 360.0, 150.0
TOP, FOOT = 18.0, 20.0  # for the figure over the highest bar, and for the years
MOST_YEARS = 30
FEWEST_PLACES = 8  # so that one year does not fill the chart
GAP = 0.18  # between two bars, in widths of a bar


@dataclass(frozen=True, slots=True)
class Bar:
    year: int
    count: int
    x: str
    y: str
    width: str
    height: str
    middle: str
    end: str

    @property
    def label(self) -> str:
        """The year as it is written, never with a separator."""
        return str(self.year)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The years before the first bar: told, not drawn, since one bar for many years would look like a summit."""

    since: int
    until: int
    count: int

    @property
    def label(self) -> str:
        return str(self.since) if self.since == self.until else f"{self.since}–{self.until}"


@dataclass(frozen=True, slots=True)
class Chart:
    bars: tuple[Bar, ...]
    earlier: Earlier | None = None

    @property
    def total(self) -> int:
        """What is drawn and what is told."""
        return sum(bar.count for bar in self.bars) + (self.earlier.count if self.earlier else 0)

    @property
    def view_box(self) -> str:
        return f"0 0 {short(WIDTH)} {short(HEIGHT)}"

    @property
    def width(self) -> str:
        return short(WIDTH)

    @property
    def base(self) -> str:
        return short(HEIGHT - FOOT)

    @property
    def years_at(self) -> str:
        return short(HEIGHT - 5)

    @property
    def highest(self) -> Bar:
        return max(self.bars, key=lambda bar: bar.count)

    @property
    def marks(self) -> list[Bar]:
        """The bars whose year is written under them: the first, the last and one in the middle."""
        places = sorted({0, len(self.bars) // 2, len(self.bars) - 1})
        return [self.bars[place] for place in places]


def year_chart(counts: Mapping[int, int], *, until: int, years: int = MOST_YEARS) -> Chart | None:
    """A bar for each of the last `years` years up to `until`, those without any too.

    None when none of these years has anything.
    """
    known = {year: count for year, count in counts.items() if count > 0 and year <= until}
    start = max(min(known, default=until), until - years + 1)
    shown = [(year, known.get(year, 0)) for year in range(start, until + 1)]
    highest = max(count for _, count in shown)
    if not highest:
        return None
    before = {year: count for year, count in known.items() if year < start}
    earlier = Earlier(min(before), max(before), sum(before.values())) if before else None
    step = WIDTH / max(len(shown), FEWEST_PLACES)
    return Chart(tuple(_bar(place, step, year, count, highest) for place, (year, count) in enumerate(shown)), earlier)


def _bar(place: int, step: float, year: int, count: int, highest: int) -> Bar:
    height = (HEIGHT - TOP - FOOT) * count / highest
    thickness = step * (1 - GAP)
    left = place * step + (step - thickness) / 2
    return Bar(
        year=year,
        count=count,
        x=short(left),
        y=short(HEIGHT - FOOT - height),
        width=short(thickness),
        height=short(height),
        middle=short(left + thickness / 2),
        end=short(left + thickness),
    )
