"""What a group's page shows beside its reasons: members by city, who is tied to whom, and how it came about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from initiatives.drawing.badge import Member, drawn_members
from initiatives.drawing.network import Link, Network, group_network
from initiatives.models import City, GroupEvent, Initiative, Membership, Pair
from initiatives.models.overlaps import PairKind
from initiatives.models.telling import Book, Told
from initiatives.models.telling.history import Month, by_month
from initiatives.views.pictures import GroupShown, disc

MONTHS_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class NumberedMember:
    membership: Membership
    number: int  # as in the picture; 0 where it is not drawn
    reasons: list[Told]


@dataclass(frozen=True, slots=True)
class PairShown:
    pair: Pair
    reasons: list[Told]


@dataclass(frozen=True, slots=True)
class History:
    recent: list[Month]
    earlier: list[Month]


def members_by_city(group: GroupShown) -> list[tuple[City | None, list[NumberedMember]]]:
    """Cities with most members first; in each the members in the order of their numbers."""
    numbers = {member.key: place for place, member in enumerate(_drawn(group), start=1)}
    book = Book.of(reason for member in group.members for reason in member.reasons)
    rows = [
        NumberedMember(
            member,
            numbers.get(member.initiative.public_id, 0),
            book.member(member.reasons, member.initiative.lang),
        )
        for member in group.members
    ]
    rows.sort(key=lambda row: (str(row.membership.initiative.city or "\uffff"), row.number or 99))
    cities = [(city, list(these)) for city, these in groupby(rows, key=lambda row: row.membership.initiative.city)]
    return sorted(cities, key=lambda each: (each[0] is None, -len(each[1]), str(each[0])))


def close_by(group: GroupShown) -> list[Initiative]:
    """Listings at home elsewhere that are close to this group too, the closest first."""
    rows = Membership.objects.public().also().in_groups([group.group]).strongest_first()
    return [row.initiative for row in rows.select_related("initiative")]


def pairs_in_words(group: GroupShown) -> list[PairShown]:
    """The pairs inside the group, strongest first, with their reasons."""
    inside = Pair.objects.public().between(m.initiative_id for m in group.members)
    return in_words(inside.with_families().strongest_first())


def in_words(pairs: Iterable[Pair]) -> list[PairShown]:
    """Without those whose reasons cannot be told any more."""
    found = list(pairs)
    book = Book.of(reason for pair in found for reason in pair.reasons)
    return [
        PairShown(pair, reasons) for pair in found if (reasons := book.pair(pair.reasons, (pair.a.lang, pair.b.lang)))
    ]


def network(group: GroupShown, pairs: Sequence[PairShown]) -> Network:
    links = [
        Link(
            one=shown.pair.a.public_id,
            other=shown.pair.b.public_id,
            reasons=len(shown.reasons),
            meets_need=shown.pair.kind == PairKind.COMPLEMENTARY,
        )
        for shown in pairs
    ]
    return group_network(group.group.public_id, map(disc, group.members), links, is_shared=group.badge.is_shared)


def history(group: GroupShown, events: Iterable[GroupEvent], *, beside: Iterable[GroupShown]) -> History:
    """How it came about; `beside` are the groups that may be named in it."""
    names = {each.group.public_id: (each.name, each.get_absolute_url()) for each in beside}
    months = by_month(events, names, formed_at=group.group.formed_at)
    return History(months[:MONTHS_AT_ONCE], months[MONTHS_AT_ONCE:])


def _drawn(group: GroupShown) -> list[Member]:
    return drawn_members([disc(member) for member in group.members])
