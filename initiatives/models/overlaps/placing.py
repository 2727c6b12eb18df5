"""Pinning listings to a group and barring them from it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from initiatives.models.acting import acting, role_of_curator
from initiatives.models.initiative import Initiative
from initiatives.models.overlaps.curation import Curated, ask_for_overlaps
from initiatives.models.overlaps.events import EventKind
from initiatives.models.overlaps.memberships import Membership, MembershipRole, said_of_pin
from initiatives.models.overlaps.placements import Placement, PlacementKind
from initiatives.models.people import User
from initiatives.models.refusals import IllegalDeed


class Placed(Curated):
    class Meta:
        abstract = True

    @transaction.atomic
    def pin(self, initiative: Initiative, *, by: User, reason: str = "") -> None:
        """It is a main member here from now on, whatever a run finds."""
        self.hold([initiative.pk])
        self._refuse_hidden(initiative)
        self._refuse_placed(initiative)
        if Placement.objects.of([initiative]).pinned().exists():
            raise IllegalDeed(_("“%(name)s” is pinned to another group: undo that first.") % {"name": initiative})
        event = self.tell(EventKind.PINNED, by=by, reason=reason, listing=initiative.pk)
        took = self._take_home(initiative)
        said = {"by": by, "reason": reason, "event": event, "took": took}
        with acting(by, role=role_of_curator(by), deed="pin"):
            self.placements.create(kind=PlacementKind.PINNED, initiative=initiative, **said)
        self.remember(joined=[initiative.pk])
        ask_for_overlaps([initiative.pk])

    @transaction.atomic
    def unpin(self, initiative: Initiative, *, by: User) -> None:
        self.hold([initiative.pk])
        placement = self._placement(PlacementKind.PINNED, initiative)
        if not placement:
            raise IllegalDeed(_("“%(name)s” is not pinned to this group.") % {"name": initiative})
        with acting(by, role=role_of_curator(by), deed="undo"):
            placement.delete()
        self.tell(EventKind.UNPINNED, by=by, undoes=placement.event, listing=initiative.pk)
        if placement.took is None:
            Membership.objects.in_groups([self]).of([initiative]).without_pin()
        else:
            Membership.objects.in_groups([self]).of([initiative]).delete()
            self.remember(left=[initiative.pk])
            Membership.objects.give_back(*placement.took)
        ask_for_overlaps([initiative.pk])

    @transaction.atomic
    def bar(self, initiative: Initiative, *, by: User, reason: str = "") -> None:
        """It is no member here from now on, main or also, whatever a run finds."""
        self.hold([initiative.pk])
        self._refuse_hidden(initiative)
        self._refuse_placed(initiative)
        event = self.tell(EventKind.BARRED, by=by, reason=reason, listing=initiative.pk)
        took = Membership.objects.in_groups([self]).of([initiative]).taken()
        said = {"by": by, "reason": reason, "event": event, "took": took}
        with acting(by, role=role_of_curator(by), deed="bar"):
            self.placements.create(kind=PlacementKind.BARRED, initiative=initiative, **said)
        self.remember(left=[initiative.pk])
        ask_for_overlaps([initiative.pk])

    @transaction.atomic
    def unbar(self, initiative: Initiative, *, by: User) -> None:
        self.hold([initiative.pk])
        placement = self._placement(PlacementKind.BARRED, initiative)
        if not placement:
            raise IllegalDeed(_("“%(name)s” is not barred from this group.") % {"name": initiative})
        with acting(by, role=role_of_curator(by), deed="undo"):
            placement.delete()
        self.tell(EventKind.UNBARRED, by=by, undoes=placement.event, listing=initiative.pk)
        Membership.objects.give_back(*placement.took or ())
        ask_for_overlaps([initiative.pk])

    def _placement(self, kind: str, initiative: Initiative) -> Placement | None:
        return self.placements.of([initiative]).select_related("event").filter(kind=kind).first()

    def _take_home(self, initiative: Initiative) -> list[dict[str, Any]]:
        """Make it a main member here; what it was, here and where it was at home."""
        rows = Membership.objects.of([initiative])
        here = rows.in_groups([self]).first()
        others = list(self.memberships.main().strongest_first().values_list("initiative", flat=True))
        took = (rows.in_groups([self]) | rows.main()).taken()
        reasons = [*(here.reasons if here else ()), said_of_pin(others)]
        # How well it fits no person said.
        strength = here.strength if here else 0.0
        self.memberships.create(initiative=initiative, role=MembershipRole.MAIN, strength=strength, reasons=reasons)
        for row in took:
            if row["role"] == MembershipRole.MAIN and row["group"] != self.pk:
                type(self).objects.get(pk=row["group"]).remember(left=[initiative.pk])
        return took

    def _refuse_hidden(self, initiative: Initiative) -> None:
        if not Initiative.objects.published().filter(pk=initiative.pk).exists():
            raise IllegalDeed(_("“%(name)s” is not among the initiatives of the directory.") % {"name": initiative})

    def _refuse_placed(self, initiative: Initiative) -> None:
        placed = self.placements.of([initiative]).first()
        if placed and placed.kind == PlacementKind.PINNED:
            raise IllegalDeed(_("“%(name)s” is pinned to this group: undo that first.") % {"name": initiative})
        if placed:
            raise IllegalDeed(_("“%(name)s” is barred from this group: undo that first.") % {"name": initiative})
