"""What somebody may do something with: whoever has no right to a listing does not find it."""

from typing import TYPE_CHECKING

from django.db import models

from initiatives.models.choices import ReviewState

if TYPE_CHECKING:
    from initiatives.models.initiative import Initiative
    from initiatives.models.people import User
    from initiatives.models.queries import InitiativeQuerySet


class Permitted(models.QuerySet):
    def curated_by(self: "InitiativeQuerySet", user: "User") -> "InitiativeQuerySet":
        """The listings of an officer's cities; an administrator's are all, those without a city among them. What has
        not been sent yet is of whoever writes it."""
        if not user.is_authenticated or not user.is_curator:
            return self.none()
        sent = self.exclude(review_state=ReviewState.DRAFT)
        return sent if user.is_administrator else sent.filter(city__in=user.cities_curated)

    def stewarded_by(self: "InitiativeQuerySet", user: "User") -> "InitiativeQuerySet":
        return self.filter(stewardships__person=user) if user.is_authenticated else self.none()

    def with_steward(self: "InitiativeQuerySet", public_id: str, steward: int) -> "tuple[Initiative, User]":
        """The listing and its steward, by their key. Raises DoesNotExist where they keep it no more."""
        listing = self.get(public_id=public_id, stewardships__person=steward, stewardships__person__is_active=True)
        return listing, listing.stewardships.select_related("person").get(person=steward).person

    def editable_by(self: "InitiativeQuerySet", user: "User") -> "InitiativeQuerySet":
        """Whose texts and facts they may change: their own, and those they curate. What was merged away is no more."""
        return self.kept_or_curated_by(user).exclude(review_state=ReviewState.MERGED)

    def kept_or_curated_by(self: "InitiativeQuerySet", user: "User") -> "InitiativeQuerySet":
        """Whose history they may read: in whatever state it is."""
        kept, curated = (found.values("pk") for found in (self.stewarded_by(user), self.curated_by(user)))
        return self.filter(models.Q(pk__in=kept) | models.Q(pk__in=curated))

    def comparable_by(self: "InitiativeQuerySet", user: "User") -> "InitiativeQuerySet":
        """What a curator may hold beside a listing of their own: what has an address, and what waits at their desk."""
        curated = self.curated_by(user).to_compare().order_by().values("pk")
        return self.with_address() | self.filter(pk__in=curated)

    def may_be_edited(self: "InitiativeQuerySet", listing: models.Model, *, by: "User") -> bool:
        return by.is_authenticated and self.editable_by(by).filter(pk=listing.pk).exists()
