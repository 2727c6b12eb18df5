"""What all deeds of people on a group have in common."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from initiatives.models.outbox import Outbox, OutboxKind
from initiatives.models.overlaps.events import GroupEvent
from initiatives.models.overlaps.locks import hold_groups, hold_listings, share_overlaps
from initiatives.models.people import User
from initiatives.models.refusals import IllegalDeed


class Curated(models.Model):
    class Meta:
        abstract = True

    def hold(self, initiatives: Collection[int] = (), *, beside: Iterable[int] = ()) -> None:
        """Before anything is decided: as it is in the database, and nobody else decides meanwhile."""
        share_overlaps()
        hold_listings(initiatives)
        hold_groups([self.pk, *beside], of=initiatives)
        self.refresh_from_db()
        if self.moved_to_id:
            raise IllegalDeed(_("This group has become part of another: decide there."))

    def tell(
        self, kind: str, *, by: User, reason: str = "", undoes: GroupEvent | None = None, **evidence: Any
    ) -> GroupEvent:
        return self.events.create(kind=kind, by=by, reason=reason, undoes=undoes, evidence=evidence)

    def remember(self, *, joined: Iterable[int] = (), left: Iterable[int] = ()) -> None:
        """What the next run takes for its members of before."""
        self.last_members = sorted({*self.last_members, *joined} - {*left})
        self.save(update_fields=["last_members"])


def ask_for_overlaps(initiatives: Iterable[int]) -> None:
    """Of these listings, anew; in the deed's own transaction."""
    Outbox.objects.put(OutboxKind.OVERLAP, [{"listing": key} for key in initiatives])
