import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from initiatives.tasks.retention import RULES, forget_all


class Command(BaseCommand):
    help = "Forget what has been kept long enough. The worker does it every day; docs/operating.md has the periods."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would be forgotten, and forget nothing")
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")

    def handle(self, **options: Any) -> None:
        forgotten = forget_all(dry_run=options["dry_run"])
        if options["json"]:
            self.stdout.write(json.dumps(forgotten))
            return
        for rule in RULES:
            self.stdout.write(f"{forgotten[rule.what]:>8,}  {rule.period:<9}  {rule.what}")
