"""Mails that wait to be sent. A deed writes its mail in its own transaction; the worker sends it."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models.addresses import digest
from initiatives.models.admission import STRANGERS, Refusal, refusal
from initiatives.models.asking import asking
from initiatives.models.budgets import MailAddress, MailBudget
from initiatives.models.fields import one_of
from initiatives.models.outbox import CHANNEL

KEPT = timedelta(days=30)
# They say what opens an account, for some minutes.
CODES = ("sign-in-code", "confirm-code", "new-address-code")
CODES_KEPT = timedelta(hours=1)


class MailState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    QUARANTINED = "quarantined", _("In quarantine")  # suspicious: nobody gets it, an administrator may look
    DROPPED = "dropped", _("Not sent")  # beyond a budget, or of no use any more
    FAILED = "failed", _("Failed")


class MailQuerySet(models.QuerySet["Mail"]):
    def waiting(self) -> "MailQuerySet":
        return self.filter(state=MailState.WAITING)

    def sent(self) -> "MailQuerySet":
        """Newest first, and only while it is known what they said."""
        return self.filter(state=MailState.SENT).exclude(to="").order_by("-sent_at", "-pk")

    def due(self, now: datetime) -> "MailQuerySet":
        """What can leave, and what somebody began to send and never ended."""
        return self.filter(state__in=(MailState.WAITING, MailState.SENDING), not_before__lte=now)

    def to_look_at(self) -> "MailQuerySet":
        """What did not leave, for administrators; what is of no use any more needs nobody."""
        dropped = models.Q(state=MailState.DROPPED, trouble__in=Refusal.values)
        stuck = models.Q(state__in=(MailState.QUARANTINED, MailState.FAILED))
        return self.filter(stuck | dropped).exclude(to="").order_by("-pk")

    @transaction.atomic
    def post(self, kind: str, *, to: str, key: str, context: dict[str, Any], **options: Any) -> "Mail":
        """Write a mail into the deed's own transaction. Of one `key` there is one mail, however often it is posted; one
        that was refused is asked about again. What happens to it is nobody's business who asked for it: pages say
        the same whether it leaves or not.

        `options`: language, person, not_before; is_unverified for those who want it said, although it is found out."""
        defaults = {"kind": kind, "to": to, "context": context, **options}
        mail, is_new = self.get_or_create(key=key, defaults=defaults)
        if mail.was_refused:
            # Of two who ask again at once the second finds what the first was told.
            mail = self.select_for_update().get(pk=mail.pk)
        if is_new or mail.was_refused:
            mail.admit()
        return mail

    def drop(self, keys: str) -> int:
        """Of those whose keys begin so what has not left: what it tells did not happen. How many those were."""
        return self.waiting().filter(key__startswith=keys).update(state=MailState.DROPPED)

    def scarce_until(self) -> datetime | None:
        """When new addresses get mails again, if they get none now. Pages that promise a mail then say so to everybody,
        whoever asks, so that nobody learns from it who is known."""
        if not MailBudget.objects.is_spent(STRANGERS, most=settings.MAILS_TO_STRANGERS):
            return None
        return timezone.now() + timedelta(seconds=MailBudget.objects.seconds_left(STRANGERS))

    def forget_codes(self) -> int:
        """What nobody can use any more is not kept where somebody could read it."""
        return self.filter(kind__in=CODES)._forget(before=timezone.now() - CODES_KEPT)

    def forget_old(self) -> int:
        """Of mails that left or never will, a month later, nothing is kept that names anybody or tells anything; that
        of this key there was one, remains."""
        return self._forget(before=timezone.now() - KEPT)

    def _forget(self, *, before: datetime) -> int:
        ended = self.exclude(state__in=(MailState.WAITING, MailState.SENDING)).exclude(to="")
        return ended.filter(created_at__lt=before).update(to="", context={}, person=None, trouble="")


class Mail(models.Model):
    """`kind` names its templates in templates/emails/, `context` what they are filled with: plain values. The `key` is
    that of the deed: the same deed done twice writes one mail. `is_unverified` when the address has not taken part."""

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40)
    to = models.EmailField(blank=True)
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
        indexes = (
            models.Index(fields=["not_before"], name="mail_due", condition=models.Q(state__in=("waiting", "sending"))),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def was_refused(self) -> bool:
        """By a budget, or because it looked like a program; whoever asks again may well be somebody."""
        is_over_budget = self.state == MailState.DROPPED and self.trouble in Refusal.values
        return is_over_budget or self.state == MailState.QUARANTINED

    def admit(self) -> None:
        """Let it leave, or not: of somebody without an account it is asked whether they took part."""
        self.is_unverified = self.person_id is None and not MailAddress.objects.has_taken_part(self.to)
        if asking().is_suspicious:
            self.state, self.trouble = MailState.QUARANTINED, ""
        elif why := refusal(self):
            self.state, self.trouble = MailState.DROPPED, why
        else:
            self.state, self.trouble = MailState.WAITING, ""
            self._tell_the_worker()
        self.save(update_fields=["is_unverified", "state", "trouble"])

    @transaction.atomic
    def send_again(self) -> bool:
        """An administrator looked at it and lets it leave, whatever a budget says; not to who wants no mails. Pressed
        twice it leaves once."""
        if Mail.objects.to_look_at().select_for_update().filter(pk=self.pk).first() is None:
            return True
        if self.is_unverified and MailAddress.objects.refuses(digest(self.to)):
            return False
        self.state, self.trouble, self.attempts, self.not_before = MailState.WAITING, "", 0, timezone.now()
        self.save(update_fields=["state", "trouble", "attempts", "not_before"])
        self._tell_the_worker()
        return True

    def give_up(self) -> None:
        self.state, self.trouble = MailState.DROPPED, ""
        self.save(update_fields=["state", "trouble"])

    @property
    def why(self) -> str:
        """Why it did not leave, as an administrator reads it."""
        return Refusal(self.trouble).label if self.trouble in Refusal.values else self.trouble

    @staticmethod
    def _tell_the_worker() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, "mail"])
