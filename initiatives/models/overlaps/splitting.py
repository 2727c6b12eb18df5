"""Parting a group by hand, and putting it together again."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from initiatives.models.initiative import Initiative
from initiatives.models.overlaps.curation import ask_for_overlaps
from initiatives.models.overlaps.events import EventKind, GroupEvent
from initiatives.models.overlaps.memberships import Membership, MembershipRole, said_of_pin
from initiatives.models.overlaps.placements import Placement, PlacementKind
from initiatives.models.overlaps.placing import Placed
from initiatives.models.people import User
from initiatives.models.refusals import IllegalDeed

if TYPE_CHECKING:
    from initiatives.models.overlaps.groups import Group

FEWEST = 2  # members of a group


class Split(Placed):
    class Meta:
        abstract = True

    @transaction.atomic
    def split(self, initiatives: Iterable[Initiative], *, by: User, reason: str = "") -> "Group":
        """A new group of these members. They are pinned to it and the others barred from it: so no run puts the two
        together again, while the others may go wherever else they belong."""
        chosen = {each.pk for each in initiatives}
        self.hold(self._all_keys() | chosen)
        rest = self._home_keys() - chosen
        self._refuse_split(chosen, rest)
        new = type(self).objects.create(label=self.label, reasons=reasons_of(self.reasons, chosen))
        self.tell(EventKind.SPLIT_BY_HAND, by=by, reason=reason, group=new.public_id, count=len(chosen))
        event = new.tell(EventKind.MADE_BY_HAND, by=by, reason=reason, group=self.public_id, count=len(chosen))
        said = {"by": by, "reason": reason, "event": event}
        for row in new._take_over(chosen):
            new.placements.create(kind=PlacementKind.PINNED, initiative_id=row["initiative"], took=[row], **said)
        for key in sorted(rest):
            new.placements.create(kind=PlacementKind.BARRED, initiative_id=key, took=[], **said)
        self.remember(left=chosen)
        new.remember(joined=chosen)
        ask_for_overlaps(sorted(chosen | rest))
        return new

    @transaction.atomic
    def rejoin(self, *, by: User) -> "Group":
        """Undo the split that made this group; its address leads to the other then."""
        members, old = self._all_keys(), self._parted_from()
        self.hold(members, beside=[old.pk] if old else ())
        event = self.events.last_standing(EventKind.MADE_BY_HAND)
        if not event or not old:
            raise IllegalDeed(_("Nobody split this group from another."))
        if old.pk == self.pk:
            raise IllegalDeed(_("The other group has become part of this one: there is nothing to put together."))
        self._tell_undone(event, old, by=by)
        self._give_placements_back(event)
        rest = Membership.objects.in_groups([self]).taken()
        Membership.objects.give_back(*(row | {"group": old.pk} for row in rest))
        self._move_into(old)
        ask_for_overlaps(sorted(members))
        return old

    def _parted_from(self) -> "Group | None":
        """What stands now for the group that this one was split from by hand."""
        event = self.events.last_standing(EventKind.MADE_BY_HAND)
        return type(self).objects.get(public_id=event.evidence["group"]).standing if event else None

    def _all_keys(self) -> set[int]:
        return set(self.memberships.values_list("initiative", flat=True))

    def _home_keys(self) -> set[int]:
        return set(self.memberships.main().values_list("initiative", flat=True))

    def _refuse_split(self, chosen: set[int], rest: set[int]) -> None:
        homes = self._home_keys()
        stranger = Initiative.objects.filter(pk__in=chosen - homes).first()
        if stranger:
            raise IllegalDeed(_("“%(name)s” is not a main member of this group.") % {"name": stranger})
        if len(chosen) < FEWEST or len(rest) < FEWEST:
            raise IllegalDeed(_("After a split both groups need two members at least."))
        pinned = self.placements.pinned().of(chosen).select_related("initiative").first()
        if pinned:
            raise IllegalDeed(_("“%(name)s” is pinned to this group: undo that first.") % {"name": pinned.initiative})

    def _take_over(self, chosen: set[int]) -> list[dict[str, Any]]:
        """Make these members of this new group; what they were, their reasons now without those who stay behind."""
        took = Membership.objects.main().of(chosen).taken()
        Membership.objects.bulk_create(
            Membership(
                group=self,
                initiative_id=row["initiative"],
                role=MembershipRole.MAIN,
                strength=row["strength"],
                reasons=reasons_beside(row["reasons"], chosen - {row["initiative"]}),
            )
            for row in took
        )
        return took

    def _tell_undone(self, event: GroupEvent, old: "Group", *, by: User) -> None:
        self.tell(EventKind.PUT_BACK, by=by, undoes=event, group=old.public_id)
        split = GroupEvent.objects.filter(kind=EventKind.SPLIT_BY_HAND, evidence__group=self.public_id).first()
        old.tell(EventKind.REJOINED, by=by, undoes=split, group=self.public_id)

    def _give_placements_back(self, event: GroupEvent) -> None:
        placements = list(event.placements.filter(group=self))
        Placement.objects.filter(pk__in=[each.pk for each in placements]).delete()
        pinned = [each for each in placements if each.kind == PlacementKind.PINNED and each.took is not None]
        Membership.objects.in_groups([self]).of(each.initiative_id for each in pinned).delete()
        Membership.objects.give_back(*(row for placement in pinned for row in placement.took))

    def _move_into(self, old: "Group") -> None:
        Placement.objects.move_on({self.pk: old.pk})
        self.moved_to, self.label, self.reasons, self.last_members = old, {}, [], []
        self.save(update_fields=["moved_to", "label", "reasons", "last_members"])


def reasons_of(reasons: Iterable[dict[str, Any]], members: set[int]) -> list[dict[str, Any]]:
    """What a group's reasons say of these members, where it holds for two of them. Who bore which word is not kept,
    so shared words are not told."""
    left = ({**each, "members": [key for key in each["members"] if key in members]} for each in reasons)
    return [each for each in left if each["kind"] != "shared_words" and len(each["members"]) > 1]


def reasons_beside(reasons: Iterable[dict[str, Any]], others: set[int]) -> list[dict[str, Any]]:
    """A member's reasons where they are shared with these others; else that a person put it beside them."""
    told = [
        {**each, "evidence": {**each["evidence"], "with": beside}}
        for each in reasons
        if (beside := [key for key in each["evidence"].get("with", ()) if key in others])
    ]
    return told or [said_of_pin(sorted(others))]
