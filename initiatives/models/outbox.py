from collections.abc import Iterable
from datetime import datetime

from django.db import connection, models
from django.utils import timezone

from initiatives.models.fields import one_of

CHANNEL = "commons_outbox"


class OutboxKind(models.TextChoices):
    OVERLAP = "overlap"
    MAIL = "mail"


class OutboxQuerySet(models.QuerySet["Outbox"]):
    def waiting(self) -> "OutboxQuerySet":
        return self.filter(done_at=None)

    def waiting_for(self, kind: str) -> "OutboxQuerySet":
        return self.waiting().filter(kind=kind)

    def with_keys(self, keys: Iterable[int]) -> "OutboxQuerySet":
        return self.filter(pk__in=list(keys))

    def newest(self, kind: str) -> int | None:
        return self.waiting_for(kind).order_by("-pk").values_list("pk", flat=True).first()

    def done_before(self, moment: datetime) -> "OutboxQuerySet":
        return self.filter(done_at__lt=moment)

    def oldest(self, kind: str, *, most: int) -> "OutboxQuerySet":
        """What waits longest. Nothing is held: who works from it says why two at once do no harm."""
        return self.waiting_for(kind).order_by("pk")[:most]

    def put(self, kind: str, payloads: Iterable[dict]) -> None:
        """Written in the deed's own transaction, so that nothing is lost between commit and sending."""
        self.bulk_create([Outbox(kind=kind, payload=payload) for payload in payloads], batch_size=5000)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(kind)])

    def done(self) -> None:
        self.update(done_at=timezone.now())


class Outbox(models.Model):
    """What a deed still has to tell somebody; the worker empties it."""

    kind = models.CharField(max_length=10, choices=OutboxKind)
    payload = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    done_at = models.DateTimeField(null=True, editable=False)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "outbox"
        constraints = (one_of("kind", OutboxKind),)
        indexes = (models.Index(fields=["kind", "id"], name="outbox_waiting", condition=models.Q(done_at=None)),)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
