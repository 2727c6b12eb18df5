from typing import Any

from django.core.management.base import BaseCommand, CommandError

from initiatives.importing.samples import NotADemonstrationError, load_samples
from initiatives.models.statistics import refresh_statistics


class Command(BaseCommand):
    help = "Load the people of the demonstration, and the sample listings that they keep. Only where DEMO is set."

    def handle(self, **options: Any) -> None:
        try:
            count = load_samples()
        except NotADemonstrationError:
            raise CommandError("These people are only for the demonstration: set DEMO=1, as ./run does.") from None
        refresh_statistics()
        self.stdout.write(f"{count:,} samples")
