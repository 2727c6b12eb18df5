"""Who is nearest to whom, by exact products: of all with all in a small directory, within nearby cells in a large one.

The work is a list of independent tasks over plain arrays, one per cell; an executor does them wherever it likes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from initiatives.overlap.arrays import as_codes, as_pairs, largest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from scipy import sparse

    from initiatives.overlap.cells import Cells
    from initiatives.overlap.executor import Executor
    from initiatives.overlap.field import Field
    from initiatives.overlap.values import Progress

NEAREST = 15
# Beside those: neighbours who write in another language, or there would be none for the larger languages.
ACROSS = 6
# Below this many rows all are compared with all: that beats any index, and loses nobody.
SMALL = 20_000
# Cells that a row is compared with, its own among them: how many of the exact neighbours are found is measured by
# `./run bench speed`.
CELLS_SEEN = 8
# Rows of one task, and rows that they are compared with: 2,048 × 20,480 products are 168 MB, whatever the cells are.
LARGEST_TASK, MOST_OTHERS = 2_048, 20_480


@dataclass(frozen=True)
class Part:
    """Some rows of a field as plain arrays."""

    rows: NDArray[np.int64]
    dense: NDArray[np.float32]
    wide: sparse.csr_matrix
    languages: NDArray[np.int32]


@dataclass(frozen=True)
class Task:
    """Find the neighbours of `mine` among `others`."""

    mine: Part
    others: Part


def neighbour_pairs(
    field: Field, cells: Cells | None, placed: NDArray[np.int16] | None, *, executor: Executor, progress: Progress
) -> NDArray[np.int64]:
    """Pairs of rows (a < b), each once, sorted: the nearest of every row, overall and among other languages. `placed`:
    the cell of every row; without cells all are compared with all."""
    found = [np.zeros(0, dtype=np.int64)]
    done, rows = 0, len(field)
    for pairs, asked in executor.map(nearest, tasks(field, cells, placed)):
        found.append(as_codes(np.sort(pairs, axis=1), rows))
        done += asked
        progress("neighbours", done, rows)
    return as_pairs(np.unique(np.concatenate(found)), rows)


def tasks(field: Field, cells: Cells | None, placed: NDArray[np.int16] | None) -> Iterator[Task]:
    """Made one by one, since each holds its arrays."""
    if cells is None or placed is None or len(field) <= SMALL:
        everybody = part(field, np.arange(len(field)))
        for start in range(0, len(field), LARGEST_TASK):
            yield Task(part(field, np.arange(start, min(start + LARGEST_TASK, len(field)))), everybody)
        return
    order = np.argsort(placed, kind="stable")
    bounds = np.searchsorted(placed[order], np.arange(len(cells) + 1))
    members = [order[bounds[cell] : bounds[cell + 1]] for cell in range(len(cells))]
    near = cells.nearest(cells.middles, CELLS_SEEN)
    for cell, mine in enumerate(members):
        if len(mine):
            # A crowd of equals in one cell is cut: each piece sees itself and as many others as a task may hold.
            around = np.concatenate([members[other] for other in near[cell] if other != cell] or [mine[:0]])
            for start in range(0, len(mine), LARGEST_TASK):
                here = mine[start : start + LARGEST_TASK]
                others = np.concatenate([here, mine[:start], mine[start + LARGEST_TASK :], around])[:MOST_OTHERS]
                yield Task(part(field, here), part(field, others))


def part(field: Field, rows: NDArray[np.int64]) -> Part:
    return Part(rows, field.dense(rows), field.wide(rows), field.languages[rows])


def nearest(task: Task) -> tuple[NDArray[np.int64], int]:
    """Pairs (row, neighbour), and of how many rows."""
    mine, others = task.mine, task.others
    block = mine.dense @ others.dense.T
    if mine.wide.nnz and others.wide.nnz:
        shared = (mine.wide @ others.wide.T).tocoo()
        block[shared.row, shared.col] += shared.data
    itself = mine.rows[:, None] == others.rows[None, :]
    own = itself.argmax(axis=1)
    block[itself] = -np.inf
    found = [largest(block, NEAREST, own)]
    for language in np.unique(mine.languages).tolist():
        rows, columns = np.flatnonzero(mine.languages == language), np.flatnonzero(others.languages != language)
        row, column = largest(block[np.ix_(rows, columns)], ACROSS, np.searchsorted(columns, own[rows]))
        found.append((rows[row], columns[column]))
    pairs = [np.stack([mine.rows[row], others.rows[column]], axis=1) for row, column in found]
    return np.concatenate(pairs), len(mine.rows)
