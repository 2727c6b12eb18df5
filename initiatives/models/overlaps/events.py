"""What happened to groups, and by whom; only ever added."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from initiatives.models.fields import one_of
from initiatives.models.overlaps.runs import OverlapRun
from initiatives.models.people import User

if TYPE_CHECKING:
    from initiatives.models.overlaps.groups import Group


class EventKind(models.TextChoices):
    """Of a computation until `RETURNED`, of people from `NAMED` on."""

    FORMED = "formed"
    GREW = "grew"
    SHRANK = "shrank"
    SPLIT_FROM = "split_from"
    SPLIT_INTO = "split_into"
    MERGED_INTO = "merged_into"
    TOOK_OVER = "took_over"
    DISSOLVED = "dissolved"
    RETURNED = "returned"
    NAMED = "named"
    UNNAMED = "unnamed"
    PINNED = "pinned"
    UNPINNED = "unpinned"
    BARRED = "barred"
    UNBARRED = "unbarred"
    SPLIT_BY_HAND = "split_by_hand"
    MADE_BY_HAND = "made_by_hand"
    REJOINED = "rejoined"
    PUT_BACK = "put_back"


class GroupEventQuerySet(models.QuerySet["GroupEvent"]):
    def of(self, groups: "Iterable[Group]") -> "GroupEventQuerySet":
        return self.filter(group__in=list(groups))

    def in_force(self) -> "GroupEventQuerySet":
        """Neither undone nor an undoing: for readers it is as if these had never been."""
        return self.filter(undoes=None, undone_by=None)

    def newest_first(self) -> "GroupEventQuerySet":
        return self.order_by("-at", "-pk")

    def last_standing(self, kind: str) -> "GroupEvent | None":
        """The last of this kind that nobody undid."""
        return self.filter(kind=kind, undone_by=None).order_by("pk").last()


class GroupEvent(models.Model):
    """`evidence` holds counts (`count`), other groups (`group`, a public id), listings (`listing`, a primary key) and
    names; never a sentence and nothing about who did it. The database refuses to change or delete one: only who
    (`by`) and the run may be severed."""

    group = models.ForeignKey("Group", models.PROTECT, related_name="events")
    kind = models.CharField(max_length=15, choices=EventKind)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    evidence = models.JSONField(default=dict)
    run = models.ForeignKey(OverlapRun, models.SET_NULL, null=True, related_name="events")
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")

    objects = GroupEventQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        constraints = (one_of("kind", EventKind),)
        indexes = (models.Index(fields=["group", "-at"], name="groupevent_of_group"),)

    def __str__(self) -> str:
        return f"{self.group_id}: {self.kind}"
