"""What readers say is wrong with a listing."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models.fields import PublicIdField, one_of


class ReportKind(models.TextChoices):
    GONE = "gone", _("It no longer exists")
    WRONG = "wrong", _("Something in it is wrong")
    DUPLICATE = "duplicate", _("It is listed twice")
    NOT_A_COMMONS = "not_a_commons", _("It is not a commons")
    ABOUT_ME = "about_me", _("It is about me: please remove it")


class ReportState(models.TextChoices):
    OPEN = "open", _("Waiting")
    RESOLVED = "resolved", _("Resolved")
    DISMISSED = "dismissed", _("Left as it is")


class Report(models.Model):
    """Anybody may write one. Their address is only for the answer, and is forgotten with it."""

    public_id = PublicIdField()
    initiative = models.ForeignKey("Initiative", models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=13, choices=ReportKind)
    words = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, default="en")
    state = models.CharField(max_length=9, choices=ReportState, default=ReportState.OPEN)
    at = models.DateTimeField(default=timezone.now, editable=False)
    decided_by = models.ForeignKey("User", models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, editable=False)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("at", "pk")
        constraints = (one_of("kind", ReportKind), one_of("state", ReportState))

    def __str__(self) -> str:
        return f"{self.initiative_id}: {self.kind}"
