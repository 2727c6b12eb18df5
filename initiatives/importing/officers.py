"""Rows of a list that an officer brings for their city: its rows only, and under the name of that list."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from initiatives.importing.drafts import Draft
from initiatives.importing.exactly import JOINED, FromOurselves, parts
from initiatives.importing.mapping import Mapping
from initiatives.importing.reading import Row
from initiatives.importing.verdicts import Refused
from initiatives.models import City, Domain, Initiative
from initiatives.text import fold


class FromOfficer(FromOurselves):
    """A row names what it is by the source and id of a listing of this city, as an export of ours has them; any other
    belongs to the officer's own list, where its id is what the row says or, if nothing, its name."""

    def __init__(self, mapping: Mapping, *, source: str, city: City) -> None:
        super().__init__(mapping, source=source)
        self.city = city
        self._of_lists: set[tuple[str, str]] = set()
        # By their names in any of our languages, and by their codes.
        self._domains: dict[str, str] = {}

    def learn(self, rows: Sequence[Row]) -> None:
        cells = [row.cells for row in rows]
        # Their own city beside those that the rows name: it is that of rows which name none.
        super().learn([*rows, Row(0, {"city": self.city.slug})])
        here = Initiative.objects.in_city(self.city)
        ids = [each.get("source_id", "") for each in cells if each.get("source")]
        self._of_lists = set(here.from_lists(ids).values_list("source", "source_id"))
        self._domains = {
            fold(name): domain.code for domain in Domain.objects.all() for name in (domain.code, *domain.names.values())
        }
        self._registered &= set(here.registered(list(self._registered)).values_list("public_id", flat=True))

    def draft(self, row: Row) -> Draft:
        draft = super().draft(replace(row, cells=self._own(row.cells)))
        if draft.record.city_id != self.city.pk:
            raise Refused(_("it is not in %(city)s") % {"city": self.city})
        return draft

    def _own(self, cells: dict[str, str]) -> dict[str, str]:
        own = dict(cells)
        if (own.get("source", ""), own.get("source_id", "")) not in self._of_lists:
            own["source"] = ""
        if own["source"] or own.get("public_id", "") not in self._registered:
            own["source_id"] = own.get("source_id") or own.get("public_id") or fold(own.get("name", ""))[:200]
            own["public_id"] = ""
        if own.get("domains"):
            own["domains"] = JOINED.join(self._domains.get(fold(told), told) for told in parts(own["domains"]))
        if not any(own.get(name) for name in ("city", "geonames_id")):
            own["city"] = self.city.slug
        return own
