"""The desk of somebody who curates: one queue over everything that waits for a decision of theirs."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db import models
from django.db.models import Case, Count, Value, When

from initiatives.models.choices import ReviewState
from initiatives.models.city import City
from initiatives.models.initiative import Initiative
from initiatives.models.moderation import ReviewEvent
from initiatives.models.overlaps import DuplicatePair
from initiatives.models.people import User
from initiatives.models.queries import InitiativeQuerySet
from initiatives.models.roles import Appointment, Role
from initiatives.models.waiting import BESIDE, COLUMNS, SOURCES, DeskKind, without_officer

# Whoever is farther back in a queue than this begins at its front again.
FARTHEST = 1_000
URGENT, NOBODYS, OTHER = range(3)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of the queue; see waiting.py."""

    kind: str
    key: int
    listing: int
    since: datetime


def _is_of(row: Waiting, listing: Initiative, pairs: Container[int]) -> bool:
    return row.listing == listing.pk or (row.kind == DeskKind.DUPLICATE and row.key in pairs)


def curators() -> models.QuerySet[User]:
    """Everybody who has a desk."""
    roles = Appointment.objects.in_force().filter(role__in=[Role.OFFICER, Role.ADMINISTRATOR])
    return User.objects.filter(pk__in=roles.values("person"), is_active=True).order_by("pk")


@dataclass(frozen=True)
class Desk:
    """All the cities of somebody, or one of them; administrators see every city, and what no officer keeps."""

    user: User
    city: City | None = None
    is_nobodys: bool = False

    @property
    def listings(self) -> InitiativeQuerySet:
        """In whatever state, but not what its writer has not sent yet."""
        found = Initiative.objects.curated_by(self.user).exclude(review_state=ReviewState.DRAFT)
        if self.city:
            found = found.filter(city=self.city)
        return found.filter(without_officer("city")) if self.is_nobodys else found

    @cached_property
    def counts(self) -> dict[str, int]:
        first, *others = (
            rows.order_by().values(kind_of_desk=Value(kind)).annotate(number=Count("key", distinct=True))
            for kind, rows in self._sources.items()
        )
        found = dict(first.union(*others, all=True).order_by().values_list("kind_of_desk", "number"))
        return {kind: found.get(kind, 0) for kind in DeskKind.values}

    @property
    def total(self) -> int:
        return sum(self.queue.values())

    @property
    def queue(self) -> dict[str, int]:
        """Without what stands beside it."""
        return {kind: number for kind, number in self.counts.items() if kind not in BESIDE}

    def rows(self, kind: str = "", *, start: int = 0, most: int = FARTHEST) -> list[Waiting]:
        """What is about somebody comes first, for administrators then what no officer keeps; then what waits longest.
        Among changes alone those come first that may have made another initiative of it."""
        first, *others = (
            self._ranked(name, rows).values_list(*COLUMNS)
            for name, rows in self._sources.items()
            if (kind == name if kind else name not in BESIDE)
        )
        marked = ("unmarked",) if kind == DeskKind.CHANGED else ()
        # Django orders no union of one.
        queue = (first.union(*others, all=True) if others else first).order_by(
            "rank", *marked, "since", "kind_of_desk", "key"
        )
        return [Waiting(*row[:4]) for row in queue[start : start + most]]

    def after(self, listing: Initiative, kind: str = "") -> Waiting | None:
        """What comes after everything of this listing, else the first of the others. Not a pair that it is one of:
        what is decided about it decides whether there still is one."""
        rows = self.rows(kind)
        pairs = set(DuplicatePair.objects.of(listing).values_list("pk", flat=True))
        places = [place for place, row in enumerate(rows) if row.listing == listing.pk]
        following = rows[places[-1] + 1 :] if places else []
        return next((row for row in (*following, *rows) if not _is_of(row, listing, pairs)), None)

    def last_decision(self) -> ReviewEvent | None:
        """For when nothing waits."""
        answered = ReviewEvent.objects.decisions().filter(initiative__in=self.listings.order_by().values("pk"))
        return answered.order_by("-at", "-pk").first()

    @cached_property
    def _sources(self) -> dict[str, models.QuerySet]:
        return {kind.value: source(self.listings) for kind, source in SOURCES.items()}

    def _ranked(self, kind: str, rows: models.QuerySet) -> models.QuerySet:
        urgent = [When(urgent=0, then=Value(URGENT))]
        nobodys = [When(without_officer("place"), then=Value(NOBODYS))] if self.user.is_administrator else []
        rank = Case(*urgent, *nobodys, default=Value(OTHER))
        return rows.order_by().annotate(rank=rank, kind_of_desk=Value(kind))
