"""The directory falls into circles that could meet: 3 to 40 who overlap, by Leiden (Traag et al. 2019) under the
constant Potts model, then cut or filled to that size."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import igraph
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from initiatives.overlap.graph import Graph

FEWEST = 3
# About as many as fit into one meeting.
MOST = 40
# Share of the mean weight of an edge that members must be joined by on average. Found best of .03 to .3 on labelled
# rows.
RESOLUTION = 0.1
SEED = 7
# Rounds of Leiden: a large graph has settled after a few, and each takes minutes.
ITERATIONS, LARGE, ITERATIONS_OF_LARGE = 8, 50_000, 2
# Average linkage compares all with all: beyond this a community is cut by a finer Leiden first.
LINKABLE = 400
FINER = 3.0


def communities(graph: Graph, start: Sequence[int] | None = None) -> list[list[int]]:
    """Rows of each community, smallest row first; rows that belong nowhere are in none. `start`: a membership to begin
    from, so that a directory that grew a little keeps its circles."""
    if not len(graph.pairs):
        return []
    resolution = RESOLUTION * float(graph.weights.mean())
    found = _leiden(graph, resolution=resolution, start=start)
    pieces = [piece for members in found for piece in _cut(graph, members, resolution=resolution)]
    return _filled(graph, pieces)


def _leiden(graph: Graph, *, resolution: float, start: Sequence[int] | None = None) -> list[list[int]]:
    drawn = igraph.Graph(n=graph.size, edges=graph.pairs)
    # igraph asks Python's generator: seeded here, so that one input gives one answer, and given back afterwards.
    igraph.set_random_number_generator(random.Random(SEED))  # noqa: S311 (no secret)
    try:
        found = drawn.community_leiden(
            objective_function="CPM",
            weights=graph.weights.tolist(),
            resolution=resolution,
            n_iterations=ITERATIONS if graph.size <= LARGE else ITERATIONS_OF_LARGE,
            initial_membership=list(start) if start else None,
        )
    finally:
        igraph.set_random_number_generator(random)
    membership = np.array(found.membership)
    order = np.argsort(membership, kind="stable")
    bounds = np.flatnonzero(np.diff(membership[order])) + 1
    return sorted(members.tolist() for members in np.split(order, bounds))


def _cut(graph: Graph, members: list[int], *, resolution: float) -> list[list[int]]:
    """A community in pieces of at most MOST."""
    if len(members) <= MOST:
        return [members]
    if len(members) <= LINKABLE:
        return _average_linkage(graph, members)
    inside = graph.among(members)
    finer = _leiden(inside, resolution=resolution * FINER) if len(inside.pairs) else []
    if len(finer) <= 1:
        return [members[start : start + MOST] for start in range(0, len(members), MOST)]
    parts = ([members[row] for row in part] for part in finer)
    return [piece for part in parts for piece in _cut(graph, part, resolution=resolution * FINER)]


def _average_linkage(graph: Graph, members: list[int]) -> list[list[int]]:
    """Join the two parts with the largest mean weight between them, as long as both are no more than MOST."""
    clusters = [[row] for row in members]
    sums = graph.near[members][:, members].toarray().astype(np.float64)
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


def _filled(graph: Graph, pieces: Iterable[list[int]]) -> list[list[int]]:
    """Those of too small a piece join the circle that holds most of their ties, where there is room."""
    ordered = sorted(pieces)
    circles = [list(piece) for piece in ordered if len(piece) >= FEWEST]
    home = {row: n for n, circle in enumerate(circles) for row in circle}
    for row in sorted(row for piece in ordered if len(piece) < FEWEST for row in piece):
        vote = graph.votes(row, home)
        roomy = [(weight, -n) for n, weight in vote.items() if len(circles[n]) < MOST]
        if roomy:
            chosen = -max(roomy)[1]
            circles[chosen].append(row)
            home[row] = chosen
    return sorted(sorted(circle) for circle in circles)
