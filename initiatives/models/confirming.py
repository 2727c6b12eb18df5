"""Whether a listing is still right: asked once a year, answered with one button."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core import signing
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.models.choices import ConfirmationAnswer, ReviewState
from initiatives.models.keeping import PATIENCE
from initiatives.models.people import User
from initiatives.models.refusals import IllegalMove

SALT = "confirmation"
# As long as the desk and the label take to come, and a month more.
LINK_LASTS = 4 * PATIENCE
# “It has stopped” can be taken back from the same page.
UNDO_WITHIN = timedelta(days=1)


class ConfirmationQuerySet(models.QuerySet["Confirmation"]):
    def unanswered(self) -> "ConfirmationQuerySet":
        return self.filter(answered_at=None)

    def in_directory(self) -> "ConfirmationQuerySet":
        return self.filter(initiative__review_state=ReviewState.PUBLISHED)

    def kept_by(self, person: User) -> "ConfirmationQuerySet":
        return self.filter(initiative__stewardships__person=person)

    def to_ask_again(self, now: datetime) -> "ConfirmationQuerySet":
        return self.unanswered().in_directory().filter(round=1, asked_at__lte=now - PATIENCE)

    def to_put_on_desk(self, now: datetime) -> "ConfirmationQuerySet":
        """Asked twice in vain, or with nobody left to ask."""
        without = ~models.Exists(self._stewardships())
        waited = models.Q(round=2, asked_at__lte=now - PATIENCE) | without
        return self.unanswered().in_directory().filter(waited, on_desk_at=None)

    def on_desk(self) -> "ConfirmationQuerySet":
        """What an officer is asked to look at."""
        return self.unanswered().in_directory().filter(on_desk_at__isnull=False)

    def answer(self, answer: str, *, by: User, now: datetime) -> None:
        self.update(answer=answer, answered_at=now, answered_by=by)

    def with_token(self, token: str) -> "tuple[User, ConfirmationQuerySet] | None":
        """Whom a mailed link was written to, and what it asked, as far as they keep those listings still."""
        try:
            person_key, keys = signing.loads(token, salt=SALT, max_age=LINK_LASTS)
        except (signing.BadSignature, ValueError):
            return None
        person = User.objects.filter(pk=person_key, is_active=True).first()
        asked = self.filter(pk__in=keys).in_directory().select_related("initiative__city")
        return (person, asked.kept_by(person)) if person else None

    @staticmethod
    def token(person: User, confirmations: "Iterable[Confirmation]") -> str:
        return signing.dumps([person.pk, [each.pk for each in confirmations]], salt=SALT)

    @staticmethod
    def _stewardships() -> models.QuerySet:
        from initiatives.models.stewardship import Stewardship

        return Stewardship.objects.filter(initiative=models.OuterRef("initiative"), person__is_active=True)


class Confirmation(models.Model):
    """A question to the stewards of one listing. `round` 1 comes after a year of silence, 2 thirty days later; whoever
    answers neither stands on the officer's desk thirty days after that (`on_desk_at`)."""

    initiative = models.ForeignKey("Initiative", models.CASCADE, related_name="confirmations")
    round = models.PositiveSmallIntegerField(default=1)
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=7, choices=ConfirmationAnswer, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("User", models.SET_NULL, null=True, related_name="+")
    on_desk_at = models.DateTimeField(null=True)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ("asked_at", "pk")
        constraints = (
            models.CheckConstraint(
                name="confirmation_answer_known",
                condition=models.Q(answer="", answered_at=None)
                | models.Q(answer__in=ConfirmationAnswer.values, answered_at__isnull=False),
            ),
            models.CheckConstraint(name="confirmation_round_known", condition=models.Q(round__in=[1, 2])),
            models.UniqueConstraint(
                fields=["initiative"], name="confirmation_once_open", condition=models.Q(answered_at=None)
            ),
        )

    def __str__(self) -> str:
        return f"{self.initiative_id}: {self.answer or 'asked'}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

    @property
    def may_be_undone(self) -> bool:
        """Whether “it has stopped” can be taken back, as long as nobody has edited the listing since."""
        is_recent = self.answered_at is not None and timezone.now() - self.answered_at < UNDO_WITHIN
        return is_recent and self.answer == ConfirmationAnswer.STOPPED

    def ask_again(self, now: datetime) -> None:
        self.round, self.asked_at = 2, now
        self.save(update_fields=["round", "asked_at"])

    @transaction.atomic
    def undo(self, *, by: User) -> None:
        """It has not stopped after all: the listing is as it was, and counts as confirmed."""
        change = self.initiative.changes.filter(at=self.answered_at, by=self.answered_by).first()
        if not self.may_be_undone or change is None or self.answered_by != by:
            raise IllegalMove(_("This can no longer be undone here. Sign in and edit the listing instead."))
        self.initiative.edit(by=by, version=self.initiative.version, values=change.was)
        self.answer = ConfirmationAnswer.RIGHT
        self.save(update_fields=["answer"])
