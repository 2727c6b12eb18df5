"""Listings that stand there twice, by dedupe, which learns from examples: half of the twins made, and as many pairs of
neighbours that are none."""

from __future__ import annotations

import io
import json
from itertools import combinations
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmarks.directory import Directory

NEEDS = ("dedupe", "dedupe")
QUESTION = "same"
EXAMPLES = 200
LIKELY = 0.5

Row = dict[str, Any]


def measured(directory: Directory) -> dict[str, Any]:
    rows: dict[int, Row] = {
        listing.key: {
            "name": listing.name.casefold(),
            "city": listing.city_name or None,
            "website": listing.website or None,
        }
        for listing in directory.listings
    }
    started = perf_counter()
    pairs = _pairs(rows, _examples(directory, rows))
    seconds = perf_counter() - started
    return {"seconds": seconds, "pairs": len(pairs), "twins_found": directory.share_of_twins(pairs)}


def _pairs(rows: dict[int, Row], examples: io.StringIO) -> set[tuple[int, int]]:
    import dedupe
    from dedupe.variables import Exact, String

    fields = [String("name"), Exact("city", has_missing=True), Exact("website", has_missing=True)]
    machine = dedupe.Dedupe(fields, num_cores=1, in_memory=True)
    machine.prepare_training(rows, training_file=examples)
    machine.train()
    circles = machine.partition(rows, LIKELY)
    return {pair for keys, _ in circles for pair in combinations(keys, 2)}


def _examples(directory: Directory, rows: dict[int, Row]) -> io.StringIO:
    """In the format of its training files."""
    twins = set(directory.twins)
    shown = sorted(twins)[:EXAMPLES:2]
    others = [(a, a + 1) for a, _ in shown if a + 1 in rows and (a + 1, a) not in twins]
    told = {
        "match": [_example(rows[a], rows[b]) for a, b in shown],
        "distinct": [_example(rows[a], rows[b]) for a, b in others],
    }
    return io.StringIO(json.dumps(told))


def _example(a: Row, b: Row) -> dict[str, Any]:
    return {"__class__": "tuple", "__value__": [a, b]}
