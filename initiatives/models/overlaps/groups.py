"""Initiatives that overlap, as people meet them."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone

from initiatives.models.choices import is_public
from initiatives.models.fields import PublicIdField
from initiatives.models.initiative import Initiative
from initiatives.models.overlaps.bounds import Bounded
from initiatives.models.overlaps.feedback import Judged
from initiatives.models.overlaps.memberships import Membership, MembershipRole
from initiatives.models.overlaps.naming import Named
from initiatives.models.overlaps.splitting import Split


class GroupQuerySet(models.QuerySet["Group"]):
    def public(self) -> "GroupQuerySet":
        """Groups that still stand, with at least two members that everybody may see."""
        return self.standing().with_counts().filter(member_count__gte=2)

    def standing(self) -> "GroupQuerySet":
        """All that no other group took over, dissolved ones too: they can be found again."""
        return self.filter(moved_to=None)

    def with_counts(self) -> "GroupQuerySet":
        """How many public main members: `member_count`. Who is also close to a group is not counted anywhere."""
        seen = is_public("memberships__initiative") & models.Q(memberships__role=MembershipRole.MAIN)
        return self.annotate(member_count=models.Count("memberships", filter=seen))

    def with_keys(self, keys: Iterable[int]) -> "GroupQuerySet":
        return self.filter(pk__in=list(keys))

    def with_public_ids(self, public_ids: Iterable[str]) -> "GroupQuerySet":
        return self.filter(public_id__in=list(public_ids))

    def of_main_members(self, initiatives: Iterable[int]) -> "GroupQuerySet":
        homes = Membership.objects.main().of(initiatives)
        return self.filter(pk__in=homes.values("group"))

    def with_a_member_among(self, initiatives: models.QuerySet[Initiative]) -> "GroupQuerySet":
        return self.filter(pk__in=Membership.objects.main().among(initiatives).values("group"))

    def newest_first(self) -> "GroupQuerySet":
        return self.order_by("-formed_at", "-pk")

    def largest_first(self) -> "GroupQuerySet":
        return self.order_by("-member_count", "pk")


class Group(Named, Split, Judged, Bounded):
    """Initiatives that overlap. It keeps its identity while the directory grows."""

    public_id = PublicIdField()
    # As the engine found it: {"kind": "activity", "code": …, "words": {…}, "city": …}; `given_labels` win.
    label = models.JSONField()
    reasons = models.JSONField(default=list)
    formed_at = models.DateTimeField(default=timezone.now)
    # Primary keys of its main members when it was last found: by these a later run knows it again.
    last_members = ArrayField(models.BigIntegerField(), default=list, blank=True)
    moved_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="moved_from")

    objects = GroupQuerySet.as_manager()

    def __str__(self) -> str:
        return self.public_id

    def get_absolute_url(self) -> str:
        return reverse("group", args=[self.public_id])

    @property
    def has_dissolved(self) -> bool:
        """A run found it no more; it says nothing of its members until one finds it again."""
        return not self.label

    @property
    def standing(self) -> "Group":
        """Itself, or what it became part of, through all the groups that took over one another."""
        group, seen = self, {self.pk}
        while group.moved_to_id and group.moved_to_id not in seen:
            group = group.moved_to
            seen.add(group.pk)
        return group

    @property
    def feedback_on(self) -> dict[str, Any]:
        return {"group": self}
