import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from initiatives.management.progress import bar
from initiatives.models import Initiative, search


class Command(BaseCommand):
    help = "Write the search texts of all listings anew, and forget words that none of them says any more."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")

    def handle(self, **options: Any) -> None:
        keys = Initiative.objects.order_by("pk").values_list("pk", flat=True)
        with bar() as progress:
            count = search.rebuild(progress.track(keys.iterator(), total=keys.count(), description="Search texts"))
        self.stdout.write(json.dumps({"listings": count}) if options["json"] else f"{count:,} listings refreshed")
