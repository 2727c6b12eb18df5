"""The directory falls into circles that could meet: 3 to 40 who overlap, by Leiden (Traag et al. 2019) under the
constant Potts model, then cut or filled to that size."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import TYPE_CHECKING

import igraph
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

FEWEST = 3
# About as many as fit into one meeting.
MOST = 40
# Share of the mean weight of an edge that members must be joined by on average. Found best of .03 to .3 on labelled
# rows.
RESOLUTION = 0.1
SEED = 7
ITERATIONS = 8
# Average linkage compares all with all: beyond this a community is cut by a finer Leiden first.
LINKABLE = 400
FINER = 3.0

Neighbours = list[dict[int, float]]


def communities(
    edges: Mapping[tuple[int, int], float], size: int, start: Sequence[int] | None = None
) -> list[list[int]]:
    """Rows of each community, smallest row first; rows that belong nowhere are in none. `start`: a membership to begin
    from, so that a directory that grew a little keeps its circles."""
    if not edges:
        return []
    mean = float(np.mean(list(edges.values())))
    found = _leiden(edges, range(size), resolution=RESOLUTION * mean, start=start)
    near = neighbours(edges, size)
    pieces = [piece for members in found for piece in _cut(members, near, resolution=RESOLUTION * mean)]
    return _filled(pieces, near)


def neighbours(edges: Mapping[tuple[int, int], float], size: int) -> Neighbours:
    near: Neighbours = [{} for _ in range(size)]
    for (a, b), weight in edges.items():
        near[a][b] = near[b][a] = weight
    return near


def _leiden(
    edges: Mapping[tuple[int, int], float],
    rows: Iterable[int],
    *,
    resolution: float,
    start: Sequence[int] | None = None,
) -> list[list[int]]:
    rows = list(rows)
    place = {row: n for n, row in enumerate(rows)}
    graph = igraph.Graph(n=len(rows), edges=[(place[a], place[b]) for a, b in edges])
    # igraph asks Python's generator: seeded here, so that one input gives one answer, and given back afterwards.
    igraph.set_random_number_generator(random.Random(SEED))  # noqa: S311 (no secret)
    try:
        found = graph.community_leiden(
            objective_function="CPM",
            weights=list(edges.values()),
            resolution=resolution,
            n_iterations=ITERATIONS,
            initial_membership=list(start) if start else None,
        )
    finally:
        igraph.set_random_number_generator(random)
    return sorted(sorted(rows[n] for n in members) for members in found)


def _cut(members: list[int], near: Neighbours, *, resolution: float) -> list[list[int]]:
    """A community in pieces of at most MOST."""
    if len(members) <= MOST:
        return [members]
    if len(members) <= LINKABLE:
        return _average_linkage(members, near)
    inside = set(members)
    edges = {(a, b): w for a in members for b, w in near[a].items() if a < b and b in inside}
    finer = _leiden(edges, members, resolution=resolution * FINER)
    if len(finer) == 1:
        return [members[start : start + MOST] for start in range(0, len(members), MOST)]
    return [piece for part in finer for piece in _cut(part, near, resolution=resolution * FINER)]


def _average_linkage(members: list[int], near: Neighbours) -> list[list[int]]:
    """Join the two parts with the largest mean weight between them, as long as both together are no more than MOST."""
    clusters = [[row] for row in members]
    sums = _weights(members, near)
    sizes = np.ones(len(members), dtype=np.float64)
    while True:
        means = sums / np.outer(sizes, sizes)
        means[np.add.outer(sizes, sizes) > MOST] = 0
        np.fill_diagonal(means, 0)
        a, b = sorted(int(n) for n in np.unravel_index(means.argmax(), means.shape))
        if means[a, b] <= 0:
            return [sorted(cluster) for cluster in clusters]
        clusters[a] += clusters.pop(b)
        sums[a] += sums[b]
        sums[:, a] += sums[:, b]
        sizes[a] += sizes[b]
        sums, sizes = np.delete(np.delete(sums, b, axis=0), b, axis=1), np.delete(sizes, b)


def _weights(members: list[int], near: Neighbours) -> NDArray[np.float64]:
    place = {row: n for n, row in enumerate(members)}
    sums = np.zeros((len(members), len(members)))
    for row in members:
        for other, weight in near[row].items():
            if other in place:
                sums[place[row], place[other]] = weight
    return sums


def _filled(pieces: Iterable[list[int]], near: Neighbours) -> list[list[int]]:
    """Those of too small a piece join the circle that holds most of their ties, where there is room."""
    ordered = sorted(pieces)
    circles = [list(piece) for piece in ordered if len(piece) >= FEWEST]
    home = {row: n for n, circle in enumerate(circles) for row in circle}
    for row in sorted(row for piece in ordered if len(piece) < FEWEST for row in piece):
        vote = votes(row, near, home)
        roomy = [(weight, -n) for n, weight in vote.items() if len(circles[n]) < MOST]
        if roomy:
            chosen = -max(roomy)[1]
            circles[chosen].append(row)
            home[row] = chosen
    return sorted(sorted(circle) for circle in circles)


def votes(row: int, near: Neighbours, home: Mapping[int, int]) -> dict[int, float]:
    """Per circle the weight of the ties of a row to it."""
    sums: dict[int, float] = defaultdict(float)
    for other, weight in near[row].items():
        if other in home:
            sums[home[other]] += weight
    return dict(sums)
