"""Peers of one new listing while somebody waits, all from PostgreSQL: how long, and how many of the truly nearest."""

from __future__ import annotations

from dataclasses import replace
from itertools import batched
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.scale_data import made
from benchmarks.stored_directory import stored

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from benchmarks.directory import Directory
    from initiatives.models.finding import Directory as Held
    from initiatives.overlap.one import Placed
    from initiatives.overlap.values import Listing

ASKED, WARMING_UP = 200, 10
# Not the seed that the directory was made with: nobody asks for what is there already, word for word.
SEED = 99
TOP = 10
# Listings compared at a time for the exact answer.
BLOCK = 50_000


def measured(directory: Directory) -> dict[str, Any]:
    """Whole answers, as the page gives them: read and encoded, placed, looked for, compared, with reasons and rows."""
    with stored(directory):
        from initiatives.models.finding import current_directory, find_peers, near_keys
        from initiatives.models.telling.asker import ASKER

        held = current_directory()
        assert held is not None
        asked = [replace(listing, key=ASKER) for listing in made(ASKED + WARMING_UP, directory.sources, seed=SEED)]
        for listing in asked[:WARMING_UP]:
            find_peers(listing)
        asked = asked[WARMING_UP:]
        whole, found = _timed(find_peers, asked)
        reading, traits = _timed(lambda listing: held.stored.engine.read([listing]), asked)
        places = [held.stored.placed(told) for told in traits]
        near = [near_keys(held, place, listing) for place, listing in zip(places, asked, strict=True)]
        exact = _exactly_nearest(held, places)
        recall = [_recall(one, other) for one, other in zip(near, exact, strict=True)]
    return {
        "seconds": float(np.median(whole)),
        "p50_ms": _percentile(whole, 50),
        "p95_ms": _percentile(whole, 95),
        "reading_p50_ms": _percentile(reading, 50),
        "recall_at_10": round(float(np.mean(recall)), 4),
        "answers": round(float(np.mean([len(each) for each in found])), 1),
        "cells": len(held.stored.cells),
    }


def _timed[Answer](ask: Callable[[Listing], Answer], asked: Sequence[Listing]) -> tuple[list[float], list[Answer]]:
    seconds, answers = [], []
    for listing in asked:
        started = perf_counter()
        answers.append(ask(listing))
        seconds.append(perf_counter() - started)
    return seconds, answers


def _exactly_nearest(held: Held, places: Sequence[Placed]) -> list[list[int]]:
    """The keys of the TOP nearest of everybody, to each of these."""
    from initiatives.models import OverlapVector
    from initiatives.overlap.one import positions

    wanted = np.stack([place.positions[0] for place in places])
    best = np.full((len(places), 0), 0.0, dtype=np.float32)
    keys = np.zeros((len(places), 0), dtype=np.int64)
    rows = OverlapVector.objects.filter(space=held.key).values_list("initiative", "vector", "beside")
    for block in batched(rows.iterator(chunk_size=BLOCK), BLOCK, strict=False):
        told, vectors, beside = zip(*block, strict=True)
        products = wanted @ positions(_bytes(vectors), _bytes(beside)).T
        best = np.hstack([best, products])
        keys = np.hstack([keys, np.broadcast_to(np.array(told), products.shape)])
        top = np.argsort(-best, axis=1, kind="stable")[:, :TOP]
        best, keys = np.take_along_axis(best, top, axis=1), np.take_along_axis(keys, top, axis=1)
    return keys.tolist()


def _bytes(rows: Sequence[bytes]) -> NDArray[np.int8]:
    return np.frombuffer(b"".join(rows), dtype=np.int8).reshape(len(rows), -1)


def _recall(found: Sequence[int], exact: Sequence[int]) -> float:
    return len(set(found) & set(exact)) / max(len(exact), 1)


def _percentile(seconds: Sequence[float], share: int) -> float:
    return round(float(np.percentile(seconds, share)) * 1000, 1)
