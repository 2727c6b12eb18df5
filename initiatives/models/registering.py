"""A listing on its way: what somebody without an account has answered so far, and what they consented to."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from initiatives.models.fields import PublicIdField


class Registration(models.Model):
    """The answers to the pages of the form. It becomes a listing when it is sent, and the listing waits as a draft
    until the address has been confirmed. `answers` is keyed by page, as the forms of forms/register.py clean them."""

    public_id = PublicIdField()
    answers = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, default="en")
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    initiative = models.OneToOneField("Initiative", models.CASCADE, null=True, related_name="registration")

    class Meta:
        ordering = ("started_at", "pk")
        constraints = (
            models.CheckConstraint(
                name="registration_sent_with_a_listing",
                condition=models.Q(sent_at=None, initiative=None, confirmed_at=None)
                | models.Q(sent_at__isnull=False, initiative__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.public_id


class Consent(models.Model):
    """Which version of the consent text somebody agreed to, for which listing, and when."""

    initiative = models.ForeignKey("Initiative", models.CASCADE, related_name="consents")
    person = models.ForeignKey("User", models.CASCADE, null=True, related_name="consents")
    version = models.CharField(max_length=10)  # the date that its text is named by
    language = models.CharField(max_length=10)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.initiative_id}: {self.version}"
