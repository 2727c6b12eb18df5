"""What people may change of a listing as plain values: read as JSON would have them, and written from that."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from initiatives.models.initiative import Initiative

COLUMNS = tuple(
    """name nickname primary_url urls mission description language country geographic_scope street_address postal_code
    status founded_year founded_precision closed_year organisational_structure self_description
    number_of_members""".split()
)
# Rows of other tables: a city by its slug, domains by theirs (the main one first), tags by name, licences as
# [SPDX id, output], needs and offers and translations as what their columns hold.
TIED = ("city", "domains", "tags", "licences", "exchanges", "translations")
PUBLIC = (*COLUMNS, *TIED)
# Never in a change that others read.
PRIVATE = ("contact", "shows_contact")
EXCHANGE = ("exchange_type", "item_type", "transaction_type", "title", "description", "expires_on")

Plain = dict[str, Any]


def plain(listing: "Initiative", names: Iterable[str] = (*PUBLIC, *PRIVATE)) -> Plain:
    """What `edit` takes, as JSON would have it, so that it can be compared and given back."""
    return {name: READERS[name](listing) if name in READERS else getattr(listing, name) for name in names}


def read_licences(listing: "Initiative") -> list[list[str]]:
    rows = listing.licence_rows.select_related("licence")
    return sorted([row.licence.spdx_id, row.output_kind] for row in rows)


def read_translations(listing: "Initiative") -> list[Plain]:
    return list(listing.translations.order_by("language").values("language", "mission", "description"))


def read_exchanges(listing: "Initiative") -> list[Plain]:
    return [plain_exchange(row) for row in listing.exchanges.order_by("pk")]


READERS: dict[str, Callable[["Initiative"], Any]] = {
    "city": lambda listing: listing.city.slug if listing.city else "",
    "domains": lambda listing: [row.domain.slug for row in listing.domain_rows.select_related("domain")],
    "tags": lambda listing: sorted(row.tag.name for row in listing.tagged.select_related("tag")),
    "licences": read_licences,
    "exchanges": read_exchanges,
    "translations": read_translations,
}


def plain_exchange(row: models.Model) -> Plain:
    values = {name: getattr(row, name) for name in EXCHANGE}
    expires = values["expires_on"]
    return {"public_id": row.public_id, **values, "expires_on": expires.isoformat() if expires else ""}


def write_domains(listing: "Initiative", slugs: Iterable[str]) -> None:
    from initiatives.models.domain import Domain

    by_slug = Domain.objects.in_bulk(list(slugs), field_name="slug")
    listing.set_domains([by_slug[slug] for slug in slugs])


def write_tags(listing: "Initiative", names: Iterable[str]) -> None:
    listing.tags.set(list(names))


def write_licences(listing: "Initiative", licences: Iterable[tuple[str, str]]) -> None:
    from initiatives.models.licence import Licence
    from initiatives.models.links import InitiativeLicence

    wanted = {(spdx, output) for spdx, output in licences}
    for row in listing.licence_rows.select_related("licence"):
        key = (row.licence.spdx_id, row.output_kind)
        if key not in wanted:
            row.delete()
        wanted.discard(key)
    by_id = Licence.objects.in_bulk([spdx for spdx, _output in wanted], field_name="spdx_id")
    for spdx, output in sorted(wanted):
        InitiativeLicence.objects.create(initiative=listing, licence=by_id[spdx], output_kind=output)


def write_exchanges(listing: "Initiative", rows: Iterable[Plain]) -> None:
    """Those with a public id stay the same rows; what is not among them is gone."""
    from initiatives.models.exchange import Exchange

    there = {row.public_id: row for row in listing.exchanges.all()}
    for values in rows:
        row = there.pop(values.get("public_id", ""), None) or Exchange(initiative=listing)
        for name in EXCHANGE:
            setattr(row, name, values[name])
        row.expires_on = values["expires_on"] or None
        # Undoing a change brings a row back under the id that it had.
        row.public_id = values.get("public_id") or row.public_id
        row.save()
    for gone in there.values():
        gone.delete()


def write_translations(listing: "Initiative", rows: Iterable[Plain]) -> None:
    """Whoever writes one has the present text before them: it is up to date."""
    from initiatives.models.initiative import Translation

    there = {row.language: row for row in listing.translations.all()}
    for values in rows:
        row = there.pop(values["language"], None) or Translation(initiative=listing, language=values["language"])
        if row.pk is None or (row.mission, row.description) != (values["mission"], values["description"]):
            row.mission, row.description, row.needs_update = values["mission"], values["description"], False
            row.save()
    for gone in there.values():
        gone.delete()


WRITERS = {
    "domains": write_domains,
    "tags": write_tags,
    "licences": write_licences,
    "exchanges": write_exchanges,
    "translations": write_translations,
}
