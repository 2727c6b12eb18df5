"""Keeps what a computation found: pairs, groups, memberships and vectors, back into the database."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from initiatives.models import DuplicatePair, Group, Initiative, Membership, OverlapRun, OverlapVector, Pair
from initiatives.models.choices import is_public
from initiatives.models.leaving import leave_overlaps
from initiatives.models.overlaps import MembershipRole
from initiatives.overlap import values

BATCH = 2000


def last_members() -> dict[int, set[int]]:
    """By group: the main members it has, and those that it had when it was last found."""
    members: dict[int, set[int]] = defaultdict(set)
    for group, initiative in Membership.objects.main().values_list("group", "initiative"):
        members[group].add(initiative)
    for group, before in Group.objects.standing().exclude(last_members=[]).values_list("pk", "last_members"):
        members[group].update(before)
    return members


@transaction.atomic
def keep(found: values.Overlaps, run: OverlapRun) -> None:
    Pair.objects.all().delete()
    Pair.objects.bulk_create(
        (
            Pair(a_id=p.a, b_id=p.b, kind=p.kind, score=p.score, parts=dict(p.parts), reasons=told(p.reasons))
            for p in found.pairs
        ),
        batch_size=BATCH,
    )
    _keep_groups(found.groups)
    _keep_likenesses(found.likenesses)
    _keep_vectors(found)
    _forget_those_who_left(found.keys)
    run.finished_at = timezone.now()
    run.save()


def _forget_those_who_left(keys: Iterable[int]) -> None:
    """While all was computed somebody may have withdrawn: what was found of them is not shown for a moment."""
    public = set(Initiative.objects.published().values_list("pk", flat=True))
    if left := [key for key in keys if key not in public]:
        leave_overlaps(left)


def told(reasons: Iterable[values.Reason | values.GroupReason]) -> list[dict[str, Any]]:
    return [asdict(reason) for reason in reasons]


def _keep_groups(groups: Iterable[values.Group]) -> None:
    before = {group.public_id: group for group in Group.objects.standing()}
    members = last_members()
    Membership.objects.all().delete()
    kept: set[int] = set()
    memberships = []
    for group in groups:
        row = before.get(group.key or "") or Group()
        row.label, row.reasons = asdict(group.label), told(group.reasons)
        row.last_members = sorted(m.key for m in group.members if m.role == MembershipRole.MAIN)
        row.save()
        kept.add(row.pk)
        memberships += [
            Membership(group=row, initiative_id=m.key, role=m.role, strength=m.strength, reasons=told(m.reasons))
            for m in group.members
        ]
    Membership.objects.bulk_create(memberships, batch_size=BATCH)
    _move_on([group for group in before.values() if group.pk not in kept], members)


def _move_on(gone: list[Group], members: Mapping[int, set[int]]) -> None:
    """A group that is no more leads to where most of its members are now. Where none is in any group it has dissolved:
    it is known again when they come together once more."""
    now = dict(Membership.objects.main().values_list("initiative", "group"))
    for group in gone:
        had = members.get(group.pk, set())
        votes = Counter(now[initiative] for initiative in had if initiative in now)
        group.moved_to_id = max(votes, key=lambda key: (votes[key], -key)) if votes else None
        # Nothing that it said of its members stays.
        group.label, group.reasons, group.last_members = {}, [], [] if votes else sorted(had)
    Group.objects.bulk_update(gone, ["moved_to", "label", "reasons", "last_members"], batch_size=BATCH)


def _keep_likenesses(likenesses: Iterable[values.Likeness]) -> None:
    # Pairs with a listing that still waits at the desk are the importer's: the engine reads the published alone.
    DuplicatePair.objects.filter(is_public("a"), is_public("b")).delete()
    DuplicatePair.objects.bulk_create(
        (
            DuplicatePair(
                a_id=min(each.a, each.b),
                b_id=max(each.a, each.b),
                probability=each.probability,
                reasons=told(each.reasons),
            )
            for each in likenesses
            if each.a is not None
        ),
        batch_size=BATCH,
    )


def _keep_vectors(found: values.Overlaps) -> None:
    OverlapVector.objects.all().delete()
    meanings = [None] * len(found.keys) if found.meanings is None else [row.tobytes() for row in found.meanings]
    OverlapVector.objects.bulk_create(
        (
            OverlapVector(
                initiative_id=key, model_version=found.model_version, vector=vector.tobytes(), meaning=meaning
            )
            for key, vector, meaning in zip(found.keys, found.vectors, meanings, strict=True)
        ),
        batch_size=BATCH,
    )
