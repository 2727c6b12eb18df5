"""The worker: empties the outbox as soon as something stands in it, and does what has its time."""

import logging
import time
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event

from django.db import close_old_connections, connection, transaction
from django.utils import timezone

from initiatives.models import Outbox, OutboxKind
from initiatives.models.outbox import CHANNEL
from initiatives.tasks.overlaps import Busy, compute_overlaps

log = logging.getLogger(__name__)

# Without a notice the outbox is looked at all the same: a notice can be lost with a connection.
LONGEST_WAIT = 30.0  # seconds
WINK = 0.5  # seconds between looks at whether to stop
# Deeds come in bursts, an import in hundreds of batches: the overlaps are computed once for all of them.
SETTLING = 3.0
DAY = timedelta(days=1)
KEPT = timedelta(days=30)
MOST_ROWS = 10_000


@dataclass
class Worker:
    """Runs until `stop` is set; whatever is under way then is finished first."""

    stop: Event = field(default_factory=Event)
    _next_day: float = field(default_factory=lambda: time.monotonic() + DAY.total_seconds())

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                self.work_once()
                self._wait()
            except Exception:
                log.exception("The worker met an error and goes on.")
                close_old_connections()
                self.stop.wait(5)

    def work_once(self) -> int:
        """Everything that waits now; answers how many rows of the outbox it has done."""
        done = self._overlaps()
        if time.monotonic() >= self._next_day:
            self._next_day += DAY.total_seconds()
            compute_overlaps()
            forget_old_rows()
        return done

    def _overlaps(self) -> int:
        if not Outbox.objects.waiting_for(OutboxKind.OVERLAP).exists():
            return 0
        self._settle()
        with transaction.atomic():
            rows = list(Outbox.objects.take(OutboxKind.OVERLAP, most=MOST_ROWS).values_list("pk", flat=True))
        # Computed before the rows are ticked off: killed in between, it is computed once more, never once too little.
        try:
            compute_overlaps()
        except Busy:
            return 0
        Outbox.objects.filter(pk__in=rows).done()
        return len(rows)

    def _settle(self) -> None:
        """Wait until nothing has been added for a while."""
        last = None
        while not self.stop.is_set() and (newest := Outbox.objects.newest(OutboxKind.OVERLAP)) != last:
            last = newest
            self.stop.wait(SETTLING)

    def _wait(self) -> None:
        """Until somebody puts something into the outbox."""
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        until = time.monotonic() + LONGEST_WAIT
        while not self.stop.is_set() and time.monotonic() < until:
            if any(True for _ in connection.connection.notifies(timeout=WINK, stop_after=1)):
                return


def forget_old_rows() -> int:
    return Outbox.objects.done_before(timezone.now() - KEPT).delete()[0]
