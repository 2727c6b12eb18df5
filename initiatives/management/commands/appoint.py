from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from initiatives.models import Appointment, City, IllegalDeed, User
from initiatives.models.roles import Role


class Command(BaseCommand):
    help = "Give somebody a role: the first administrator is appointed by this, others on the page for it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="with which they sign in")
        role = parser.add_mutually_exclusive_group(required=True)
        role.add_argument("--administrator", action="store_true")
        role.add_argument("--broker", action="store_true")
        role.add_argument("--officer", metavar="CITY", help="the slug of the city, such as ghent")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")

    def handle(self, *, email: str, **options: Any) -> None:
        role = next(each for each in Role if options[each.value])
        city = self._city(options["officer"]) if role == Role.OFFICER else None
        who = f"{email}: {role.label}{f', {city}' if city else ''}"
        if options["dry_run"]:
            self.stdout.write(f"{who} (nothing done)")
            return
        try:
            Appointment.objects.appoint(User.objects.ready(email), role=role, city=city, by=None)
        except IllegalDeed as refusal:
            raise CommandError(f"{email}: {refusal}") from None
        self.stdout.write(who)

    def _city(self, slug: str) -> City:
        if city := City.objects.at(slug):
            return city
        raise CommandError(f"No city has the slug “{slug}”. It stands at the end of the address of its page.")
