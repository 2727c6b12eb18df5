"""What people agreed to when they registered a listing."""

from django.db import models
from django.utils import timezone

# The text that is agreed to now: the date that its template in templates/register/consent/ is named by.
CONSENT_VERSION = "2026-11-23"


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
