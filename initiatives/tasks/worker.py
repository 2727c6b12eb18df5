"""The worker: empties the outbox as soon as something stands in it, and does what has its time."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from initiatives.models import Outbox, OutboxKind
from initiatives.models.finding import current_directory
from initiatives.tasks.daily import MORNING, do_daily
from initiatives.tasks.joining import join
from initiatives.tasks.loop import Loop
from initiatives.tasks.overlaps import Busy, compute_overlaps, computing
from initiatives.tasks.uploads import work_on_uploads

# Deeds come in bursts, an import in hundreds of batches: the overlaps are computed once for all of them.
SETTLING = 3.0
DAY = timedelta(days=1)
MOST_ROWS = 10_000
# So many listings join one by one in less time than the whole is computed in.
MOST_JOINED = 25


@dataclass
class Worker(Loop):
    next_day: float = field(default_factory=lambda: time.monotonic() + DAY.total_seconds())
    last_morning: date | None = None

    def work_once(self) -> int:
        """Everything that waits now; answers how many rows of the outbox it has done."""
        done = work_on_uploads() + self._overlaps()
        self.morning(timezone.localtime())
        if time.monotonic() >= self.next_day:
            self.next_day = time.monotonic() + DAY.total_seconds()
            self._computed()
        return done

    def morning(self, now: datetime) -> None:
        """By the calendar, not by how long this process runs: one that is restarted every night would never do it."""
        if now.hour >= MORNING and self.last_morning != now.date():
            self.last_morning = now.date()
            do_daily(now.date())

    def _overlaps(self) -> int:
        if not Outbox.objects.waiting_for(OutboxKind.OVERLAP).exists():
            return 0
        self._settle()
        if self.stop.is_set():
            return 0
        # Read before it is computed, ticked off after: what comes meanwhile, or was being computed when this process
        # was killed, is computed once more. Of two workers with the same rows only one computes (`Busy`).
        rows = dict(Outbox.objects.oldest(OutboxKind.OVERLAP, most=MOST_ROWS).values_list("pk", "payload"))
        if not self._done(concerned(rows.values())):
            return 0
        Outbox.objects.with_keys(rows).done()
        return len(rows)

    def _done(self, listings: set[int]) -> bool:
        """A few listings join the others, each within a second; after an import all is computed."""
        if len(listings) > MOST_JOINED or current_directory() is None:
            return self._computed()
        try:
            with computing():
                join(listings)
        except Busy:
            return False
        return True

    def _computed(self) -> bool:
        """Not while another process does: the rows wait, and the daily run was that other one."""
        try:
            compute_overlaps()
        except Busy:
            return False
        return True

    def _settle(self) -> None:
        """Wait until nothing has been added for a while."""
        last = None
        while not self.stop.is_set() and (newest := Outbox.objects.newest(OutboxKind.OVERLAP)) != last:
            last = newest
            self.stop.wait(SETTLING)


def concerned(payloads: Iterable[Mapping[str, Any]]) -> set[int]:
    """The listings that rows of the outbox name."""
    return {key for payload in payloads for key in (*payload.get("initiatives", ()), payload.get("listing", 0)) if key}
