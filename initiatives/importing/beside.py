"""The rows beside a listing: domains, licences, translations, tags, needs and offers. All of a kind anew."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from django.utils.text import slugify

from initiatives.importing.records import ExchangeRecord, Record
from initiatives.models import (
    Domain,
    Exchange,
    Initiative,
    InitiativeDomain,
    InitiativeLicence,
    Licence,
    Tag,
    TaggedExchange,
    TaggedInitiative,
    Translation,
)
from initiatives.models.fields import derived_public_id

Records = Mapping[Initiative, Record]


class Beside:
    """Writes what records say of these, for any number of listings in a fixed number of queries."""

    def write(self, records: Records) -> None:
        """Kinds that a record does not tell of stay as they are."""
        self._write_domains(_telling(records, "domains"))
        self._write_licences(_telling(records, "licences"))
        self._write_translations(_telling(records, "translations"))
        tagged, exchanging = _telling(records, "tags"), _telling(records, "exchanges")
        names = {name for record in tagged.values() for name in record.tags}
        names |= {name for record in exchanging.values() for row in record.exchanges for name in row.tags}
        tags = tags_called(names)
        self._write_tags(tagged, tags)
        self._write_exchanges(exchanging, tags)

    def _write_domains(self, records: Records) -> None:
        InitiativeDomain.objects.filter(initiative__in=list(records)).delete()
        InitiativeDomain.objects.bulk_create(
            InitiativeDomain(initiative=listing, domain=self._domains[code], position=place)
            for listing, record in records.items()
            for place, code in enumerate(record.domains, start=1)
        )

    def _write_licences(self, records: Records) -> None:
        InitiativeLicence.objects.filter(initiative__in=list(records)).delete()
        InitiativeLicence.objects.bulk_create(
            InitiativeLicence(initiative=listing, licence=self._licences[spdx_id], output_kind=output)
            for listing, record in records.items()
            for spdx_id, output in sorted(record.licences)
        )

    def _write_translations(self, records: Records) -> None:
        Translation.objects.filter(initiative__in=list(records)).delete()
        Translation.objects.bulk_create(
            Translation(initiative=listing, language=language, mission=mission, description=description)
            for listing, record in records.items()
            for language, mission, description in sorted(record.translations)
        )

    def _write_tags(self, records: Records, tags: Mapping[str, Tag]) -> None:
        TaggedInitiative.objects.filter(content_object__in=list(records)).delete()
        TaggedInitiative.objects.bulk_create(
            TaggedInitiative(content_object=listing, tag=tags[name])
            for listing, record in records.items()
            for name in sorted(record.tags)
        )

    def _write_exchanges(self, records: Records, tags: Mapping[str, Tag]) -> None:
        Exchange.objects.filter(initiative__in=list(records)).delete()
        said = [(listing, row) for listing, record in records.items() for row in record.exchanges]
        exchanges = Exchange.objects.bulk_create(_exchange(listing, row) for listing, row in said)
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


def _telling(records: Records, kind: str) -> Records:
    return {listing: record for listing, record in records.items() if kind in record.told}


def _exchange(listing: Initiative, row: ExchangeRecord) -> Exchange:
    return Exchange(
        initiative=listing,
        public_id=derived_public_id(listing.public_id, row.exchange_type, row.title),
        **{name: getattr(row, name) for name in row.__slots__ if name != "tags"},
    )


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
