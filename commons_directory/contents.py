"""Fills the tables of a new installation and says what they hold.

Run as the serving role, in a process of its own, so that `./run` itself stays small. A line that ends with … tells of a
step, the last line is the summary.
"""

import hashlib
import io
import os
import sys
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count

from commons_directory.database import data_folder
from commons_directory.embedded import ROOT
from commons_directory.preparing import MIGRATIONS_WAIT, fingerprint

FIXTURES, IMPORTING = ROOT / "fixtures", ROOT / "initiatives" / "importing"
VOCABULARY = [*FIXTURES.glob("*"), *(FIXTURES / "tags").glob("*")]
VOCABULARY += [IMPORTING / "vocabulary.py", IMPORTING / "writing.py"]


def fill(*, demonstration: bool) -> None:
    from initiatives.models import Initiative, OverlapRun

    _once("load_vocabulary", "Loading the vocabulary …", again_with=VOCABULARY)
    if demonstration:
        _once("load_demonstration", "Loading the demonstration data …")
        _once("load_samples", "Loading the people of the demonstration …")
    if Initiative.objects.published().exists() and not OverlapRun.objects.exclude(finished_at=None).exists():
        _do("find_overlaps", "Finding what overlaps …")


def migrations_wait() -> bool:
    """Or the triggers of the history, which `migrate` puts in after them."""
    from initiatives.models.remembering import installing

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes())) or not installing.is_installed()


def summary() -> str:
    from initiatives.models import Group, Initiative

    counts = Initiative.objects.published().aggregate(Count("pk"), Count("city", distinct=True))
    return (
        f"{counts['pk__count']:,} initiatives in {counts['city__count']:,} cities, "
        f"{Group.objects.public().count():,} groups that overlap"
    )


def _once(command: str, telling: str, *, again_with: list[Path] | None = None) -> None:
    """Once for each database and each state of these files. The mark is made after the deed, so what was interrupted is
    done again; the commands can be repeated."""
    mark = data_folder() / f"{command}.done"
    database = hashlib.sha256(os.environ.get("DATABASE_URL", "").encode()).hexdigest()
    state = f"{database} {fingerprint(again_with or [])}"
    if not mark.exists() or mark.read_text() != state:
        _do(command, telling)
        mark.write_text(state)


def _do(command: str, telling: str) -> None:
    print(telling, flush=True)
    call_command(command, verbosity=0, stdout=io.StringIO())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commons_directory.settings")
    django.setup()
    if migrations_wait():
        sys.exit(MIGRATIONS_WAIT)
    fill(demonstration="demonstration" in sys.argv[1:])
    print(summary())
