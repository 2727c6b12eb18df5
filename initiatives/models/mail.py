"""Mails that wait to be sent. A deed writes its mail in its own transaction; the worker sends it."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.utils import timezone

from initiatives.models.fields import one_of
from initiatives.models.outbox import CHANNEL


class MailState(models.TextChoices):
    WAITING = "waiting"
    SENT = "sent"
    QUARANTINED = "quarantined"  # suspicious: nobody gets it, an administrator may look
    DROPPED = "dropped"  # beyond a budget, or of no use any more
    FAILED = "failed"


class MailQuerySet(models.QuerySet["Mail"]):
    def waiting(self) -> "MailQuerySet":
        return self.filter(state=MailState.WAITING)

    def post(self, kind: str, *, to: str, key: str, context: dict[str, Any], **options: Any) -> "Mail":
        """Write a mail into the deed's own transaction. Of one `key` there is one mail, however often it is posted.

        `options`: language, person, is_unverified, not_before."""
        defaults = {"kind": kind, "to": to, "context": context, **options}
        mail, is_new = self.get_or_create(key=key, defaults=defaults)
        if is_new:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, "mail"])
        return mail

    def drop(self, keys: str) -> None:
        """Of those whose keys begin so what has not left: what it tells did not happen."""
        self.waiting().filter(key__startswith=keys).update(state=MailState.DROPPED)


class Mail(models.Model):
    """`kind` names its templates in templates/emails/, `context` what they are filled with: plain values. The `key` is
    that of the deed: the same deed done twice writes one mail. `is_unverified` when the address has not taken part."""

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40)
    to = models.EmailField()
    language = models.CharField(max_length=10, default="en")
    person = models.ForeignKey("User", models.CASCADE, null=True, related_name="mails")
    context: Any = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    is_unverified = models.BooleanField(default=False)
    state = models.CharField(max_length=11, choices=MailState, default=MailState.WAITING)
    not_before = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=200, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = (one_of("state", MailState),)
        indexes = (models.Index(fields=["not_before"], name="mail_waiting", condition=models.Q(state="waiting")),)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class MailBudget(models.Model):
    """How much of a budget is used in one stretch of time. `name` says of what: an address by its keyed hash, a
    network, an hour. One upsert counts and decides."""

    name = models.CharField(max_length=120, unique=True)
    used = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["ends_at"], name="mailbudget_ends"),)

    def __str__(self) -> str:
        return f"{self.name}: {self.used}"


class MailAddress(models.Model):
    """What is known of an address that mails went to, by its keyed hash alone."""

    digest = models.CharField(max_length=64, unique=True)
    took_part_at = models.DateTimeField(null=True)
    unverified_mails = models.PositiveSmallIntegerField(default=0)
    last_mail_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)  # “never write to me again”

    def __str__(self) -> str:
        return self.digest[:8]
