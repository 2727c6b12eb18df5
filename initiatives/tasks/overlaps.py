"""Computes what overlaps in the whole directory: listings out of the database, through the engine, and kept."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db import connection
from django.utils import timezone

from initiatives.models import Activity, Group, Initiative, OverlapRun, Relationship, Verdict
from initiatives.models.choices import RelationshipKind
from initiatives.models.initiative import UNKNOWN_LANGUAGE
from initiatives.overlap import values
from initiatives.overlap.engine import find_overlaps
from initiatives.tasks.keeping import keep, last_members

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


def _ties() -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    networks: dict[int, set[int]] = defaultdict(set)
    partners: dict[int, set[int]] = defaultdict(set)
    for source, kind, target in Relationship.objects.public().values_list("from_initiative", "kind", "to_initiative"):
        (networks if kind in BELONGING else partners)[source].add(target)
    return networks, partners
