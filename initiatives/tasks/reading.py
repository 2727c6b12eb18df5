"""What stands in the listings, as the engine takes it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from initiatives.models import Initiative, Relationship
from initiatives.models.choices import RelationshipKind
from initiatives.models.initiative import UNKNOWN_LANGUAGE
from initiatives.models.queries import InitiativeQuerySet
from initiatives.overlap import values

BATCH = 2000
BELONGING = (RelationshipKind.MEMBER_OF, RelationshipKind.PART_OF)


def listings(rows: InitiativeQuerySet | None = None) -> Iterator[values.Listing]:
    """Of the published, or of these of them, in the order of their keys."""
    networks, partners = _ties()
    found = (Initiative.objects.all() if rows is None else rows).published().real()
    found = found.select_related("city").order_by("pk")
    found = found.prefetch_related("domain_rows__domain", "tagged__tag__synonym_of", "licences", "exchanges__tags")
    for row in found.iterator(chunk_size=BATCH):
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


def _ties() -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    networks: dict[int, set[int]] = defaultdict(set)
    partners: dict[int, set[int]] = defaultdict(set)
    for source, kind, target in Relationship.objects.public().values_list("from_initiative", "kind", "to_initiative"):
        (networks if kind in BELONGING else partners)[source].add(target)
    return networks, partners
