"""Which listings are in which groups, and why."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import models

from initiatives.models.choices import is_public
from initiatives.models.fields import one_of
from initiatives.models.initiative import Initiative, InitiativeDomain

if TYPE_CHECKING:
    from initiatives.models.overlaps.groups import Group

HAS_REASONS = ~models.Q(reasons=[])
PIN = "pinned"


def said_of_pin(others: Iterable[int]) -> dict[str, Any]:
    """Why a listing is where a person put it, beside these."""
    return {"kind": PIN, "strength": 1.0, "evidence": {"with": list(others)}}


class MembershipRole(models.TextChoices):
    MAIN = "main"
    ALSO = "also"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def public(self) -> "MembershipQuerySet":
        """Of public listings, in groups that `Group.objects.public()` has: with two main members to see."""
        seen = Membership.objects.main().filter(is_public("initiative"))
        # Asked once for all groups: asked for each row it took seconds while tables had no statistics yet.
        several = seen.values("group").annotate(seen=models.Count("pk")).filter(seen__gte=2)
        return self.filter(is_public("initiative"), group__in=several.values("group"), group__moved_to=None)

    def main(self) -> "MembershipQuerySet":
        return self.filter(role=MembershipRole.MAIN)

    def also(self) -> "MembershipQuerySet":
        """Of listings that are at home in another group and close to this one."""
        return self.filter(role=MembershipRole.ALSO)

    def strongest_first(self) -> "MembershipQuerySet":
        return self.order_by("-strength", "pk")

    def of(self, initiatives: Iterable[Initiative | int]) -> "MembershipQuerySet":
        return self.filter(initiative__in=list(initiatives))

    def among(self, initiatives: models.QuerySet[Initiative]) -> "MembershipQuerySet":
        return self.filter(initiative__in=initiatives.order_by().values("pk"))

    def with_a_member_among(self, initiatives: models.QuerySet[Initiative]) -> "MembershipQuerySet":
        """All memberships of the groups that have one of these as a main member."""
        return self.filter(group__in=Membership.objects.main().among(initiatives).values("group"))

    def by_group(self) -> "MembershipQuerySet":
        """As the page of all groups has them: the largest first, and in each its main members before the others."""
        is_main = models.Q(role=MembershipRole.MAIN)
        size = models.Window(models.Count("pk", filter=is_main), partition_by="group")
        main_first = models.Case(models.When(is_main, then=0), default=1)
        return self.order_by(size.desc(), "group", main_first, "-strength", "pk")

    def in_groups(self, groups: "Iterable[Group]") -> "MembershipQuerySet":
        return self.filter(group__in=list(groups))

    def with_families(self) -> "MembershipQuerySet":
        """With the listing, its city, and the `family` of its main domain: what a badge is drawn from."""
        main = InitiativeDomain.objects.filter(initiative=models.OuterRef("initiative"), position=1)
        return self.select_related("initiative__city").annotate(family=main.values("domain__family")[:1])

    def homes(self) -> dict[int, int]:
        """The main group of each listing that has one."""
        return dict(self.main().values_list("initiative", "group"))

    def taken(self) -> list[dict[str, Any]]:
        """Delete them, and tell what they were."""
        rows = list(self.values("group", "initiative", "role", "strength", "reasons"))
        self.delete()
        return rows

    def give_back(self, *rows: Mapping[str, Any]) -> None:
        """Those that were taken, each as far as it is still true: the group stands, the listing is public, and nothing
        that was decided or found since speaks against it."""
        from initiatives.models.overlaps.groups import Group

        for row in rows:
            group = Group.objects.standing().with_keys([row["group"]]).first()
            if group and self._is_true_again(group, row):
                group.memberships.create(
                    initiative_id=row["initiative"],
                    role=row["role"],
                    strength=row["strength"],
                    reasons=row["reasons"],
                )
                group.remember(joined=[row["initiative"]] if row["role"] == MembershipRole.MAIN else ())

    def _is_true_again(self, group: "Group", row: Mapping[str, Any]) -> bool:
        listing, rows = [row["initiative"]], Membership.objects.of([row["initiative"]])
        has_other_home = row["role"] == MembershipRole.MAIN and rows.main().exists()
        return (
            not has_other_home
            and not rows.in_groups([group]).exists()
            and not group.placements.barred().of(listing).exists()
            and Initiative.objects.published().filter(pk__in=listing).exists()
        )

    def without_pin(self) -> None:
        """What a run found stays; who was here by a pin alone goes."""
        for row in self:
            row.reasons = [reason for reason in row.reasons if reason["kind"] != PIN]
            row.save(update_fields=["reasons"]) if row.reasons else row.delete()


class Membership(models.Model):
    group = models.ForeignKey("Group", models.CASCADE, related_name="memberships")
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=5, choices=MembershipRole, default=MembershipRole.MAIN)
    strength = models.FloatField()
    reasons = models.JSONField()

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = (
            one_of("role", MembershipRole),
            models.UniqueConstraint(fields=["group", "initiative"], name="membership_once"),
            models.UniqueConstraint(
                fields=["initiative"], name="membership_one_main", condition=models.Q(role=MembershipRole.MAIN)
            ),
            models.CheckConstraint(name="membership_has_reasons", condition=HAS_REASONS),
            models.CheckConstraint(name="membership_strength_range", condition=models.Q(strength__range=(0, 1))),
        )
