"""Rows with the columns of our own export: taken letter by letter, so that an export imports again unchanged."""

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from initiatives.importing import cleaning, languages
from initiatives.importing.countries import country_code
from initiatives.importing.drafts import Draft
from initiatives.importing.mapping import Mapping
from initiatives.importing.places import Cities
from initiatives.importing.reading import Row
from initiatives.importing.records import Record
from initiatives.importing.verdicts import Refused
from initiatives.models import Domain, Initiative, Licence
from initiatives.models.choices import (
    GeographicScope,
    OrganisationalStructure,
    OutputKind,
    SelfDescription,
    Status,
    YearPrecision,
)
from initiatives.models.initiative import MOST_DOMAINS
from initiatives.opendata.guard import unguard

JOINED = "; "
TEXTS = ("name", "mission", "description", "primary_url", "source_url", "data_licence")
CODES: dict[str, Collection[str]] = {
    "status": Status.values,
    "geographic_scope": GeographicScope.values,
    "organisational_structure": OrganisationalStructure.values,
    "founded_precision": YearPrecision.values,
}
SPOKEN = ("mission", "description")  # where somebody may have written down how to reach a person
WHOLE = ("founded_year", "closed_year", "number_of_members")
UNKNOWN = {"status": Status.UNKNOWN.value, "geographic_scope": GeographicScope.UNKNOWN.value}


class FromOurselves:
    """Makes drafts of rows in our own words; a word of none of ours refuses the row."""

    def __init__(self, mapping: Mapping, *, source: str) -> None:
        self.mapping = mapping
        self.cities = Cities()
        self.source = source
        self._registered: set[str] = set()

    def learn(self, rows: Sequence[Row]) -> None:
        cells = [row.cells for row in rows]
        self.cities.learn(
            (each.get("city", "").replace("-", " ") for each in cells),
            numbers=[int(told) for each in cells if (told := each.get("geonames_id", "")).isdecimal()],
            slugs=[each.get("city", "") for each in cells],
        )
        ids = [each.get("public_id", "") for each in cells if not each.get("source")]
        self._registered = set(Initiative.objects.registered(ids).values_list("public_id", flat=True))

    def draft(self, row: Row) -> Draft:
        cells = {name: unguard(told) for name, told in row.cells.items() if name in self.mapping.columns}
        registered = not cells.get("source") and cells.get("public_id") in self._registered
        notes: list[str] = []
        values = self._values(cells) | self._place(cells, notes)
        town = values.pop("town")
        if registered:
            origin: dict[str, Any] = {"source_id": "", "public_id": cells["public_id"]}
        else:
            origin = {"source": cells.get("source") or self.source, "source_id": _source_id(cells)}
            if not origin["source"]:
                raise Refused("it names no source; say --source CODE for rows that name none")
        record = Record(told=frozenset(values), **origin, **values)
        return Draft(row.number, record, town, notes, doubt=_doubt(record.name))

    def _values(self, cells: dict[str, str]) -> dict[str, Any]:
        values: dict[str, Any] = {name: cells[name] for name in TEXTS if name in cells}
        values |= {name: _code(name, cells[name]) for name in CODES if name in cells}
        values |= {name: _whole(name, cells[name]) for name in WHOLE if name in cells}
        values |= {name: read(cells[name]) for name, read in self._lists.items() if name in cells}
        if "founded_year" in values and "founded_precision" not in values:
            values["founded_precision"] = YearPrecision.EXACT.value if values["founded_year"] else ""
        values |= {name: cleaning.without_contacts(values[name]) for name in SPOKEN if name in values}
        values["language"] = _language(cells)
        _check(values)
        return values

    @cached_property
    def _lists(self) -> dict[str, Callable[[str], Any]]:
        domains = set(Domain.objects.values_list("code", flat=True))
        licences = set(Licence.objects.values_list("spdx_id", flat=True))
        return {
            "nickname": parts,
            "urls": parts,
            "tags": lambda told: set(parts(told)),
            "domains": lambda told: _among(parts(told), domains, "domains"),
            "self_description": lambda told: _among(parts(told), SelfDescription.values, "self_description"),
            "licences": lambda told: {_licence(part, licences) for part in parts(told)},
            "evidence": lambda told: [{"url": url, "for": []} for url in parts(told)],
        }

    def _place(self, cells: dict[str, str], notes: list[str]) -> dict[str, Any]:
        values: dict[str, Any] = {"town": cells.get("city_name") or cells.get("city", "")}
        country = country_code(cells.get("country", ""))
        if cells.get("country") and not country:
            raise Refused(_("country: “%(told)s” is none") % {"told": cells["country"][:40]})
        if {"country", "city", "geonames_id"} & cells.keys():
            values["country"] = country
        point = cleaning.point(cells.get("latitude", ""), cells.get("longitude", ""))
        if point is None and (cells.get("latitude") or cells.get("longitude")):
            raise Refused(_("latitude and longitude: not a point on earth"))
        if {"latitude", "longitude"} <= cells.keys():
            values |= {"latitude": point[0] if point else None, "longitude": point[1] if point else None}
        if "city" in cells or "geonames_id" in cells:
            values |= self._city(cells, country, point, notes)
        return values

    def _city(
        self, cells: dict[str, str], country: str, point: tuple[float, float] | None, notes: list[str]
    ) -> dict[str, Any]:
        place = self.cities.known_as(number=cells.get("geonames_id", ""), slug=cells.get("city", ""))
        if place is None:
            found = self.cities.find(cells.get("city", "").replace("-", " "), country=country, point=point)
            place = found.place
            if not place and cells.get("city"):
                notes.append(found.note or f"not in the list of cities: “{cells['city'][:60]}”")
        if place and country and place.country != country:
            raise Refused(
                _("%(city)s is in %(country)s, not in %(told)s")
                % {"city": place.name, "country": place.country, "told": country}
            )
        if place is None:
            return {"city_id": None}
        return {"city_id": place.key, "country": place.country, "town": place.name}


def _doubt(name: str) -> str:
    """A name that is none refuses a new row; the odd name of a listing that is here stays what it is."""
    try:
        cleaning.checked_name(name)
    except Refused as error:
        return str(error)
    return ""


def _source_id(cells: dict[str, str]) -> str:
    told = (cells.get("source_id") if cells.get("source") else "") or cells.get("public_id") or cells.get("source_id")
    if not told:
        raise Refused(_("it has no source_id"))
    if len(told) > cleaning.LONGEST_ID:
        raise Refused(
            _("its source_id has %(number)d characters; %(most)d are the most")
            % {"number": len(told), "most": cleaning.LONGEST_ID}
        )
    return told


def parts(cell: str) -> list[str]:
    return cell.split(JOINED) if cell else []


def _code(field: str, told: str) -> str:
    if told and told not in CODES[field]:
        raise Refused(
            _("%(column)s: “%(told)s” is none of %(known)s")
            % {"column": field, "told": told[:40], "known": ", ".join(CODES[field])}
        )
    return told or UNKNOWN.get(field, "")


def _whole(field: str, told: str) -> int | None:
    if told and not told.isdecimal():
        raise Refused(_("%(column)s: “%(told)s” is no whole number") % {"column": field, "told": told[:40]})
    return int(told) if told else None


def _among(codes: list[str], known: Collection[str], field: str) -> list[str]:
    if unknown := [code for code in codes if code not in known]:
        raise Refused(_("%(column)s: “%(told)s” is none of ours") % {"column": field, "told": unknown[0][:40]})
    return codes


def _licence(told: str, known: Collection[str]) -> tuple[str, str]:
    output, _colon, spdx_id = told.partition(": ")
    if output not in OutputKind.values or spdx_id not in known:
        raise Refused(
            _("licences: “%(told)s” is not as “software: AGPL-3.0-or-later”, or not in the catalogue")
            % {"told": told[:60]}
        )
    return spdx_id, output


def _language(cells: dict[str, str]) -> str:
    told = cells.get("language", "")
    if not told:
        return languages.detected(" ".join(filter(None, (cells.get("mission"), cells.get("description")))))
    if not languages.stated(told):
        raise Refused(_("language: “%(told)s” is none") % {"told": told[:20]})
    return told


def _check(values: dict[str, Any]) -> None:
    """What the database would refuse, said so that people know what to mend."""
    if not values.get("name"):
        raise Refused(_("it has no name"))
    founded, closed = values.get("founded_year"), values.get("closed_year")
    for field, year in (("founded_year", founded), ("closed_year", closed)):
        if year and not 1000 <= year <= 2200:
            raise Refused(_("%(column)s: %(year)d is out of range") % {"column": field, "year": year})
    if founded and closed and closed < founded:
        raise Refused(
            _("it ended in %(closed)d, before it began in %(founded)d") % {"closed": closed, "founded": founded}
        )
    if len(values.get("domains", ())) > MOST_DOMAINS:
        raise Refused(_("domains: %(most)d are the most") % {"most": MOST_DOMAINS})
    for field in ("primary_url", "source_url", "urls", "evidence"):
        for address in _addresses(values.get(field)):
            if not cleaning.is_website(address):
                raise Refused(
                    _("%(column)s: “%(told)s” is no address on the web") % {"column": field, "told": address[:60]}
                )


def _addresses(told: Any) -> list[str]:
    """Of a cell with one address, of a list of them, or of evidence."""
    if isinstance(told, list):
        return [each["url"] if isinstance(each, dict) else each for each in told]
    return [told] if told else []
