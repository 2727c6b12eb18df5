"""Computes what overlaps in the whole directory and keeps it: listings out of the database, findings back into it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from initiatives.models import (
    Activity,
    DuplicatePair,
    Group,
    Initiative,
    Membership,
    OverlapRun,
    OverlapVector,
    Pair,
    Relationship,
    Verdict,
)
from initiatives.models.choices import RelationshipKind, is_public
from initiatives.models.initiative import UNKNOWN_LANGUAGE
from initiatives.models.leaving import leave_overlaps
from initiatives.models.overlaps import MembershipRole
from initiatives.overlap import values
from initiatives.overlap.engine import find_overlaps

BATCH = 2000
BELONGING = (RelationshipKind.MEMBER_OF, RelationshipKind.PART_OF)
# One computation at a time; the number only has to be ours.
LOCK = 7_305_101


class Busy(Exception):
    """Another process is computing the overlaps at this moment."""


def compute_overlaps(*, dry_run: bool = False, progress: values.Progress | None = None) -> OverlapRun:
    """One run over all published listings; readers see the old findings until the new ones are whole.

    Raises Busy. A dry run computes and keeps nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise Busy("The overlaps are being computed already: wait for that to end.")
    try:
        run = OverlapRun(started_at=timezone.now())
        found = find_overlaps(
            listings(), activities=activities(), verdicts=verdicts(), previous=previous_groups(), progress=progress
        )
        run.model_version, run.counts = found.model_version, dict(found.counts)
        if not dry_run:
            keep(found, run)
        return run
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


# Out of the database.


def listings() -> Iterator[values.Listing]:
    networks, partners = _ties()
    rows = Initiative.objects.published().select_related("city").order_by("pk")
    rows = rows.prefetch_related("domain_rows__domain", "tagged__tag__synonym_of", "licences", "exchanges__tags")
    for row in rows.iterator(chunk_size=BATCH):
        yield listing(row, networks=networks.get(row.pk, ()), partners=partners.get(row.pk, ()))


def listing(row: Initiative, *, networks: Iterable[int] = (), partners: Iterable[int] = ()) -> values.Listing:
    """The listing as the engine sees it."""
    city = row.city
    return values.Listing(
        key=row.pk,
        name=row.name,
        nicknames=tuple(row.nickname),
        mission=row.mission,
        description=row.description,
        language="" if row.language == UNKNOWN_LANGUAGE else row.language.split("-")[0],
        country=row.country,
        city=row.city_id,
        city_name=city.name if city else "",
        # Only its own place: the middle of a city would make neighbours of all who live there.
        latitude=row.latitude,
        longitude=row.longitude,
        domains=tuple(each.domain.code for each in row.domain_rows.all()),
        tags=tuple(sorted({each.tag.effective.name for each in row.tagged.all()})),
        structure=row.organisational_structure,
        licences=tuple(sorted({licence.spdx_id for licence in row.licences.all()})),
        networks=tuple(sorted(networks)),
        partners=tuple(sorted(partners)),
        website=row.primary_url,
        urls=tuple(row.urls),
        exchanges=tuple(
            values.Exchange(
                direction="want" if each.is_want else "offer",
                title=each.title,
                item_type=each.item_type,
                transaction_type=each.transaction_type,
                description=each.description,
                tags=tuple(tag.name for tag in each.tags.all()),
            )
            for each in row.exchanges.all()
        ),
    )


def activities() -> list[values.Activity]:
    return [
        values.Activity(
            code=row.code,
            domain=row.domain.code,
            terms={language: tuple(terms) for language, terms in row.terms.items()},
        )
        for row in Activity.objects.select_related("domain")
    ]


def verdicts() -> list[values.Verdict]:
    return [
        values.Verdict(a=a, b=b, verdict=verdict) for a, b, verdict in Verdict.objects.values_list("a", "b", "verdict")
    ]


def previous_groups() -> list[values.PreviousGroup]:
    """As they were found last, with members that are hidden by now: they may come back, and their group with them."""
    keys = dict(Group.objects.standing().values_list("pk", "public_id"))
    members = last_members()
    return [values.PreviousGroup(key=key, members=frozenset(members[pk])) for pk, key in keys.items() if pk in members]


def last_members() -> dict[int, set[int]]:
    """By group: the main members it has, and those that it had when it was last found."""
    members: dict[int, set[int]] = defaultdict(set)
    for group, initiative in Membership.objects.main().values_list("group", "initiative"):
        members[group].add(initiative)
    for group, before in Group.objects.standing().exclude(last_members=[]).values_list("pk", "last_members"):
        members[group].update(before)
    return members


def _ties() -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    networks: dict[int, set[int]] = defaultdict(set)
    partners: dict[int, set[int]] = defaultdict(set)
    for source, kind, target in Relationship.objects.public().values_list("from_initiative", "kind", "to_initiative"):
        (networks if kind in BELONGING else partners)[source].add(target)
    return networks, partners


# Into the database.


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
