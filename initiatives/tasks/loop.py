"""What every background work has in common: it waits for a notice, works, and after an error tries again."""

import logging
import time
from dataclasses import dataclass, field
from threading import Event

from django.db import close_old_connections, connection

from initiatives.models.outbox import CHANNEL

log = logging.getLogger(__name__)

# Without a notice one looks all the same: a notice can be lost with a connection.
LONGEST_WAIT = 30.0  # seconds
WINK = 0.25  # seconds between looks at whether to stop
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 600.0  # after an error; each is twice the one before


@dataclass
class Loop:
    """Runs until `stop` is set; whatever is under way then is finished first."""

    stop: Event = field(default_factory=Event)
    failures: int = 0  # in a row

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                self.work_once()
                self.failures = 0
                self._wait()
            except Exception:
                self.failures += 1
                log.exception("The worker met an error and tries again in %d s.", self.pause)
                close_old_connections()
                self.stop.wait(self.pause)

    @property
    def pause(self) -> float:
        """What fails is tried ever more seldom: work that cannot end well is not worth the processor."""
        return min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(self.failures - 1, 20))

    def work_once(self) -> int:
        """Everything that waits now; answers how much it was."""
        raise NotImplementedError

    def _wait(self) -> None:
        """Until somebody puts something into the outbox."""
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        until = time.monotonic() + LONGEST_WAIT
        while not self.stop.is_set() and time.monotonic() < until:
            if any(True for _ in connection.connection.notifies(timeout=WINK, stop_after=1)):
                return
