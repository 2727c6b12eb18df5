"""Once a day everybody with a desk is told what waits on it."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import translation

from initiatives.ages import age
from initiatives.models import Initiative
from initiatives.models.desk import Desk, curators
from initiatives.models.posting import write_to
from initiatives.models.waiting import DeskKind


def write_daily_mails(today: date) -> int:
    """One a day at most, and none where nothing waits; answers how many there are today."""
    return sum(_write(desk, today) for desk in map(daily_desk, curators()) if desk.total)


def daily_desk(curator: Any) -> Desk:
    """Administrators can look at every desk, and are told of what is on nobody else's."""
    return Desk(curator, is_nobodys=curator.is_administrator and not curator.cities_curated)


def _write(desk: Desk, today: date) -> int:
    person = desk.user
    with translation.override(person.language):
        write_to(person, "desk-daily", key=f"desk-daily:{person.pk}:{today.isoformat()}", **_context(desk))
    return 1


def _context(desk: Desk) -> dict[str, Any]:
    (first, *_) = sorted(desk.rows(), key=lambda row: row.since)
    return {
        "total": desk.total,
        "lines": [{"count": n, "kind": str(DeskKind(kind).label)} for kind, n in desk.queue.items() if n],
        "oldest": Initiative.objects.get(pk=first.listing).name,
        "age": age(first.since),
        "desk_path": reverse("desk"),
    }
