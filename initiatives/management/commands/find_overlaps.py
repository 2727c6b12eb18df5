import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from initiatives.management.progress import stages
from initiatives.models.statistics import refresh_statistics
from initiatives.tasks.overlaps import Busy, compute_overlaps


class Command(BaseCommand):
    help = "Compute which published initiatives overlap, and why; keep pairs, groups and reasons."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="compute and say what was found, keep nothing")
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")

    def handle(self, **options: Any) -> None:
        with stages() as progress:
            try:
                run = compute_overlaps(dry_run=options["dry_run"], progress=progress)
            except Busy as error:
                raise CommandError(str(error)) from error
        refresh_statistics()
        if options["json"]:
            self.stdout.write(json.dumps(run.counts))
        else:
            self.stdout.write(", ".join(f"{count:,} {name}" for name, count in run.counts.items()))
