"""What Django asks before it migrates or starts: settings that are each right alone, but wrong together."""

import os
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connections

from commons_directory.binaries import OLDEST
from commons_directory.database import LOOPBACK


def register() -> None:
    checks.register(demonstration_stays_at_home)
    checks.register(database_is_new_enough, checks.Tags.database)


def demonstration_stays_at_home(**_: Any) -> list[checks.CheckMessage]:
    """The demonstration is for a visitor on this very machine: no other database than its own, no other address."""
    if not settings.DEMO:
        return []
    wrong = []
    if os.environ.get("DATABASE_URL"):
        wrong.append("DATABASE_URL names a server of your own")
    if (bind := os.environ.get("BIND", LOOPBACK[0])) not in LOOPBACK:
        wrong.append(f"BIND is {bind}, which others can reach")
    return [
        checks.Error(f"DEMO is on, but {reason}.", hint="Unset DEMO: ./run alone sets it.", id="commons.E001")
        for reason in wrong
    ]


def database_is_new_enough(*, databases: Sequence[str] | None = None, **_: Any) -> list[checks.CheckMessage]:
    found = {alias: getattr(connections[alias], "pg_version", 0) // 10_000 for alias in databases or []}
    return [
        checks.Error(
            f"The database “{alias}” is PostgreSQL {version}; {OLDEST} or newer is needed.",
            hint="Name another server in DATABASE_URL, or leave it away to use the embedded one.",
            id="commons.E002",
        )
        for alias, version in found.items()
        if version < OLDEST
    ]
