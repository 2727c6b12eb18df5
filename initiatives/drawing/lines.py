"""Lines on paper: cut to what shows, made as coarse as the eye allows, and written as the `d` of a path."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Line = NDArray[np.float64]  # rows of x and y
Box = tuple[float, float, float, float]  # left, top, right, bottom


def clipped(ring: Line, box: Box) -> Line:
    """What of a closed ring lies in the box (Sutherland and Hodgman: cut at one side after the other)."""
    left, top, right, bottom = box
    for axis, bound, sign in ((0, left, 1), (1, top, 1), (0, right, -1), (1, bottom, -1)):
        if not len(ring):
            break
        ring = _cut(ring, sign * (ring[:, axis] - bound))
    return ring


def _cut(ring: Line, depth: NDArray[np.float64]) -> Line:
    """What lies at a depth of zero or more, with corners where the ring crosses."""
    inside = depth >= 0
    if inside.all():
        return ring
    following, next_depth, next_inside = np.roll(ring, -1, axis=0), np.roll(depth, -1), np.roll(inside, -1)
    crosses = inside != next_inside
    part = np.where(crosses, depth / np.where(crosses, depth - next_depth, 1.0), 0.0)
    corners = np.stack([ring + part[:, None] * (following - ring), following], axis=1)
    return corners[np.stack([crosses, next_inside], axis=1)]


def runs(line: Line, box: Box) -> list[Line]:
    """The parts of an open line that may show in the box: without the steps that lie wholly beyond one of its sides."""
    left, top, right, bottom = box
    x, y = line[:, 0], line[:, 1]
    beyond = np.stack([x < left, y < top, x > right, y > bottom])
    hidden = (beyond[:, :-1] & beyond[:, 1:]).any(axis=0)
    parts = np.split(np.arange(len(hidden)), np.flatnonzero(np.diff(hidden)) + 1)
    return [line[part[0] : part[-1] + 2] for part in parts if len(part) and not hidden[part[0]]]


def simplified(line: Line, tolerance: float) -> Line:
    """Without the points that lie nearer than `tolerance` to the line that is left (Douglas and Peucker)."""
    kept = np.zeros(len(line), dtype=bool)
    kept[[0, -1]] = True
    todo = [(0, len(line) - 1)]
    while todo:
        first, last = todo.pop()
        if last - first < 2:
            continue
        away = _away(line[first + 1 : last], line[first], line[last])
        farthest = int(away.argmax())
        if away[farthest] > tolerance:
            middle = first + 1 + farthest
            kept[middle] = True
            todo += [(first, middle), (middle, last)]
    return line[kept]


def _away(points: Line, start: Line, end: Line) -> NDArray[np.float64]:
    """The distance of each point from a segment; from its one end where it has no length (a ring begins so)."""
    direction, offsets = end - start, points - start
    length = float(np.hypot(*direction))
    if not length:
        return np.hypot(offsets[:, 0], offsets[:, 1])
    along = np.clip(offsets @ direction / length**2, 0, 1)
    beside = offsets - along[:, None] * direction
    return np.hypot(beside[:, 0], beside[:, 1])


def area(ring: Line) -> float:
    x, y = ring[:, 0], ring[:, 1]
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2


def path(lines: Iterable[Line], *, closed: bool) -> str:
    """In steps of tenths, each from the point before it: a third of the bytes of whole numbers with decimals."""
    return "".join(_steps(np.rint(line * 10).astype(int), "z" if closed else "") for line in lines)


def _steps(tenths: NDArray[np.int64], end: str) -> str:
    steps = np.diff(tenths, axis=0)
    numbers = steps[steps.any(axis=1)].ravel().tolist()
    start = "M" + _written(tenths[0].tolist())
    return f"{start}l{_written(numbers)}{end}" if numbers else ""


def _written(tenths: list[int]) -> str:
    """“12.5-3 .4”: a minus or a point also parts two numbers."""
    said = ""
    for number in tenths:
        sign, whole, tenth = "-" * (number < 0), abs(number) // 10, abs(number) % 10
        digits = f"{whole or ''}.{tenth}" if tenth else str(whole)
        said += sign + digits if sign or not said else " " + digits
    return said
