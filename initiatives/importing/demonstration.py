"""Loads `fixtures/initiatives/`: real initiatives, written from facts, each with its evidence."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from initiatives.importing.records import ExchangeRecord, Record
from initiatives.importing.vocabulary import FIXTURES
from initiatives.importing.writing import Writer
from initiatives.models import City, Initiative, Relationship
from initiatives.models.choices import ExchangeType, RelationshipKind, RelationshipState, ReviewState

SOURCE = "demonstration"
DATA_LICENCE = "CC-BY-SA-4.0"
# As written in the files, as named in the model.
RENAMED = {"nicknames": "nickname", "website": "primary_url", "structure": "organisational_structure"} | {
    "scope": "geographic_scope"
}
PLAIN = (
    "name listing_kind urls mission description language status founded_year founded_precision closed_year country "
    "latitude longitude self_description number_of_members domains"
).split()


# Where a row of a public list can be seen.
LISTS = {
    "susy": "https://data.transformap.co/place/{row}",
    "codefor_de": "https://github.com/okfde/codefor.de/blob/main/{row}",
    "dpg": "https://github.com/DPGAlliance/publicgoods-candidates",
    "osta": "https://github.com/protontypes/open-sustainable-technology",
}


class FixtureError(Exception):
    """An entry that cannot be loaded, with its id and what to mend."""


def entries() -> Iterator[dict[str, Any]]:
    """Every entry of every file, with the `file` it stands in."""
    for file in sorted(Path(FIXTURES, "initiatives").glob("*.toml")):
        for entry in tomllib.loads(file.read_text(encoding="utf-8"))["initiative"]:
            yield entry | {"file": file.name}


@transaction.atomic
def load_demonstration() -> dict[str, int]:
    """All or nothing; answers how many entries were new, changed and the same."""
    loaded = list(entries())
    places = _places(loaded)
    records = [_record(entry, places) for entry in loaded]
    verdicts = Writer(SOURCE, review_state=ReviewState.PUBLISHED).write(records)
    _relate(loaded)
    return {verdict: verdicts.count(verdict) for verdict in ("new", "changed", "same")}


def _record(entry: dict[str, Any], places: dict[tuple[str, str], City]) -> Record:
    values = {name: entry[name] for name in PLAIN if name in entry}
    values |= {ours: entry[theirs] for theirs, ours in RENAMED.items() if theirs in entry}
    if "city" in entry:
        values["city_id"] = places[entry["city"], entry["country"]].pk
    return Record(
        source_id=entry["id"],
        slug=entry["id"][:80],
        data_licence=DATA_LICENCE,
        tags=set(entry.get("tags", ())),
        licences={(row["licence"], row["output"]) for row in entry.get("licences", ())},
        exchanges=[
            *_exchanges(entry.get("offers", ()), ExchangeType.OFFER),
            *_exchanges(entry.get("wants", ()), ExchangeType.WANT),
        ],
        evidence=[shown for item in entry["evidence"] if (shown := _shown(item))],
        **values,
    )


def _exchanges(rows: list[dict[str, Any]], kind: ExchangeType) -> Iterator[ExchangeRecord]:
    for row in rows:
        yield ExchangeRecord(
            exchange_type=kind.value,
            item_type=row["item_type"],
            transaction_type=row["transaction_type"],
            title=row["title"],
            description=row.get("description", ""),
            tags=tuple(sorted({tag.lower() for tag in row.get("tags", ())})),
        )


def _shown(item: dict[str, Any]) -> dict[str, Any] | None:
    """Evidence that a reader can open: an address, its own or that of a row in a public list."""
    row = str(item.get("row", ""))
    url = item.get("url") or (row if row.startswith("http") else LISTS.get(item["set"], "").format(row=row))
    return {"url": url, "for": sorted(item.get("for", ()))} if url else None


def _places(loaded: list[dict[str, Any]]) -> dict[tuple[str, str], City]:
    """The city of each (name, country) in the files."""
    wanted = {(entry["city"], entry["country"]) for entry in loaded if "city" in entry}
    cities = {(name, country): City.objects.called(name).in_country(country).first() for name, country in wanted}
    found = {place: city for place, city in cities.items() if city}
    if missing := sorted(f"{name} ({country})" for name, country in cities.keys() - found.keys()):
        raise FixtureError(f"Not in the list of cities: {', '.join(missing)}. Write a name that GeoNames has.")
    return found


def _relate(loaded: list[dict[str, Any]]) -> None:
    """The links between entries, borne out by the evidence of the entry that names them, so confirmed."""
    keys = dict(Initiative.objects.filter(source=SOURCE).values_list("source_id", "pk"))
    Relationship.objects.filter(from_initiative__source=SOURCE, to_initiative__source=SOURCE).delete()
    rows = []
    for entry in loaded:
        for kind in RelationshipKind:
            for target in entry.get(kind.value, ()):
                if target not in keys:
                    raise FixtureError(f"{entry['id']} is {kind} {target}, but no entry has that id.")
                rows.append(
                    Relationship(
                        from_initiative_id=keys[entry["id"]],
                        to_initiative_id=keys[target],
                        kind=kind,
                        state=RelationshipState.CONFIRMED,
                    )
                )
    Relationship.objects.bulk_create(rows)
