"""An edit of a published listing: it is live at once, and an officer sees it afterwards."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from initiatives.models.people import User

# Whoever changes one of these may have made another initiative of it.
MARKED = frozenset({"name", "city", "primary_url"})


class ChangeQuerySet(models.QuerySet["Change"]):
    def unseen(self) -> "ChangeQuerySet":
        return self.filter(seen_at=None)

    def of_listings(self, keys: Iterable[int]) -> "ChangeQuerySet":
        return self.filter(initiative__in=list(keys))

    def curated_by(self, user: "User") -> "ChangeQuerySet":
        """Of the listings that somebody curates."""
        from initiatives.models.initiative import Initiative

        return self.filter(initiative__in=Initiative.objects.curated_by(user).order_by().values("pk"))

    def see(self, *, by: "User") -> int:
        """Take them off the desk; answers how many there were."""
        return self.unseen().update(seen_by=by, seen_at=timezone.now())


class Change(models.Model):
    """`was` and `became` hold the changed public fields alone, as the desk shows them."""

    initiative = models.ForeignKey("Initiative", models.CASCADE, related_name="changes")
    by = models.ForeignKey("User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    was: Any = models.JSONField(encoder=DjangoJSONEncoder)
    became: Any = models.JSONField(encoder=DjangoJSONEncoder)
    is_marked = models.BooleanField(default=False)
    seen_by = models.ForeignKey("User", models.SET_NULL, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True, editable=False)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        indexes = (models.Index(fields=["initiative"], name="change_unseen", condition=models.Q(seen_at=None)),)

    def __str__(self) -> str:
        return f"{self.initiative_id}: {', '.join(self.became)}"
