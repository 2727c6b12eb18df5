"""Puts the triggers of the history into the database, after every migration, as Django does with permissions.

They follow from fixtures/data_classes.toml and from the models, so no migration has to repeat them. They are plain
triggers: those of django-pgtrigger, and so django-pghistory's, ask a setting of the session whether to do nothing, and
any SQL that is smuggled in could set it.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import sql

from initiatives.models.remembering.tables import remembered

FUNCTIONS = Path(__file__).with_name("remember.sql").read_text(encoding="utf-8")
TRIGGER = "remember"


@cache
def wanted() -> str:
    """The same as long as the functions and what is remembered are."""
    return hashlib.sha256(f"{FUNCTIONS}{sorted(remembered())}".encode()).hexdigest()


def is_installed(using: str = DEFAULT_DB_ALIAS) -> bool:
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regproc('remember_change'))")
        return cursor.fetchone()[0] == wanted()


def install(using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    connection = connections[using]
    if is_installed(using) or "initiatives_historyevent" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [TRIGGER])
        for (table,) in cursor.fetchall():
            cursor.execute(sql.SQL("DROP TRIGGER {} ON {}").format(sql.Identifier(TRIGGER), sql.Identifier(table)))
        for table, arguments in remembered():
            cursor.execute(_trigger(table, arguments))
        cursor.execute(sql.SQL("COMMENT ON FUNCTION remember_change IS {}").format(sql.Literal(wanted())))


def _trigger(table: str, arguments: list[str]) -> sql.Composed:
    statement = (
        "CREATE TRIGGER {} AFTER INSERT OR UPDATE OR DELETE ON {} FOR EACH ROW EXECUTE FUNCTION remember_change({})"
    )
    said = sql.SQL(", ").join(map(sql.Literal, arguments))
    return sql.SQL(statement).format(sql.Identifier(TRIGGER), sql.Identifier(table), said)
