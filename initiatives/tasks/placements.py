"""What people decided about listings in groups, as the engine takes it, and made sure of in what it found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from initiatives.models import Group, Placement, Verdict
from initiatives.models.overlaps.memberships import said_of_pin
from initiatives.models.overlaps.pairs import APART
from initiatives.overlap import values


def pins() -> list[values.Pin]:
    """Of public listings. A group that went into another has none: they went along (`Placement.objects.move_on`)."""
    return [values.Pin(listing=listing, group=group) for listing, group in _placed(Placement.objects.pinned())]


def bars() -> list[values.Bar]:
    return [values.Bar(listing=listing, group=group) for listing, group in _placed(Placement.objects.barred())]


def _placed(placements: Any) -> Iterable[tuple[int, str]]:
    return placements.in_force().order_by("pk").values_list("initiative", "group__public_id")


@dataclass(frozen=True, slots=True)
class Decided:
    """Everything that people said, read when a run writes: some may have been said while it was computing."""

    pins: Mapping[int, str]
    bars: frozenset[tuple[int, str]]
    verdicts: Mapping[tuple[int, int], str]

    @classmethod
    def now(cls) -> Self:
        return cls(
            pins={pin.listing: pin.group for pin in pins()},
            bars=frozenset((bar.listing, bar.group) for bar in bars()),
            verdicts={(a, b): verdict for a, b, verdict in Verdict.objects.values_list("a", "b", "verdict")},
        )

    def overlaps(self, a: int, b: int) -> bool:
        return self.verdicts.get((a, b)) not in APART

    def asks_whether_same(self, a: int, b: int) -> bool:
        """Whether nobody has answered that yet."""
        return (min(a, b), max(a, b)) not in self.verdicts

    def groups(self, found: Iterable[values.Group]) -> list[values.Group]:
        """As they were found, with every pin and bar obeyed; whoever is left with no main member is no group."""
        obeyed = [self._obeyed(group) for group in found]
        missing = set(self.pins.values()) - {group.key for group in obeyed}
        obeyed += [self._kept_by_pins(group) for group in Group.objects.standing().with_public_ids(missing)]
        return [group for group in obeyed if any(member.role == "main" for member in group.members)]

    def _obeyed(self, group: values.Group) -> values.Group:
        members = {each.key: each for each in group.members if self._may_stay(each, group.key)}
        return replace(group, members=self._with_pinned(group.key, members))

    def _may_stay(self, member: values.Member, group: str | None) -> bool:
        moved = member.role == "main" and self.pins.get(member.key, group) != group
        return not moved and (member.key, group) not in self.bars

    def _with_pinned(self, group: str | None, members: dict[int, values.Member]) -> tuple[values.Member, ...]:
        beside = [key for key, member in members.items() if member.role == "main"]
        pinned = sorted(key for key, where in self.pins.items() if where == group)
        for key in pinned:
            others = [other for other in dict.fromkeys((*beside, *pinned)) if other != key]
            members[key] = _pinned(key, members.get(key), others)
        return tuple(sorted(members.values(), key=lambda each: (each.role != "main", -each.strength, each.key)))

    def _kept_by_pins(self, group: Group) -> values.Group:
        """One that was not found: it stands by those whom people pinned to it, and is called what it was."""
        label = values.Label(**{"kind": "words", "code": "", "words": {}, **group.label})
        reasons = tuple(values.GroupReason(**{**each, "members": tuple(each["members"])}) for each in group.reasons)
        return values.Group(group.public_id, self._with_pinned(group.public_id, {}), label, reasons)


def _pinned(key: int, found: values.Member | None, others: list[int]) -> values.Member:
    if found and found.role == "main":
        return found
    reason = values.Reason(**said_of_pin(others))
    if found:
        return replace(found, role="main", reasons=(*found.reasons, reason))
    return values.Member(key, 0.0, "main", (reason,))
