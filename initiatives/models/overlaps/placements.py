"""What people decided about listings in groups; it outlives every run."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils import timezone

from initiatives.models.choices import is_public
from initiatives.models.fields import one_of
from initiatives.models.initiative import Initiative
from initiatives.models.overlaps.events import GroupEvent
from initiatives.models.people import User


class PlacementKind(models.TextChoices):
    PINNED = "pinned"
    BARRED = "barred"


class PlacementQuerySet(models.QuerySet["Placement"]):
    def pinned(self) -> "PlacementQuerySet":
        return self.filter(kind=PlacementKind.PINNED)

    def barred(self) -> "PlacementQuerySet":
        return self.filter(kind=PlacementKind.BARRED)

    def of(self, initiatives: Iterable[Initiative | int]) -> "PlacementQuerySet":
        return self.filter(initiative__in=list(initiatives))

    def in_force(self) -> "PlacementQuerySet":
        """Of listings that everybody may see; those of hidden ones wait for their return."""
        return self.filter(is_public("initiative"))

    def groups_before(self) -> set[int]:
        """The groups that undoing would give listings back to."""
        return {row["group"] for took in self.values_list("took", flat=True) for row in took or ()}

    def forget_what_was(self) -> None:
        """Once a run has settled where the listings belong, undoing gives nothing back but the choice."""
        self.filter(took__isnull=False).update(took=None)

    def move_on(self, moves: Mapping[int, int]) -> None:
        """Where a group went into another, what was decided about it holds for that one. Where the two say different
        things about a listing, what was said last holds."""
        for placement in self.filter(group__in=moves).order_by("at", "pk"):
            there = self.filter(group=moves[placement.group_id], initiative=placement.initiative_id)
            if there.filter(at__gt=placement.at).exists():
                placement.delete()
                continue
            there.delete()
            placement.group_id = moves[placement.group_id]
            placement.save(update_fields=["group"])


class Placement(models.Model):
    """A listing pinned to a group is a main member of it, whatever a run finds; barred, it is never a member."""

    group = models.ForeignKey("Group", models.CASCADE, related_name="placements")
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="placements")
    kind = models.CharField(max_length=6, choices=PlacementKind)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(blank=True)
    event = models.ForeignKey(GroupEvent, models.PROTECT, related_name="placements")
    # The memberships that it took away, to be given back; NULL once a run has settled anew where the listing belongs.
    took: Any = models.JSONField(null=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        constraints = (
            one_of("kind", PlacementKind),
            models.UniqueConstraint(fields=["group", "initiative"], name="placement_once"),
            models.UniqueConstraint(fields=["initiative"], name="placement_one_pin", condition=models.Q(kind="pinned")),
        )
