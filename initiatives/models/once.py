"""A deed that is sent twice is done once."""

from django.db import models
from django.utils import timezone


class OneTimeKey(models.Model):
    """The key that a form was drawn with, and the address that its first sending led to."""

    key = models.CharField(max_length=64, unique=True)
    leads_to = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.key[:8]
