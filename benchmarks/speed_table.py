"""What `bench speed` prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Figures = Mapping[str, Any]


def table(result: Figures) -> str:
    lines = [f"{'rows':>10}{'seconds':>10}{'stored':>10}{'peak MB':>9}{'groups':>8}{'in 3–40':>9}  stages"]
    lines += [_line(size) for size in result["sizes"]]
    lines.append("stored: of those, the seconds it takes in a space that is stored, as on every night but the first")
    lines.append(f"growth: rows to the power {result['exponent']}" if result["exponent"] else "growth: give two --rows")
    lines.append(f"the encoder reads {result['texts_per_second']} texts a second, before that clock starts")
    for size in result["sizes"]:
        lines += ["", f"{size['rows']:,} rows", *_compared(size)]
    return "\n".join(lines)


def _line(size: Figures) -> str:
    stages = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in size["seconds"].items())
    figures = f"{size['rows']:10,}{size['total_seconds']:10.1f}{size['seconds_in_stored_space']:10.1f}"
    figures += f"{size['peak_mb']:9,.0f}{size['groups']:8,.0f}"
    return f"{figures}{size['share_3_40']:9.3f}  {stages}"


def _compared(size: Figures) -> Iterator[str]:
    yield f"  {'ours: same':18}{_told(size['twins'])}"
    if "one" in size:
        yield f"  {'ours: one':18}{_told(size['one'])}"
    for name, figures in size["peers"].items():
        yield f"  {name:18}{_told(figures)}"


def _told(figures: Figures) -> str:
    return ", ".join(f"{key.replace('_', ' ')} {_number(value)}" for key, value in figures.items())


def _number(value: object) -> str:
    return str(value) if isinstance(value, str) else f"{value:,}"
