"""A deed that is sent twice is done once."""

from collections.abc import Callable

from django.db import models, transaction
from django.utils import timezone


class OneTimeKeyQuerySet(models.QuerySet["OneTimeKey"]):
    @transaction.atomic
    def once(self, key: str, deed: Callable[[], str]) -> str:
        """Do the deed, which answers the address that it leads to. With a key that was used before nothing is done, and
        the address is that of the first time. Of several at once one does it and the others wait for it: the unique
        key holds them. A deed that raises leaves the key as new."""
        row, is_new = self.get_or_create(key=key)
        if is_new:
            row.leads_to = deed()
            row.save(update_fields=["leads_to"])
        return row.leads_to


class OneTimeKey(models.Model):
    """The key that a form was drawn with, and the address that its first sending led to."""

    key = models.CharField(max_length=64, unique=True)
    leads_to = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OneTimeKeyQuerySet.as_manager()

    def __str__(self) -> str:
        return self.key[:8]
