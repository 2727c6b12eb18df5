"""Keeps what a computation found: pairs, groups and memberships, back into the database."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any

from django.db import transaction
from django.utils import timezone

from initiatives.models import (
    DuplicatePair,
    Group,
    Initiative,
    Membership,
    OverlapRun,
    Pair,
    Placement,
    Verdict,
)
from initiatives.models.choices import is_public
from initiatives.models.leaving import leave_overlaps
from initiatives.models.overlaps import MembershipRole
from initiatives.models.overlaps.locks import take_overlaps
from initiatives.overlap import values
from initiatives.tasks.differences import Changes, Table, write
from initiatives.tasks.history import Change, list_moves, tell
from initiatives.tasks.placements import Decided

BATCH = 2000
PAIRS = Table(Pair, ("a_id", "b_id"), kinds=("kind",), numbers=("score",), beside=("parts",))
MEMBERSHIPS = Table(Membership, ("group_id", "initiative_id"), kinds=("role",), numbers=("strength",))
LIKENESSES = Table(DuplicatePair, ("a_id", "b_id"), numbers=("probability",))


@transaction.atomic
def keep(found: values.Overlaps, run: OverlapRun, keys: Iterable[int]) -> None:
    """Readers see all of it or nothing. What people decided while it was computed wins. `keys`: of all listings that it
    was computed from."""
    take_overlaps()
    run.save()
    decided = Decided.now()
    run.counts |= _counted("pairs", _keep_pairs(found.pairs, decided))
    run.counts |= _keep_groups(decided.groups(found.groups), run)
    run.counts |= _counted("likenesses", _keep_likenesses(found.likenesses, decided))
    Placement.objects.all().forget_what_was()
    Verdict.objects.all().forget_what_was()
    _forget_those_who_left(keys)
    run.finished_at = timezone.now()
    run.save()


def _counted(what: str, changes: Changes) -> dict[str, int]:
    return {f"{what}_{name}": number for name, number in asdict(changes).items()}


def _forget_those_who_left(keys: Iterable[int]) -> None:
    """While all was computed somebody may have withdrawn: what was found of them is not shown for a moment."""
    public = set(Initiative.objects.published().real().values_list("pk", flat=True))
    if left := [key for key in keys if key not in public]:
        leave_overlaps(left)


def told(reasons: Iterable[values.Reason | values.GroupReason]) -> list[dict[str, Any]]:
    # Not by `asdict`, which copies all evidence and takes twice as long.
    return [{each.name: getattr(reason, each.name) for each in fields(reason)} for reason in reasons]


def _keep_pairs(pairs: Iterable[values.Pair], decided: Decided) -> Changes:
    rows = (
        (pair.a, pair.b, pair.kind, float(pair.score), told(pair.reasons), dict(pair.parts))
        for pair in pairs
        if decided.overlaps(pair.a, pair.b)
    )
    return write(PAIRS, rows, among=Pair.objects.all())


def _keep_likenesses(likenesses: Iterable[values.Likeness], decided: Decided) -> Changes:
    rows = (
        (min(each.a, each.b), max(each.a, each.b), float(each.probability), told(each.reasons))
        for each in likenesses
        if each.a is not None and decided.asks_whether_same(each.a, each.b)
    )
    # Pairs with a listing that still waits at the desk are the importer's: the engine reads the published alone.
    return write(LIKENESSES, rows, among=DuplicatePair.objects.filter(is_public("a"), is_public("b")))


# Groups.


def _keep_groups(groups: Iterable[values.Group], run: OverlapRun) -> dict[str, int]:
    standing, was, homes = list(Group.objects.standing()), last_members(), Membership.objects.homes()
    asleep = frozenset(group.pk for group in standing if group.has_dissolved)
    found = _kept_groups(groups, {group.public_id: group for group in standing})
    changes = write(MEMBERSHIPS, _memberships(found), among=Membership.objects.all())
    gone = [group for group in standing if group.pk not in found]
    moved = _move_on(gone, was)
    now = {key: frozenset(_home_keys(group)) for key, group in found.items()}
    stood = {group.pk: frozenset(was.get(group.pk, ())) for group in standing}
    tell(Change(was=stood, now=now, asleep=asleep, moved=moved), run)
    moves = list_moves(homes, {listing: key for key, members in now.items() for listing in members}, run)
    return _counted("memberships", changes) | moves


def _kept_groups(groups: Iterable[values.Group], before: Mapping[str, Group]) -> dict[int, values.Group]:
    """By primary key, each with its row: a new one, one that changed, or one that is as it was."""
    new, changed, rows = [], [], []
    for group in groups:
        row = before.get(group.key or "")
        if row is None:
            row = Group(**_carried(group))
            new.append(row)
        elif any(getattr(row, name) != value for name, value in _carried(group).items()):
            row.label, row.reasons, row.last_members = _carried(group).values()
            changed.append(row)
        rows.append((row, group))
    Group.objects.bulk_create(new, batch_size=BATCH)
    Group.objects.bulk_update(changed, ["label", "reasons", "last_members"], batch_size=BATCH)
    return {row.pk: group for row, group in rows}


def _carried(group: values.Group) -> dict[str, Any]:
    """As JSON has it, with lists for tuples, so that it can be compared with what is there."""
    label, reasons = json.loads(json.dumps([asdict(group.label), told(group.reasons)]))
    return {"label": label, "reasons": reasons, "last_members": sorted(_home_keys(group))}


def _home_keys(group: values.Group) -> Iterator[int]:
    return (member.key for member in group.members if member.role == MembershipRole.MAIN)


def _memberships(groups: Mapping[int, values.Group]) -> Iterator[tuple[Any, ...]]:
    for key, group in groups.items():
        for member in group.members:
            yield key, member.key, member.role, float(member.strength), told(member.reasons)


def last_members() -> dict[int, set[int]]:
    """By group: the main members it has, and those that it had when it was last found."""
    members: dict[int, set[int]] = defaultdict(set)
    for group, initiative in Membership.objects.main().values_list("group", "initiative"):
        members[group].add(initiative)
    for group, before in Group.objects.standing().exclude(last_members=[]).values_list("pk", "last_members"):
        members[group].update(before)
    return members


def _move_on(gone: list[Group], members: Mapping[int, set[int]]) -> dict[int, int | None]:
    """A group that is no more leads to where most of its members are now. Where none is in any group it has dissolved:
    it is known again when they come together once more."""
    now = Membership.objects.homes()
    for group in gone:
        had = members.get(group.pk, set())
        votes = Counter(now[initiative] for initiative in had if initiative in now)
        group.moved_to_id = max(votes, key=lambda key: (votes[key], -key)) if votes else None
        # Nothing that it said of its members stays.
        group.label, group.reasons, group.last_members = {}, [], [] if votes else sorted(had)
    Group.objects.bulk_update(gone, ["moved_to", "label", "reasons", "last_members"], batch_size=BATCH)
    Placement.objects.move_on({group.pk: group.moved_to_id for group in gone if group.moved_to_id})
    return {group.pk: group.moved_to_id for group in gone}
