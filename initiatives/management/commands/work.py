import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from initiatives.tasks.worker import Worker


class Command(BaseCommand):
    help = "Do the background work: empty the outbox, keep the overlaps up to date. Runs until it is told to stop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits now, then end")

    def handle(self, **options: Any) -> None:
        worker = Worker()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop.set())
        if options["once"]:
            self.stdout.write(f"{worker.work_once():,} done")
        else:
            worker.run()
