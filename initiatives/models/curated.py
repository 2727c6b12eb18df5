"""Changes, claims and reports, found by who curates the listing that they are about."""

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from initiatives.models.people import User


class CuratedWithListing(models.QuerySet):
    def curated_by(self, user: "User") -> Self:
        from initiatives.models.initiative import Initiative

        return self.filter(initiative__in=Initiative.objects.curated_by(user).order_by().values("pk"))
