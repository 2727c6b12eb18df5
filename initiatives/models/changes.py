"""An edit of a published listing: it is live at once, and an officer sees it afterwards."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.models.acting import ActingRole, role_of
from initiatives.models.curated import CuratedWithListing
from initiatives.models.refusals import IllegalMove

if TYPE_CHECKING:
    from initiatives.models.initiative import Initiative
    from initiatives.models.people import User
    from initiatives.models.wording import Line

# Whoever changes one of these may have made another initiative of it.
MARKED = frozenset({"name", "city", "primary_url"})


class ChangeQuerySet(CuratedWithListing, models.QuerySet["Change"]):
    def unseen(self) -> "ChangeQuerySet":
        return self.filter(seen_at=None)

    def of_listings(self, keys: Iterable[int]) -> "ChangeQuerySet":
        return self.filter(initiative__in=list(keys))

    def with_key(self, key: int) -> "ChangeQuerySet":
        return self.filter(pk=key)

    def see(self, *, by: "User") -> int:
        """Take them off the desk; answers how many there were."""
        return self.unseen().update(seen_by=by, seen_at=timezone.now())

    def of_edit(self, listing: "Initiative", values: Mapping[str, Any], *, by: "User", at: datetime) -> "Change":
        """`values`: of each changed field what it was and what it became. What an officer writes they have seen."""
        was, became = ({name: pair[side] for name, pair in values.items()} for side in (0, 1))
        seen = {"seen_by": by, "seen_at": at} if role_of(by, listing) != ActingRole.STEWARD else {}
        is_marked = not MARKED.isdisjoint(values)
        return self.create(initiative=listing, by=by, at=at, was=was, became=became, is_marked=is_marked, **seen)


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

    @property
    def lines(self) -> "list[Line]":
        """Field by field, in the reader's language."""
        from initiatives.models.wording import Line

        return [Line.of(name, self.was[name], self.became[name]) for name in self.became]

    def revert(self, *, by: "User") -> None:
        """Put back what was there before, where nobody has changed it again since. It has been seen with that."""
        from initiatives.models.editing import plain

        with transaction.atomic():
            listing = type(self.initiative).objects.select_for_update().get(pk=self.initiative_id)
            now = plain(listing)
            if any(now[name] != value for name, value in self.became.items()):
                raise IllegalMove(_("This was changed again since: edit the listing instead."))
            listing.edit(by=by, version=listing.version, values=self.was)
            type(self).objects.with_key(self.pk).see(by=by)
