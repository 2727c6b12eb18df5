"""Coasts and borders of the world: Natural Earth at 1:50 million, as TopoJSON from world-atlas (static/vendor/)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import pi
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from initiatives.drawing.lines import clipped

FILE = Path(__file__).parents[2] / "static" / "vendor" / "world-atlas" / "2.0.2" / "countries-50m.json"

Line = NDArray[np.float64]  # rows of longitude and latitude, in radians


@dataclass(frozen=True, slots=True)
class Lines:
    """Many lines in one array, so that all are projected at once; the line `n` begins at `starts[n]`."""

    points: Line
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Lines:
        lengths = [len(line) for line in lines]
        return cls(np.concatenate(lines), np.cumsum([0, *lengths[:-1]]))

    def split(self, values: Line) -> list[Line]:
        """Something that holds for each point, line by line."""
        return np.split(values, self.starts[1:])


@dataclass(frozen=True, slots=True)
class Atlas:
    """`coasts` are closed rings of land and of the seas within it; `borders` lie between two countries.

    The rings run on across the date line; on a flat map of the world they are cut there (`flat_coasts`).
    """

    coasts: Lines
    flat_coasts: Lines
    borders: Lines


@cache
def atlas() -> Atlas:
    return read(json.loads(FILE.read_text(encoding="utf-8")))


def read(topology: dict[str, Any]) -> Atlas:
    arcs = _arcs(topology)
    coasts = [_joined(ring, arcs) for ring in _rings(topology["objects"]["land"])]
    used = Counter(_arc(number) for ring in _rings(topology["objects"]["countries"]) for number in ring)
    borders = [arcs[number] for number, times in sorted(used.items()) if times > 1]
    flat = [part for ring in coasts for part in _cut_at_date_line(ring)]
    return Atlas(Lines.of(coasts), Lines.of(flat), Lines.of(borders))


def _arcs(topology: dict[str, Any]) -> list[Line]:
    """Arcs are written as steps on a grid."""
    scale, offset = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    return [np.radians(np.cumsum(arc, axis=0) * scale + offset) for arc in topology["arcs"]]


def _rings(shape: dict[str, Any]) -> Iterable[list[int]]:
    match shape["type"]:
        case "GeometryCollection":
            for part in shape["geometries"]:
                yield from _rings(part)
        case "MultiPolygon":
            for polygon in shape["arcs"]:
                yield from polygon
        case "Polygon":
            yield from shape["arcs"]


def _joined(ring: Sequence[int], arcs: Sequence[Line]) -> Line:
    """Each arc begins where the one before it ends, and the last ends where the first began."""
    return np.concatenate([(arcs[number] if number >= 0 else arcs[~number][::-1])[:-1] for number in ring])


def _arc(number: int) -> int:
    """A negative number is an arc run through backwards."""
    return number if number >= 0 else ~number


def _cut_at_date_line(ring: Line) -> Iterable[Line]:
    """What of a ring lies between 180 degrees west and east. A ring round a pole would have no inside: left out."""
    east = np.unwrap(ring[:, 0])
    if abs(east[-1] - east[0]) > pi:
        return
    for turn in (-2 * pi, 0, 2 * pi):
        part = clipped(np.stack([east + turn, ring[:, 1]], axis=1), (-pi, -pi, pi, pi))
        if len(part) > 2:
            yield part
