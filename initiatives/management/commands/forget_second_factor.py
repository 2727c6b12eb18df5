from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from initiatives.models import User


class Command(BaseCommand):
    help = "Take away the app, passkeys and recovery codes of somebody who lost them. Make sure that it is them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="with which they sign in")
        parser.add_argument("--dry-run", action="store_true", help="say what would be taken away, and do nothing")

    def handle(self, *, email: str, dry_run: bool, **options: Any) -> None:
        person = User.objects.with_email(email).first()
        if person is None:
            raise CommandError(f"Nobody signs in with {email}.")
        count = len(person.factors)
        if not dry_run:
            person.forget_factors()
        self.stdout.write(f"{email}: {count} taken away{' (nothing done)' if dry_run else ''}")
