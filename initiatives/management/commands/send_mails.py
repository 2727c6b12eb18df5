import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from initiatives.models import Mail
from initiatives.models.mail import MailState
from initiatives.tasks.mails import Postman


class Command(BaseCommand):
    help = "Send the mails that wait. The worker does it by itself; this is for when it does not run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say how many would be sent, send none")
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")

    def handle(self, **options: Any) -> None:
        due = Mail.objects.due(timezone.now()).count()
        sent = 0 if options["dry_run"] else Postman().work_once()
        counts = {"due": due, "sent": sent, "failed": Mail.objects.filter(state=MailState.FAILED).count()}
        if options["json"]:
            self.stdout.write(json.dumps(counts))
        else:
            self.stdout.write(", ".join(f"{count:,} {name}" for name, count in counts.items()))
