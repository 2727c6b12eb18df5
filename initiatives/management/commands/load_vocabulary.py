from typing import Any

from django.core.management.base import BaseCommand

from initiatives.importing.vocabulary import load_vocabulary


class Command(BaseCommand):
    help = "Load domains, licences, activities, cities and tag synonyms from fixtures/, or bring them up to date."

    def handle(self, **options: Any) -> None:
        counts = load_vocabulary()
        self.stdout.write(", ".join(f"{count:,} {name}" for name, count in counts.items()))
