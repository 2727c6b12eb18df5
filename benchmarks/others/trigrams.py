"""Peers of one listing by PostgreSQL's trigrams: the ten whose name and mission are most alike."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.own_cluster import own_cluster

if TYPE_CHECKING:
    import psycopg

    from benchmarks.directory import Directory

NEEDS = None
QUESTION = "one"
ASKED = 50
SEED = 3
# The operator % keeps what is above pg_trgm.similarity_threshold, .3 unless told otherwise, and the index serves it.
NEAREST = "SELECT key FROM listing WHERE text %% %(text)s ORDER BY similarity(text, %(text)s) DESC LIMIT 10"


def measured(directory: Directory) -> dict[str, Any]:
    told = [f"{listing.name}. {listing.mission}" for listing in directory.listings]
    with own_cluster() as cluster, cluster.connect("postgres") as connection:
        started = perf_counter()
        _load(connection, told)
        loaded = perf_counter() - started
        asked = np.random.default_rng(SEED).choice(told, size=min(ASKED, len(told)), replace=False)
        seconds, answers = zip(*(_asked(connection, str(text)) for text in asked), strict=True)
    return {
        "seconds": float(np.median(seconds)),
        "p50_ms": round(float(np.percentile(seconds, 50)) * 1000, 1),
        "p95_ms": round(float(np.percentile(seconds, 95)) * 1000, 1),
        "answers": round(float(np.mean(answers)), 1),
        "seconds_to_index": round(loaded, 1),
    }


def _load(connection: psycopg.Connection, told: list[str]) -> None:
    connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    connection.execute("CREATE TABLE listing (key integer PRIMARY KEY, text text NOT NULL)")
    with connection.cursor().copy("COPY listing FROM STDIN") as copy:
        for row in enumerate(told):
            copy.write_row(row)
    connection.execute("CREATE INDEX ON listing USING gin (text gin_trgm_ops)")
    connection.execute("VACUUM ANALYZE listing")


def _asked(connection: psycopg.Connection, text: str) -> tuple[float, int]:
    started = perf_counter()
    found = connection.execute(NEAREST, {"text": text}).fetchall()
    return perf_counter() - started, len(found)
