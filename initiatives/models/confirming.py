"""Whether a listing is still right: asked once a year, answered with one button."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ConfirmationAnswer(models.TextChoices):
    RIGHT = "right", _("Still right")
    CHANGE = "change", _("Something has changed")
    STOPPED = "stopped", _("It has stopped")


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
