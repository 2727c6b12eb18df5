"""What the database holds, as values that can be compared."""

import json
import re
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection

# By table, key and column.
type Cell = tuple[str, str, str]
type Cells = dict[Cell, Any]

# Of the second in which a link was made, and so neither the same twice nor always another.
SIGNED = re.compile(r"[.:]\w{6}[.:][\w-]{43}")
# Of these only the number of rows is compared: their keys are drawn by chance, or there are hundreds that never change.
COUNTED = ("cache", "django_session", "django_content_type", "auth_permission")


def cells() -> Cells:
    """Every value there is."""
    with connection.cursor() as cursor:
        cursor.execute(_question())
        rows = [(table, key, json.loads(SIGNED.sub("", row))) for table, key, row in cursor.fetchall()]
    return {(table, key, column): value for table, key, row in rows for column, value in row.items()}


def number_from(first: int) -> None:
    """What is made next gets this key, in every table: a rollback takes rows back, but no numbers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(setval(oid::regclass, %s)) FROM pg_class WHERE relkind = 'S'", [first])


@cache
def _question() -> str:
    """One for all tables: they are nearly empty, and there are eighty of them."""
    models = [model._meta for model in apps.get_models(include_auto_created=True)]
    keys = {meta.db_table: meta.pk.column for meta in models if meta.db_table not in COUNTED}
    read = [f"SELECT '{table}', \"{key}\"::text, to_jsonb(t)::text FROM {table} t" for table, key in keys.items()]  # noqa: S608
    count = [f"SELECT '{table}', '', jsonb_build_object('count', count(*))::text FROM {table}" for table in COUNTED]  # noqa: S608
    return " UNION ALL ".join(read + count)
