"""What was changed, as the database itself wrote it down."""

from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.functions import Now

from initiatives.models.acting import ActingRole


class Move(models.TextChoices):
    MADE = "made"
    CHANGED = "changed"
    REMOVED = "removed"


def _listings() -> models.QuerySet:
    return apps.get_model("initiatives", "Initiative").objects.all()


class HistoryQuerySet(models.QuerySet["HistoryEvent"]):
    def of_listing(self, key: int) -> "HistoryQuerySet":
        """Its own rows, and those of others that speak of it."""
        return self.filter(models.Q(listing=key) | models.Q(other=key))

    def asked(self, **asked: Any) -> "HistoryQuerySet":
        """As administrators narrow the trail: `kind`, `role`, `city`, `day`, `listing` (a public id); empty is all."""
        found = self
        for name, value in asked.items():
            if value:
                found = getattr(found, f"_asked_{name}")(value)
        return found

    def _asked_kind(self, kind: str) -> "HistoryQuerySet":
        return self.filter(kind=kind)

    def _asked_role(self, role: str) -> "HistoryQuerySet":
        return self.filter(role=role)

    def _asked_day(self, day: date) -> "HistoryQuerySet":
        return self.filter(at__date=day)

    def _asked_listing(self, public_id: str) -> "HistoryQuerySet":
        keys = list(_listings().filter(public_id=public_id).values_list("pk", flat=True))
        return self.filter(models.Q(listing__in=keys) | models.Q(other__in=keys))

    def _asked_city(self, city: models.Model) -> "HistoryQuerySet":
        """Of the listings that are there now, and the roles that hold there."""
        here = models.Q(listing__in=_listings().filter(city=city).order_by().values("pk"))
        roles = models.Q(kind="appointment") & (models.Q(was__city_id=city.pk) | models.Q(became__city_id=city.pk))
        return self.filter(here | roles)

    def newest_first(self, *, before: int | None = None) -> "HistoryQuerySet":
        """From the event before this one on."""
        return (self.filter(pk__lt=before) if before else self).order_by("-pk")


class HistoryEvent(models.Model):
    """One row of one table was made, changed or removed; written by a trigger (remember.sql), only ever added.

    `was` and `became` hold the columns that differ, as the table holds them. No column is about a person: `actor` (who
    did it) and `about` (whom the row is about) are bare keys, and the database empties them when the person's row goes.
    No number is a foreign key: an event outlives what it tells of. The events of one deed share a `deed_key`.
    """

    at = models.DateTimeField(db_default=Now(), editable=False)
    deed_key = models.UUIDField(editable=False)
    actor = models.BigIntegerField(null=True, editable=False)
    role = models.CharField(max_length=13, choices=ActingRole, editable=False)
    deed = models.CharField(max_length=40, blank=True, editable=False)
    kind = models.CharField(max_length=30, editable=False)
    row = models.BigIntegerField(editable=False)
    listing = models.BigIntegerField(null=True, editable=False)
    other = models.BigIntegerField(null=True, editable=False)
    about = models.BigIntegerField(null=True, editable=False)
    move = models.CharField(max_length=7, choices=Move, editable=False)
    was: Any = models.JSONField(null=True, editable=False)
    became: Any = models.JSONField(null=True, editable=False)

    objects = HistoryQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        indexes = (
            models.Index(
                fields=["listing", "id"], name="history_of_listing", condition=models.Q(listing__isnull=False)
            ),
            models.Index(fields=["other", "id"], name="history_of_other", condition=models.Q(other__isnull=False)),
            models.Index(fields=["actor", "id"], name="history_by_actor", condition=models.Q(actor__isnull=False)),
            models.Index(fields=["about", "id"], name="history_about", condition=models.Q(about__isnull=False)),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.row} {self.move}"
