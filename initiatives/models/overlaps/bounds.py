"""Who may decide about groups and pairs: an officer within their cities, a broker across cities, an administrator
everywhere."""

from django.db import models

from initiatives.models.initiative import Initiative
from initiatives.models.overlaps.memberships import Membership
from initiatives.models.people import User


class Bounded(models.Model):
    class Meta:
        abstract = True

    @property
    def cities(self) -> set[int | None]:
        """Of its public main members; None for those that are of no single city."""
        members = Membership.objects.public().main().in_groups([self])
        return set(members.values_list("initiative__city", flat=True))

    def may_be_parted_by(self, user: User) -> bool:
        """Named, split and put together again."""
        return _may_decide(user, self.cities)


def may_judge(user: User, one: Initiative, other: Initiative) -> bool:
    """Say what two listings are to each other."""
    return _may_decide(user, {one.city_id, other.city_id})


def _may_decide(user: User, cities: set[int | None]) -> bool:
    return all(map(user.may_curate, cities)) or (user.is_broker and len(cities) > 1)
