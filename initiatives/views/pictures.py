"""Badges, networks and maps: from what the database holds to what the drawings need."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from initiatives.drawing.badge import Badge, Member, group_badge
from initiatives.models import Group, Initiative, Membership
from initiatives.models.queries import InitiativeQuerySet
from initiatives.models.telling import Book, Told, group_name

MOST_GROUPS_BESIDE = 5


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A group as lists show it: its name in the reader's language and its badge."""

    group: Group
    name: str
    badge: Badge
    reasons: list[Told]
    members: list[Membership]

    def get_absolute_url(self) -> str:
        return self.group.get_absolute_url()

    @property
    def member_count(self) -> int:
        return len(self.members)

    @property
    def city_count(self) -> int:
        return len({member.initiative.city_id for member in self.members} - {None})

    @property
    def language_count(self) -> int:
        return len({member.initiative.lang for member in self.members} - {""})


def shown(groups: Iterable[Group]) -> list[GroupShown]:
    """A fixed number of queries, however many groups."""
    found = list(groups)
    members = _members(found)
    told = [reason for group in found for reason in group.reasons]
    book = Book.of([*told, *({"evidence": _named(group.label)} for group in found)])
    return [_shown(group, members[group.pk], book) for group in found]


def _shown(group: Group, members: list[Membership], book: Book) -> GroupShown:
    reasons = book.group(group.reasons, (member.initiative_id for member in members))
    return GroupShown(
        group, group_name(group.label, group.given_labels, book), _badge(group, members, reasons), reasons, members
    )


def _named(label: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a label that a book has to know, as evidence."""
    known = {label["kind"]: label["code"]} if label.get("kind") in ("activity", "domain", "tag") else {}
    return known | {"city": label.get("city")}


def _members(groups: list[Group]) -> dict[int, list[Membership]]:
    rows: dict[int, list[Membership]] = defaultdict(list)
    for row in Membership.objects.public().main().in_groups(groups).with_families():
        rows[row.group_id].append(row)
    return rows


def _badge(group: Group, members: list[Membership], reasons: list[Told]) -> Badge:
    return group_badge(group.public_id, map(disc, members), is_shared=any(map(is_common_ground, reasons)))


def is_common_ground(reason: Told) -> bool:
    """Whether one and the same thing holds for all. Words do not: each member uses some of them."""
    return reason.holds_for_all and reason.kind != "shared_words"


def disc(member: Membership) -> Member:
    listing = member.initiative
    return Member(
        key=listing.public_id,
        name=listing.name,
        city=str(listing.city or ""),
        family=member.family or "",
        strength=member.strength,
    )


def groups_of(initiatives: Iterable[Initiative]) -> dict[int, GroupShown]:
    """The group of each initiative that has one."""
    homes = dict(Membership.objects.public().main().of(initiatives).values_list("initiative", "group"))
    groups = {each.group.pk: each for each in shown(Group.objects.public().with_keys(homes.values()))}
    return {initiative: groups[group] for initiative, group in homes.items() if group in groups}


def groups_among(results: InitiativeQuerySet) -> list[dict[str, Any]]:
    """The groups that most of these results belong to: how many of them, of how many members."""
    return most_among({group: count for group, count in results.count_by_group() if count > 1}, MOST_GROUPS_BESIDE)


def most_among(counts: Mapping[int, int], number: int) -> list[dict[str, Any]]:
    """For `components/groups_beside.html`: of these groups those with most members among some results."""
    most = dict(sorted(counts.items(), key=lambda row: (-row[1], row[0]))[:number])
    found = {each.group.pk: each for each in shown(Group.objects.public().with_keys(most))}
    return [
        {"group": found[pk], "share": _("%(some)s of %(all)s") % {"some": n, "all": found[pk].member_count}}
        for pk, n in most.items()
        if pk in found
    ]
