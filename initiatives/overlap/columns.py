"""Matrices and columns of numbers that are made a row at a time, out of names."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from numpy.typing import NDArray


class Rows:
    """A sparse matrix that is made row by row, a column for each name as it comes."""

    def __init__(self, columns: Iterable[str] = (), *, grows: bool = True) -> None:
        self._columns: dict[str | int, int] = {name: column for column, name in enumerate(columns)}
        self._grows = grows
        self._data: array[float] = array("f")
        self._indices: array[int] = array("i")
        self._pointers: array[int] = array("q", (0,))

    def add(self, row: Mapping[str, float] | Mapping[int, float]) -> None:
        for name, value in row.items():
            column = self._columns.get(name)
            if column is None and self._grows:
                column = self._columns[name] = len(self._columns)
            if column is not None:
                self._indices.append(column)
                self._data.append(value)
        self._pointers.append(len(self._indices))

    def matrix(self) -> sparse.csr_matrix:
        matrix = sparse.csr_matrix(
            (
                np.array(self._data, dtype=np.float32),
                np.array(self._indices, dtype=np.int32),
                np.array(self._pointers, dtype=np.int64),
            ),
            shape=(len(self._pointers) - 1, max(len(self._columns), 1)),
        )
        matrix.sort_indices()
        return matrix


class Codes:
    """A column of numbers, one for each name as it comes, -1 for None."""

    def __init__(self) -> None:
        self._known: dict[Hashable, int] = {}
        self._column: array[int] = array("q")

    def add(self, name: Hashable) -> None:
        self._column.append(-1 if name is None else self._known.setdefault(name, len(self._known)))

    def array(self, kind: type[np.signedinteger]) -> NDArray:
        return np.array(self._column, dtype=kind)
