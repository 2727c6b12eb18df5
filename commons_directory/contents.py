"""Fills the tables of a new installation and says what they hold.

Run as the serving role, in a process of its own, so that `./run` itself stays small. A line that ends
with … tells of a step, the last line is the summary.
"""

import os
import sys
from pathlib import Path

import django
from django.core.management import call_command, get_commands

from commons_directory.database import data_folder
from commons_directory.embedded import ROOT
from commons_directory.preparing import fingerprint


def fill(*, demonstration: bool) -> None:
    from initiatives.models import Initiative, OverlapRun

    _once_per_version(
        "load_vocabulary", [*(ROOT / "fixtures").rglob("*"), *(ROOT / "initiatives/importing").glob("*.py")]
    )
    if demonstration:
        _once("load_demonstration")
    if (
        "find_overlaps" in get_commands()
        and not OverlapRun.objects.exclude(finished_at=None).exists()
        and Initiative.objects.published().exists()
    ):
        print("Finding what overlaps …", flush=True)
        call_command("find_overlaps", verbosity=0)


def summary() -> str:
    from initiatives.models import City, Group, Initiative

    published = Initiative.objects.published()
    cities = published.values("city").distinct().count()
    return (
        f"{published.count():,} initiatives in {cities:,} cities, {Group.objects.count():,} groups that overlap, "
        f"{City.objects.count():,} cities known"
    )


def _once(command: str) -> None:
    """The mark is made after the deed: what was interrupted is done again, and the commands can be repeated."""
    _once_per_version(command, [])


def _once_per_version(command: str, sources: list[Path]) -> None:
    mark = data_folder() / f"{command}.done"
    version = fingerprint(sources) + os.environ.get("DATABASE_URL", "")
    if command not in get_commands():
        return
    if not mark.exists() or mark.read_text() != version:
        print(f"{command.replace('_', ' ').capitalize()} …", flush=True)
        call_command(command, verbosity=0)
        mark.write_text(version)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commons_directory.settings")
    django.setup()
    fill(demonstration="demonstration" in sys.argv[1:])
    print(summary())
