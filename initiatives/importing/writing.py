"""Keeps records in the database, a batch in one transaction and a fixed number of queries."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from initiatives.importing.records import OWN, Record
from initiatives.models import (
    Domain,
    Exchange,
    Initiative,
    InitiativeDomain,
    InitiativeLicence,
    Licence,
    Outbox,
    OutboxKind,
    Tag,
    TaggedExchange,
    TaggedInitiative,
    Translation,
    search,
)
from initiatives.models.fields import derived_public_id
from initiatives.text import fold

NEW, CHANGED, SAME = "new", "changed", "same"


class Writer:
    """Writes records of one source. A record is known again by its source id: writing twice changes nothing.

    `review_state` is the state of new listings; listings that are here already keep theirs.
    """

    def __init__(self, source: str, *, review_state: str, dry_run: bool = False) -> None:
        self.source = source
        self.review_state = review_state
        self.dry_run = dry_run

    @transaction.atomic
    def write(self, records: Sequence[Record]) -> list[str]:
        """Answers new, changed or same for each record, in order."""
        known = self._known(records)
        verdicts = [self._verdict(record, known.get(record.source_id)) for record in records]
        if self.dry_run:
            return verdicts
        new = [record for record, verdict in zip(records, verdicts, strict=True) if verdict == NEW]
        changed = [record for record, verdict in zip(records, verdicts, strict=True) if verdict == CHANGED]
        written = self._create(new) | self._update(changed, known)
        self._write_beside({written[record.source_id]: record for record in [*new, *changed]})
        keys = [listing.pk for listing in written.values()]
        if keys:
            search.refresh(keys)
            Outbox.objects.put(OutboxKind.OVERLAP, [{"initiatives": keys}])
        return verdicts

    def _known(self, records: Sequence[Record]) -> dict[str, Initiative]:
        listings = Initiative.objects.filter(
            source=self.source, source_id__in=[record.source_id for record in records]
        ).prefetch_related(
            "domain_rows__domain", "tagged__tag", "licence_rows__licence", "exchanges__tagged__tag", "translations"
        )
        return {listing.source_id: listing for listing in listings}

    def _verdict(self, record: Record, listing: Initiative | None) -> str:
        if listing is None:
            return NEW
        return SAME if Record.of(listing) == record else CHANGED

    def _create(self, records: Iterable[Record]) -> dict[str, Initiative]:
        listings = [
            Initiative(
                public_id=derived_public_id(self.source, record.source_id),
                source=self.source,
                source_id=record.source_id,
                review_state=self.review_state,
                **{name: getattr(record, name) for name in OWN},
            )
            for record in records
        ]
        return {listing.source_id: listing for listing in Initiative.objects.bulk_create(listings)}

    def _update(self, records: Iterable[Record], known: dict[str, Initiative]) -> dict[str, Initiative]:
        listings = []
        for record in records:
            listing = known[record.source_id]
            for name in OWN:
                setattr(listing, name, getattr(record, name))
            listing.sort_key = fold(listing.name)[:200]  # bulk_update asks no field for its value
            listing.changed_at = timezone.now()
            listings.append(listing)
        if listings:
            Initiative.objects.bulk_update(listings, [*OWN, "sort_key", "changed_at"])
        return {listing.source_id: listing for listing in listings}

    def _write_beside(self, records: dict[Initiative, Record]) -> None:
        """The rows beside the listings: all of them anew."""
        if not records:
            return
        keys = [listing.pk for listing in records]
        for rows in (InitiativeDomain, InitiativeLicence, Exchange, Translation):
            rows.objects.filter(initiative__in=keys).delete()
        TaggedInitiative.objects.filter(content_object__in=keys).delete()
        self._write_domains(records)
        self._write_licences(records)
        self._write_translations(records)
        self._write_tags_and_exchanges(records)

    def _write_domains(self, records: dict[Initiative, Record]) -> None:
        InitiativeDomain.objects.bulk_create(
            InitiativeDomain(initiative=listing, domain=self._domains[code], position=place)
            for listing, record in records.items()
            for place, code in enumerate(record.domains, start=1)
        )

    def _write_licences(self, records: dict[Initiative, Record]) -> None:
        InitiativeLicence.objects.bulk_create(
            InitiativeLicence(initiative=listing, licence=self._licences[spdx_id], output_kind=output)
            for listing, record in records.items()
            for spdx_id, output in sorted(record.licences)
        )

    def _write_translations(self, records: dict[Initiative, Record]) -> None:
        Translation.objects.bulk_create(
            Translation(initiative=listing, language=language, mission=mission, description=description)
            for listing, record in records.items()
            for language, mission, description in sorted(record.translations)
        )

    def _write_tags_and_exchanges(self, records: dict[Initiative, Record]) -> None:
        names = {name for record in records.values() for name in record.tags}
        names |= {name for record in records.values() for row in record.exchanges for name in row.tags}
        tags = tags_called(names)
        TaggedInitiative.objects.bulk_create(
            TaggedInitiative(content_object=listing, tag=tags[name])
            for listing, record in records.items()
            for name in sorted(record.tags)
        )
        said = [(listing, row) for listing, record in records.items() for row in record.exchanges]
        exchanges = Exchange.objects.bulk_create(
            Exchange(
                initiative=listing,
                public_id=derived_public_id(listing.public_id, row.exchange_type, row.title),
                **{name: getattr(row, name) for name in row.__slots__ if name != "tags"},
            )
            for listing, row in said
        )
        TaggedExchange.objects.bulk_create(
            TaggedExchange(content_object=exchange, tag=tags[name])
            for exchange, (_, row) in zip(exchanges, said, strict=True)
            for name in row.tags
        )

    @cached_property
    def _domains(self) -> dict[str, Domain]:
        return {domain.code: domain for domain in Domain.objects.all()}

    @cached_property
    def _licences(self) -> dict[str, Licence]:
        return {licence.spdx_id: licence for licence in Licence.objects.all()}


def tags_called(names: Iterable[str]) -> dict[str, Tag]:
    """The tags of these lower-case names; those that do not exist yet are made."""
    wanted = set(names)
    tags = {tag.name.lower(): tag for tag in Tag.objects.named(wanted)}
    missing = sorted(wanted - tags.keys())
    slugs = {name: slugify(name, allow_unicode=True)[:90] or "tag" for name in missing}
    taken = set(Tag.objects.slugs_like(slugs.values()))
    new = []
    for name in missing:
        new.append(Tag(name=name, slug=free_slug(slugs[name], taken)))
        taken.add(new[-1].slug)
    tags |= {tag.name.lower(): tag for tag in Tag.objects.bulk_create(new)}
    return tags


def free_slug(slug: str, taken: set[str]) -> str:
    number = 1
    free = slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free
