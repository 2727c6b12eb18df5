import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from initiatives.tasks.confirming import ask_for_confirmation

LINES = {
    "first": "asked for the first time",
    "again": "asked again",
    "on_desk": "put on an officer’s desk",
    "mails": "mails written",
}


class Command(BaseCommand):
    help = "Ask stewards whether their listings are still right: after a year of silence, and once more. Daily."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="write nothing, only count")
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")

    def handle(self, **options: Any) -> None:
        counts = ask_for_confirmation(is_dry_run=options["dry_run"]).counts
        if options["json"]:
            self.stdout.write(json.dumps(counts))
        else:
            self.stdout.write("\n".join(f"{number:>7,} {LINES[name]}" for name, number in counts.items()))
