"""The worker: what it does when others compute, when something fails, and when it is told to stop."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from django.db import connection
from django.utils import timezone

from commons_directory.database import NAME
from commons_directory.preparing import MANAGE
from initiatives.models import Outbox, OverlapRun
from initiatives.tasks import loop, worker
from initiatives.tasks.daily import do_daily
from initiatives.tasks.overlaps import LOCK
from initiatives.tasks.worker import Worker
from tests import people
from tests.running import becomes


@pytest.fixture(autouse=True)
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "SETTLING", 0)


@contextmanager
def another_computes() -> Iterator[None]:
    held, done = Event(), Event()

    def hold() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            held.set()
            done.wait()
            # A closed connection gives its locks back a moment later.
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        connection.close()

    other = Thread(target=hold)
    other.start()
    held.wait()
    try:
        yield
    finally:
        done.set()
        other.join()


def deed() -> None:
    people.initiative(review_state="submitted").publish()


def waiting() -> int:
    return Outbox.objects.waiting().count()


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def break_keeping() -> None:
    sql("ALTER TABLE initiatives_overlapvector ADD CONSTRAINT is_full CHECK (false) NOT VALID")


def mend_keeping() -> None:
    sql("ALTER TABLE initiatives_overlapvector DROP CONSTRAINT IF EXISTS is_full")


class Clock(Event):
    """Time that passes at once: `pauses` says how long the worker would have waited."""

    def __init__(self, *, until: Callable[["Clock"], bool]) -> None:
        super().__init__()
        self.until = until
        self.pauses: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        if timeout:
            self.pauses.append(timeout)
        return self.is_set()

    def is_set(self) -> bool:
        return self.until(self)


@pytest.mark.django_db
class BusyTests:
    def test_what_waits_goes_on_waiting(self) -> None:
        deed()
        with another_computes():
            assert (Worker().work_once(), waiting()) == (0, 1)
        assert (Worker().work_once(), waiting()) == (1, 0)

    def test_old_rows_are_forgotten_all_the_same(self) -> None:
        Outbox.objects.put("overlap", [{"initiatives": [1]}])
        Outbox.objects.update(done_at="2020-01-01T00:00:00Z")
        with another_computes():
            do_daily(timezone.localdate())
        assert (Outbox.objects.count(), OverlapRun.objects.count()) == (0, 0)


@pytest.mark.django_db
class DailyTests:
    def test_computes_though_nothing_waits(self) -> None:
        people.initiative()
        day = Worker(next_day=0)
        day.work_once()
        day.work_once()
        assert OverlapRun.objects.count() == 1


@pytest.mark.django_db(transaction=True)
class FailureTests:
    @pytest.fixture(autouse=True)
    def _mended(self, transactional_db: None) -> Iterator[None]:
        yield
        mend_keeping()

    def test_is_tried_again_ever_more_seldom_and_told_each_time(self, caplog: pytest.LogCaptureFixture) -> None:
        deed()
        break_keeping()
        clock = Clock(until=lambda clock: len(clock.pauses) == 9)
        Worker(stop=clock).run()
        assert clock.pauses == [5, 10, 20, 40, 80, 160, 320, 600, 600]
        assert [record.exc_info is not None for record in caplog.records] == [True] * 9
        assert (waiting(), OverlapRun.objects.count()) == (1, 0)

    def test_begins_anew_after_a_success(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(loop, "LONGEST_WAIT", 0)
        deed()
        break_keeping()

        def until(clock: Clock) -> bool:
            if len(clock.pauses) == 2 and not OverlapRun.objects.exists():
                mend_keeping()
                clock.pauses.append(0)
            return OverlapRun.objects.exists() and not waiting()

        failing = Worker(stop=Clock(until=until))
        failing.run()
        assert (failing.failures, waiting(), OverlapRun.objects.count()) == (0, 0, 1)


@pytest.mark.django_db(transaction=True)
class StopTests:
    def listens(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND query LIKE 'LISTEN%%' AND state = 'idle'"
            )
            return cursor.fetchone()[0] == 2  # the worker and the postman

    def test_told_to_stop_while_it_waits_it_ends_at_once_and_well(self) -> None:
        environment = os.environ | {NAME: connection.settings_dict["NAME"]}
        child = subprocess.Popen([sys.executable, MANAGE, "work"], env=environment)
        try:
            assert becomes(True, self.listens)
            told = time.monotonic()
            child.send_signal(signal.SIGTERM)
            assert child.wait(timeout=30) == 0
            assert time.monotonic() - told < 5  # both look four times a second; the rest is a busy machine
        finally:
            child.kill()
            child.wait()
