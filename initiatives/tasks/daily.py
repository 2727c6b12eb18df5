"""What is done once a day, in the morning. Each may be done again on the same day without harm: a worker that was
restarted does not know what the one before it did."""

import logging
from collections.abc import Callable
from datetime import date

from initiatives.tasks.confirming import ask_stewards
from initiatives.tasks.desk import write_daily_mails
from initiatives.tasks.retention import forget

log = logging.getLogger(__name__)

MORNING = 6  # o'clock

TASKS: tuple[Callable[[date], object], ...] = (ask_stewards, write_daily_mails, forget)


def do_daily(today: date) -> None:
    """What fails keeps nothing else from being done, and is tried again tomorrow."""
    for task in TASKS:
        try:
            task(today)
        except Exception:
            log.exception("The daily task %s met an error.", task.__name__)
