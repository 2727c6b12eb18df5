"""Lists that officers brought: a small one at once, a large one by the worker."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.utils import translation

from initiatives.importing.uploads import work_on
from initiatives.models import Upload

# The numbers only have to be ours.
LOCK = 7_305_103
# Rows: 500 took 1.8 s of the processor to check and 1.5 s to take in, beside 780 listings, while somebody waits.
SMALL = 500


def work_on_uploads() -> int:
    """Everything that waits; answers how many lists that were."""
    done = 0
    for upload in Upload.objects.with_work().select_related("by", "city"):
        with translation.override(upload.by.language if upload.by else None):
            done += work_at_once(upload)
    return done


def work_at_once(upload: Upload) -> bool:
    """What is wrong with rows is written down in the language that is active. False where another process is at it."""
    with mine(upload) as is_mine:
        if is_mine:
            upload.refresh_from_db()
            if upload.is_at_work:
                work_on(upload)
        return is_mine


@contextmanager
def mine(upload: Upload) -> Iterator[bool]:
    """One process at a time works on a list; if it dies, the lock ends with its connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, upload.pk])
        (is_mine,) = cursor.fetchone()
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, upload.pk])
