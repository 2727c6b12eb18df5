"""Makes a table hold just these rows, touching only what differs: whoever reads, and the vacuum, stay calm."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from psycopg import sql

# A score that moves by less is the same score: the words of a thousand listings weigh a little otherwise with every
# listing that comes.
STEP = 0.01
NEW = sql.Identifier("new_rows")


@dataclass(frozen=True, slots=True)
class Changes:
    added: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class Table:
    """`key` tells rows apart, and with `part` of them, too, one that has it otherwise is another row. Of the rest the
    `numbers` may drift by less than STEP, in `reasons` so may the strength; `beside` alone changes no row."""

    model: type[models.Model]
    key: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ("reasons",)
    beside: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.key, *self.kinds, *self.numbers, *self.reasons, *self.beside)


def write(table: Table, rows: Iterable[Sequence[Any]], *, among: models.QuerySet[Any]) -> Changes:
    """`rows` are tuples in the order of `table.columns`; of the rows in the database only those `among` these go."""
    _load(table, rows)
    # Whole tables are compared. Of one that was filled a moment ago the planner thinks that it is empty, and would go
    # through all of it for every row.
    _run(sql.SQL("SET LOCAL enable_nestloop = off"))
    changes = Changes(removed=_remove(table, among), changed=_change(table), added=_add(table))
    _run(sql.SQL("SET LOCAL enable_nestloop = on"))
    _run(sql.SQL("DROP TABLE {}").format(NEW))
    return changes


def _load(table: Table, rows: Iterable[Sequence[Any]]) -> None:
    name, columns = _name(table), _list(table.columns)
    _run(sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} LIMIT 0").format(NEW, columns, name))
    with connection.cursor() as cursor, cursor.copy(sql.SQL("COPY {} FROM STDIN").format(NEW)) as copy:
        for row in rows:
            copy.write_row([json.dumps(value) if isinstance(value, list | dict) else value for value in row])
    _run(sql.SQL("CREATE UNIQUE INDEX ON {} ({})").format(NEW, _list(table.key)))
    _run(sql.SQL("ANALYZE {}").format(NEW))


def _remove(table: Table, among: models.QuerySet[Any]) -> int:
    """Another kind makes another row: a listing that changes homes would have two of them for a moment."""
    keys, params = among.order_by().values("pk").query.sql_with_params()
    same = _all(sql.SQL("n.{0} = o.{0}"), (*table.key, *table.kinds))
    statement = sql.SQL("DELETE FROM {} o WHERE o.id IN ({}) AND NOT EXISTS (SELECT FROM {} n WHERE {})")
    return _run(statement.format(_name(table), sql.SQL(keys), NEW, same), params)


def _change(table: Table) -> int:
    differs = sql.SQL(" OR ").join(
        [
            *(sql.SQL("abs(n.{0} - o.{0}) >= {1}").format(sql.Identifier(each), STEP) for each in table.numbers),
            *(
                sql.SQL("{} IS DISTINCT FROM {}").format(_steady("n", each), _steady("o", each))
                for each in table.reasons
            ),
        ]
    )
    rest = (*table.numbers, *table.reasons, *table.beside)
    values = sql.SQL(", ").join(sql.SQL("{0} = n.{0}").format(sql.Identifier(each)) for each in rest)
    statement = sql.SQL("UPDATE {} o SET {} FROM {} n WHERE {} AND ({})")
    return _run(statement.format(_name(table), values, NEW, _all(sql.SQL("n.{0} = o.{0}"), table.key), differs))


def _add(table: Table) -> int:
    """In the order of their keys, so that rows of equal score are shown in the same order on every installation."""
    columns, same = _list(table.columns), _all(sql.SQL("n.{0} = o.{0}"), table.key)
    statement = sql.SQL(
        "INSERT INTO {0} ({1}) SELECT {1} FROM {2} n WHERE NOT EXISTS (SELECT FROM {0} o WHERE {3}) ORDER BY {4}"
    )
    return _run(statement.format(_name(table), columns, NEW, same, _list(table.key)))


def _steady(alias: str, column: str) -> sql.Composable:
    """Reasons without their strength, which drifts as scores do."""
    return sql.SQL(
        "(SELECT jsonb_agg(told - 'strength' ORDER BY place)"
        " FROM jsonb_array_elements({}.{}) WITH ORDINALITY AS each (told, place))"
    ).format(sql.Identifier(alias), sql.Identifier(column))


def _all(condition: sql.SQL, columns: Iterable[str]) -> sql.Composable:
    return sql.SQL(" AND ").join(condition.format(sql.Identifier(each)) for each in columns)


def _list(columns: Iterable[str]) -> sql.Composable:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def _name(table: Table) -> sql.Composable:
    return sql.Identifier(table.model._meta.db_table)


def _run(statement: sql.Composable, params: Sequence[Any] | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.rowcount
