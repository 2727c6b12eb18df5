"""Peers of one listing among very many, all from PostgreSQL: ./run bench one --rows N [--rows N] [--json] [--out FILE]

The directory of the data folder is repeated until it has N rows, within a transaction that is rolled back: each row is
one of its listings, turned as in `bench graph`, with traits and a vector of its own. Asked are missions of listings.
An answer is whole: read, encoded, placed, looked for, compared, with reasons; only that the rows that were made have no
page, so fewer of them are fetched at the end.
"""

from __future__ import annotations

import argparse
import os
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.graph import Base, made, nearest_of_each
from benchmarks.outcome import add_options, tell
from benchmarks.pages import set_up

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from initiatives.overlap.field import Field

ASKED, WARMING_UP = 200, 20
LONGEST = 280  # characters, as a mission that somebody registers
# Beyond every key there is.
FIRST = 10_000_000
SEED = 5
BATCH = 20_000

ROWS = "COPY initiatives_overlapvector (initiative_id, space_id, cell, vector, beside, language) FROM STDIN"
TRAITS = """
    INSERT INTO initiatives_overlaptraits (initiative_id, reading, digest, told, meaning)
    SELECT made.key, t.reading, t.digest, jsonb_set(t.told, '{listing,key}', to_jsonb(made.key)), NULL
    FROM made JOIN initiatives_overlaptraits t ON t.initiative_id = made.base
"""


def main() -> None:
    asked = _arguments()
    from commons_directory.database import ROLE

    # Whoever owns the tables may count them anew.
    os.environ[ROLE] = "owner"
    set_up()
    tell({"sizes": [measured(rows) for rows in asked.rows]}, asked, _table)


def measured(rows: int) -> dict[str, Any]:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        # The rows made belong to no initiative: that is asked when a transaction is committed, and this one never is.
        started = perf_counter()
        cells = _fill(rows)
        filled = perf_counter() - started
        cursor.execute("ANALYZE initiatives_overlapvector, initiatives_overlaptraits")
        seconds = _asked()
        transaction.set_rollback(True)
    return {
        "rows": rows,
        "cells": cells,
        "seconds_to_fill": round(filled, 1),
        **{f"p{share}_ms": round(float(np.percentile(seconds, share)) * 1000, 1) for share in (50, 95, 99)},
    }


def _asked() -> list[float]:
    from initiatives.importing.languages import detected
    from initiatives.models import Initiative
    from initiatives.models.finding import find_peers
    from initiatives.models.telling.asker import ASKER
    from initiatives.overlap.values import Listing

    missions = list(Initiative.objects.published().exclude(mission="").values_list("mission", flat=True).order_by("pk"))
    drawn = np.random.default_rng(SEED).choice(missions, ASKED + WARMING_UP)
    seconds = []
    for mission in drawn:
        started = perf_counter()
        text = str(mission)[:LONGEST]
        find_peers(Listing(key=ASKER, name="", mission=text, language=detected(text)))
        seconds.append(perf_counter() - started)
    return seconds[WARMING_UP:]


def _fill(rows: int) -> int:
    """Answers how many cells there are."""
    from django.db import connection

    from initiatives.models import OverlapSpace
    from initiatives.models.finding import current_directory
    from initiatives.overlap.cells import cells_of, found_cells

    held = current_directory()
    if held is None:
        raise SystemExit("This directory has not been computed yet: ./run manage find_overlaps")
    real, keys = _real(held.key)
    field, of = made(rows, Base(real, nearest_of_each(real)))
    cells = found_cells(field)
    space = OverlapSpace.objects.get(pk=held.key)
    space.cells = cells
    space.frequencies = {**space.frequencies, "population": rows}
    space.revision += 1
    space.save()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM initiatives_overlapvector")
        cursor.execute("CREATE TEMPORARY TABLE made (key bigint, base bigint) ON COMMIT DROP")
        with cursor.copy("COPY made FROM STDIN") as copy:
            for row, base in enumerate(keys[of].tolist()):
                copy.write_row((FIRST + row, base))
        with cursor.copy(ROWS) as copy:
            for row in _vectors(field, cells_of(field, cells), held.key):
                copy.write_row(row)
        cursor.execute(TRAITS)
    return len(cells)


def _real(space: int) -> tuple[Field, NDArray[np.int64]]:
    from initiatives.models import OverlapVector
    from initiatives.models.finding import current_directory
    from initiatives.overlap.corpus import corpus
    from initiatives.tasks.storing import stored_traits

    traits = stored_traits()
    known = dict(OverlapVector.objects.filter(space=space).values_list("initiative", "vector"))
    vectors = np.stack([np.frombuffer(known[each.listing.key], dtype=np.int8) for each in traits])
    held = current_directory()
    assert held is not None
    return held.stored.field(corpus(traits), vectors), np.array([each.listing.key for each in traits])


def _vectors(field: Field, placed: NDArray[np.int16], space: int) -> Iterator[tuple[Any, ...]]:
    from initiatives.overlap.arrays import SCALE

    width = field.text.shape[1]
    # As a space is filled: cell by cell.
    order = np.argsort(placed, kind="stable")
    for start in range(0, len(field), BATCH):
        here = order[start : start + BATCH]
        beside = np.rint(field.dense(here)[:, width:] * SCALE).astype(np.int8)
        for row, vector, other in zip(here.tolist(), field.text[here], beside, strict=True):
            yield FIRST + row, space, int(placed[row]), vector.tobytes(), other.tobytes(), "en"


def _table(told: Mapping[str, Any]) -> str:
    return "\n".join("  ".join(f"{name} {value:,}" for name, value in each.items()) for each in told["sizes"])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="one", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, action="append", required=True, metavar="N", help="how many listings")
    add_options(parser)
    return parser.parse_args()


if __name__ == "__main__":
    main()
