from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from initiatives.models import Initiative
from initiatives.models.privacy.forgetting import forget_words


class Command(BaseCommand):
    help = (
        "Take words about somebody out of what a listing said before: its history, its changes and its merges. Take "
        "them out of the listing itself first, by editing it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("listing", help="the ten characters in its address")
        parser.add_argument("words", help="exactly as they stood there")
        parser.add_argument("--dry-run", action="store_true", help="say in how many places they stand, change none")

    def handle(self, **options: Any) -> None:
        listing = Initiative.objects.filter(public_id=options["listing"]).first()
        if listing is None:
            raise CommandError(f"There is no listing {options['listing']}.")
        if not options["words"].strip():
            raise CommandError("Say which words.")
        with transaction.atomic():
            count = forget_words(listing, options["words"])
            transaction.set_rollback(options["dry_run"])
        self.stdout.write(f"{count:,} {'would be changed' if options['dry_run'] else 'changed'}")
