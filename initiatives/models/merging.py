"""Two listings of one initiative become one; what went over is remembered, so that it can go back."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from initiatives.models.fields import PublicIdField


class Merge(models.Model):
    """`carried` holds what the kept listing had before and what it got, by table; only this module reads it."""

    public_id = PublicIdField()
    kept = models.ForeignKey("Initiative", models.PROTECT, related_name="merges_kept")
    merged = models.ForeignKey("Initiative", models.PROTECT, related_name="merges_away")
    by = models.ForeignKey("User", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    reason = models.TextField(blank=True)
    carried: Any = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    objection = models.TextField(blank=True)
    objected_by = models.ForeignKey("User", models.SET_NULL, null=True, related_name="+")
    objected_at = models.DateTimeField(null=True, editable=False)
    undone_by = models.ForeignKey("User", models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(name="merge_of_two", condition=~models.Q(kept=models.F("merged"))),
            models.UniqueConstraint(fields=["merged"], name="merge_once_in_force", condition=models.Q(undone_at=None)),
        )

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.kept_id}"
