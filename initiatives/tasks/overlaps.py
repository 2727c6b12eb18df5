"""Computes what overlaps in the whole directory: listings out of the database, through the engine, and kept."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.db import connection, transaction
from django.utils import timezone

from initiatives.models import Group, Outbox, OutboxKind, OverlapRun, Verdict
from initiatives.models.finding import engine
from initiatives.overlap import values
from initiatives.overlap.engine import Decided, overlaps
from initiatives.tasks.keeping import keep, last_members
from initiatives.tasks.placements import bars, pins
from initiatives.tasks.storing import make_current, placed, read_anew, stored_traits

# One computation at a time; the number only has to be ours.
LOCK = 7_305_101


class Busy(Exception):
    """Another process is computing the overlaps at this moment."""


def compute_overlaps(*, dry_run: bool = False, progress: values.Progress | None = None) -> OverlapRun:
    """One run over all published listings; readers see the old findings until the new ones are whole.

    Raises Busy. A dry run computes and keeps nothing. Of a run that was killed what it had read is kept, and the next
    one goes on from there.
    """
    with computing(), transaction.atomic() if dry_run else nullcontext():
        run = OverlapRun(started_at=timezone.now())
        asked = list(Outbox.objects.waiting_for(OutboxKind.OVERLAP).values_list("pk", flat=True))
        doer = engine()
        read_anew(doer, progress)
        traits = stored_traits()
        standing = placed(doer, traits, progress)
        found = overlaps(
            doer, traits, standing.vectors, decided=decided(), cells=standing.stored.cells, progress=progress
        )
        run.model_version, run.counts = standing.row.version, dict(found.counts)
        if dry_run:
            transaction.set_rollback(True)
        else:
            with transaction.atomic():
                keep(found, run, [each.listing.key for each in traits])
                make_current(standing.row)
                # What was asked before it began is answered; what came since may not be.
                Outbox.objects.with_keys(asked).done()
        return run


@contextmanager
def computing() -> Iterator[None]:
    """Raises Busy where another process holds the lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise Busy("The overlaps are being computed already: wait for that to end.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def decided() -> Decided:
    return Decided(tuple(verdicts()), (*pins(), *bars()), tuple(previous_groups()))


def verdicts() -> list[values.Verdict]:
    return [
        values.Verdict(a=a, b=b, verdict=verdict)
        for a, b, verdict in Verdict.objects.on_overlap().values_list("a", "b", "verdict")
    ]


def previous_groups() -> list[values.PreviousGroup]:
    """As they were found last, with members that are hidden by now: they may come back, and their group with them."""
    keys = dict(Group.objects.standing().values_list("pk", "public_id"))
    members = last_members()
    return [values.PreviousGroup(key=key, members=frozenset(members[pk])) for pk, key in keys.items() if pk in members]
