"""Which merges: by how they stand, and whose they are to decide about."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from initiatives.models.initiative import Initiative

if TYPE_CHECKING:
    from initiatives.models.people import User

# So long the undoing is offered, and the old address leads on without anybody remembering the way.
UNDO_OFFERED = timedelta(days=30)


class MergeState(models.TextChoices):
    PROPOSED = "proposed", gettext_lazy("Waiting for the other officer")
    IN_FORCE = "in_force", gettext_lazy("Merged")
    REFUSED = "refused", gettext_lazy("Not merged")
    UNDONE = "undone", gettext_lazy("Undone")


class MergeQuerySet(models.QuerySet["Merge"]):
    def in_force(self) -> "MergeQuerySet":
        return self.filter(state=MergeState.IN_FORCE)

    def proposed(self) -> "MergeQuerySet":
        return self.filter(state=MergeState.PROPOSED)

    def objected(self) -> "MergeQuerySet":
        """In force, with a steward's objection that nobody has answered."""
        return self.in_force().filter(objected_at__isnull=False, objection_answered_at=None)

    def waiting(self) -> "MergeQuerySet":
        """For an officer: proposals, and objections that nobody has answered."""
        return self.objected() | self.proposed()

    def curated_by(self, user: "User") -> "MergeQuerySet":
        """Of which at least one listing is theirs to curate."""
        listings = Initiative.objects.curated_by(user).order_by().values("pk")
        return self.filter(models.Q(kept__in=listings) | models.Q(merged__in=listings))

    def of_steward(self, user: "User") -> "MergeQuerySet":
        """In force, into a listing that they keep: the stewards of both keep it now."""
        return self.in_force().filter(kept__stewardships__person=user)

    def lately(self) -> "MergeQuerySet":
        """Of which the undoing is still offered."""
        return self.filter(merged_at__gt=timezone.now() - UNDO_OFFERED)

    def with_listings(self) -> "MergeQuerySet":
        return self.select_related("kept__city", "merged__city", "by", "confirmed_by")

    def newest_first(self) -> "MergeQuerySet":
        return self.order_by("-at", "-pk")

    def between(self, one: Initiative, other: Initiative) -> "MergeQuerySet":
        pair = [one.pk, other.pk]
        return self.filter(kept__in=pair, merged__in=pair)
