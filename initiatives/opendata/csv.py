"""CSV after RFC 4180: UTF-8, CRLF, a stable header, cells guarded against spreadsheets.

`?excel=1` asks for what Excel opens by itself: a byte-order mark and semicolons.
"""

import csv
import io
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from initiatives.opendata.columns import Column
from initiatives.opendata.guard import Guarded, guard

BYTE_ORDER_MARK = "\ufeff".encode()
CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Dialect:
    delimiter: str = ","
    begins_with: bytes = b""


PLAIN = Dialect()
EXCEL = Dialect(";", BYTE_ORDER_MARK)


def header(columns: Sequence[Column], dialect: Dialect) -> bytes:
    return dialect.begins_with + dialect.delimiter.join(column.name for column in columns).encode() + b"\r\n"


def copied(queryset: QuerySet, columns: Sequence[Column], dialect: Dialect) -> Generator[bytes]:
    """The rows of a queryset in its order, straight from PostgreSQL's COPY, in chunks."""
    sql, params = as_rows(queryset, columns).query.sql_with_params()
    statement = f"COPY ({sql}) TO STDOUT WITH (FORMAT csv, DELIMITER '{dialect.delimiter}')"
    connection.ensure_connection()
    # psycopg's own cursor: Django's wrappers know COPY only without parameters.
    with connection.connection.cursor() as cursor, cursor.copy(statement, params) as copy:
        yield from chunks(_with_crlf(bytes(row)) for row in copy)


def as_rows(queryset: QuerySet, columns: Sequence[Column]) -> QuerySet:
    """One expression for each column, in their order, guarded where it has to be."""
    values = {
        f"column_{column.name}": Guarded(column.value) if column.is_guarded else column.value for column in columns
    }
    return queryset.annotate(**values).values_list(*values)


def _with_crlf(row: bytes) -> bytes:
    """COPY hands over one row at a time and ends it with a bare newline; those inside of quotes stay."""
    return row.removesuffix(b"\n") + b"\r\n"


def written(rows: Iterable[Sequence[object]], columns: Sequence[Column], dialect: Dialect) -> Generator[bytes]:
    """Rows that were made in Python, by the same rules."""
    return chunks(_line(row, columns, dialect) for row in rows)


def _line(row: Sequence[object], columns: Sequence[Column], dialect: Dialect) -> bytes:
    line = io.StringIO()
    cells = ["" if cell is None else str(cell) for cell in row]
    csv.writer(line, delimiter=dialect.delimiter).writerow(
        guard(cell) if column.is_guarded else cell for cell, column in zip(cells, columns, strict=True)
    )
    return line.getvalue().encode()


def chunks(lines: Iterable[bytes]) -> Generator[bytes]:
    """Many short lines as few long ones."""
    held: list[bytes] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= CHUNK:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)
