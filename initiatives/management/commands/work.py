import signal
from threading import Thread
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from initiatives.tasks.mails import Postman
from initiatives.tasks.worker import Worker


class Command(BaseCommand):
    help = (
        "Do the background work: empty the outbox, send mails, keep the overlaps up to date. Runs until told to stop."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits now, then end")

    def handle(self, **options: Any) -> None:
        worker = Worker()
        postman = Postman(stop=worker.stop)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop.set())
        if options["once"]:
            self.stdout.write(f"{worker.work_once() + postman.work_once():,} done")
            return
        posting = Thread(target=postman.run)
        posting.start()
        worker.run()
        posting.join()
