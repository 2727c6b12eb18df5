"""Computations of the whole directory, and which listings they moved."""

from django.db import models
from django.utils import timezone

from initiatives.models.initiative import Initiative


class OverlapRunQuerySet(models.QuerySet["OverlapRun"]):
    def last_finished(self) -> "OverlapRun | None":
        return self.filter(finished_at__isnull=False).order_by("-pk").first()


class OverlapRun(models.Model):
    """One computation of the whole directory."""

    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    model_version = models.CharField(max_length=100)
    counts = models.JSONField(default=dict)

    objects = OverlapRunQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class GroupMoveQuerySet(models.QuerySet["GroupMove"]):
    def of_initiatives(self, initiatives: models.QuerySet[Initiative]) -> "GroupMoveQuerySet":
        return self.filter(initiative__in=initiatives.order_by().values("pk"))

    def with_names(self) -> "GroupMoveQuerySet":
        return self.select_related("initiative__city", "left", "joined")


class GroupMove(models.Model):
    """A listing that a run took from one main group to another, found a group for, or left without one: what officers
    read after a night."""

    run = models.ForeignKey(OverlapRun, models.CASCADE, related_name="moves")
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="group_moves")
    left = models.ForeignKey("Group", models.CASCADE, null=True, related_name="+")
    joined = models.ForeignKey("Group", models.CASCADE, null=True, related_name="+")

    objects = GroupMoveQuerySet.as_manager()

    class Meta:
        ordering = ("run", "pk")
        constraints = (
            models.UniqueConstraint(fields=["run", "initiative"], name="groupmove_once"),
            models.CheckConstraint(
                name="groupmove_goes_somewhere",
                # “Not null” is said, since a check that comes out as NULL lets the row pass.
                condition=models.Q(left__isnull=False, joined__isnull=True)
                | models.Q(left__isnull=True, joined__isnull=False)
                | models.Q(left__isnull=False, joined__isnull=False) & ~models.Q(left=models.F("joined")),
            ),
        )
