from typing import Any

from django.core.management.base import BaseCommand, CommandError

from initiatives.importing.demonstration import FixtureError, load_demonstration
from initiatives.models.statistics import refresh_statistics


class Command(BaseCommand):
    help = "Load the demonstration initiatives of fixtures/initiatives/, or bring them up to date."

    def handle(self, **options: Any) -> None:
        try:
            counts = load_demonstration()
        except FixtureError as error:
            raise CommandError(str(error)) from error
        refresh_statistics()
        self.stdout.write(", ".join(f"{count:,} {verdict}" for verdict, count in counts.items()))
