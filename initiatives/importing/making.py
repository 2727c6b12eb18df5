"""Rows of others' lists: cleaned, resolved, and left empty where they do not say."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from initiatives.importing import cleaning, languages, sentences
from initiatives.importing.countries import country_code
from initiatives.importing.drafts import Draft, first
from initiatives.importing.mapping import Mapping
from initiatives.importing.places import Cities
from initiatives.importing.reading import Row
from initiatives.importing.records import Record
from initiatives.importing.verdicts import Refused
from initiatives.models.initiative import MOST_DOMAINS
from initiatives.text import fold

LONGEST_ADDRESS = 300


class FromOthers:
    """Makes drafts by a mapping."""

    def __init__(self, mapping: Mapping, *, source: str) -> None:
        self.mapping = mapping
        self.cities = Cities()
        self.source = source
        self._told = _told_fields(mapping)

    def learn(self, rows: Sequence[Row]) -> None:
        self.cities.learn(self._first(row, "city") for row in rows)

    def draft(self, row: Row) -> Draft:
        notes: list[str] = []
        values = {
            **self.mapping.constants,
            "name": cleaning.checked_name(self._first(row, "name")),
            **self._texts(row, notes),
            **self._websites(row, notes),
            **self._place(row, notes),
            **self._words(row),
            **self._years(row),
        }
        town = values.pop("town")
        record = Record(
            source=self.source,
            source_id=self._source_id(row),
            told=self._told,
            source_url=cleaning.website(self._first(row, "source_url")),
            data_licence=self.mapping.source.get("data_licence", ""),
            nickname=[name for name in self._all(row, "nickname") if len(name) <= cleaning.LONGEST_NAME],
            **values,
        )
        return Draft(row.number, record, town, notes)

    def _first(self, row: Row, field: str) -> str:
        return first(row.cells, self.mapping.columns.get(field, ()))

    def _all(self, row: Row, field: str) -> list[str]:
        cells = (row.cells.get(name, "") for name in self.mapping.columns.get(field, ()))
        return [told for cell in cells for told in cleaning.split(cell, self.mapping.separators)]

    def _source_id(self, row: Row) -> str:
        told = self._first(row, "source_id")
        if not told:
            raise Refused(f"it has no {' or '.join(self.mapping.columns.get('source_id', ['source_id']))}")
        if len(told) > cleaning.LONGEST_ID:
            raise Refused(f"its identity has {len(told)} characters; {cleaning.LONGEST_ID} are the most")
        return told

    # Texts.

    def _texts(self, row: Row, notes: list[str]) -> dict[str, Any]:
        mission = self._text(self._first(row, "mission"))
        description = sentences.without_repeated(mission, self._text(self._first(row, "description")))
        stated = languages.stated(self._first(row, "language"))
        translated = self._translated(row)
        if not mission and not description and translated:
            stated, description = next(iter(translated.items()))
        language = stated or languages.detected(f"{mission} {description}".strip(), self.mapping.languages)
        language = self.mapping.constants.get("language", language)
        if not mission:
            mission, description = sentences.lead(description)
        translations = {(code, *sentences.lead(text)) for code, text in translated.items() if code != language}
        return {
            "mission": cleaning.line(mission),
            "description": description,
            "language": language,
            "translations": translations,
        }

    def _translated(self, row: Row) -> dict[str, str]:
        """By language; of two columns in one language the first."""
        texts: dict[str, str] = {}
        for column, language in self.mapping.translations.items():
            if text := self._text(row.cells.get(column, "")):
                texts.setdefault(language, text)
        return texts

    def _text(self, told: str) -> str:
        for junk in self.mapping.leave_out:
            told = told.replace(junk, "")
        return cleaning.without_contacts(cleaning.paragraphs(told))

    # Addresses, on the web and on earth.

    def _websites(self, row: Row, notes: list[str]) -> dict[str, Any]:
        found: list[str] = []
        for column in (*self.mapping.columns.get("primary_url", ()), *self.mapping.columns.get("urls", ())):
            addresses, junk = cleaning.websites(row.cells.get(column, ""))
            found += [address for address in addresses if address not in found]
            if junk:
                notes.append(f"not an address on the web: “{cleaning.line(row.cells[column])[:80]}”")
        own = next((address for address in found if not cleaning.is_document(address)), "")
        return {"primary_url": own, "urls": [address for address in found if address != own]}

    def _place(self, row: Row, notes: list[str]) -> dict[str, Any]:
        country, told_city = self._country(row, notes), cleaning.line(self._first(row, "city"))
        point = self._point(row, notes)
        found = self.cities.find(told_city, country=country, region=self._first(row, "region"), point=point)
        if found.note:
            notes.append(found.note)
        if found.wrong_point:
            point = None
        town = found.place.name if found.place else told_city
        return {
            "city_id": found.place.key if found.place else None,
            "country": found.place.country if found.place else country,
            "latitude": point[0] if point else None,
            "longitude": point[1] if point else None,
            "street_address": self._street(row, "" if found.place else told_city),
            "postal_code": cleaning.line(self._first(row, "postal_code"))[:20],
            "town": town,
        }

    def _street(self, row: Row, town: str) -> str:
        """Street and number; and the town where our list of cities does not have it, so that it is not lost."""
        told = " ".join(row.cells.get(name, "") for name in self.mapping.columns.get("street_address", ()))
        address = cleaning.line(cleaning.without_contacts(f"{told}, {town}" if town else told)).strip(" ,")
        return address if len(address) <= LONGEST_ADDRESS else ""

    def _country(self, row: Row, notes: list[str]) -> str:
        told = self._all(row, "country")
        codes = {code for each in told if (code := country_code(each, self.mapping.countries))}
        if told and not codes:
            notes.append(f"not a country: “{'; '.join(told)[:60]}”")
        if len(codes) > 1:
            notes.append(f"{len(codes)} countries are named, so none is taken: {', '.join(sorted(codes))}")
        return codes.pop() if len(codes) == 1 else self.mapping.constants.get("country", "")

    def _point(self, row: Row, notes: list[str]) -> tuple[float, float] | None:
        latitude, longitude = self._first(row, "latitude"), self._first(row, "longitude")
        point = cleaning.point(latitude, longitude)
        if point is None and (latitude or longitude):
            notes.append(f"not a point on earth: “{latitude}, {longitude}”")
        return point

    # Words of theirs with a meaning of ours.

    def _words(self, row: Row) -> dict[str, Any]:
        said: dict[str, Counter[str]] = {"domains": Counter(), "tags": Counter(), "self_description": Counter()}
        structures: set[str] = set()
        for column, meanings in self.mapping.words.items():
            for word in cleaning.split(row.cells.get(column, ""), self.mapping.separators):
                for field, codes in meanings.get(fold(word), {}).items():
                    if field == "organisational_structure":
                        structures.update(codes)
                    else:
                        said[field].update(codes)
        free = [tag for tag in self._all(row, "tags") if cleaning.is_tag(tag)]
        return {
            # What most of the words speak for comes first; of equals, what was said first.
            "domains": [code for code, _ in said["domains"].most_common(MOST_DOMAINS)],
            "tags": {*said["tags"], *free},
            "self_description": list(said["self_description"]),
            "organisational_structure": structures.pop() if len(structures) == 1 else "",
        }

    def _years(self, row: Row) -> dict[str, Any]:
        founded, precision = cleaning.year(self._first(row, "founded_year"))
        closed, _ = cleaning.year(self._first(row, "closed_year"))
        if founded and closed and closed < founded:
            closed = None
        return {"founded_year": founded, "founded_precision": precision, "closed_year": closed}


def _told_fields(mapping: Mapping) -> frozenset[str]:
    """What a list speaks of, so that the rest of a listing stays as it is when the list is imported again."""
    told = {*mapping.columns, *mapping.constants, *_meant(mapping)} - {"source", "source_id", "region", "city"}
    together = {
        "primary_url": {"urls"},
        "urls": {"primary_url"},
        "mission": {"description", "language"},
        "description": {"mission", "language"},
        "founded_year": {"founded_precision"},
    }
    for field in list(told):
        told |= together.get(field, set())
    if "city" in mapping.columns:
        told |= {"city_id", "country", "street_address"}
    if mapping.translations:
        told |= {"translations", "language"}
    return frozenset(told | {"data_licence"})


def _meant(mapping: Mapping) -> Iterable[str]:
    return {field for meanings in mapping.words.values() for meant in meanings.values() for field in meant}
