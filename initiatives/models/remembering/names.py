"""What the keys in remembered rows stand for today, found in one query a kind."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext as _

from initiatives.models.city import City
from initiatives.models.domain import Domain
from initiatives.models.initiative import Initiative
from initiatives.models.licence import Licence
from initiatives.models.moderation import ReviewEvent
from initiatives.models.remembering.events import HistoryEvent
from initiatives.models.source import Source
from initiatives.models.tag import Tag

# The columns that hold keys, whatever table they are in.
COLUMNS: dict[str, type[models.Model]] = {
    "city_id": City,
    "domain_id": Domain,
    "licence_id": Licence,
    "tag_id": Tag,
}


class Names:
    """Of a fixed number of queries, however many events there are."""

    def __init__(self, events: Iterable[HistoryEvent]) -> None:
        keys: dict[type[models.Model], set[int]] = defaultdict(set)
        listings, decisions = set(), set()
        for event in events:
            listings |= {event.listing, event.other} - {None}
            if event.kind == "reviewevent":
                decisions.add(event.row)
            for values in (event.was or {}, event.became or {}):
                for column in COLUMNS.keys() & values.keys():
                    keys[COLUMNS[column]].add(values[column])
        self._named = {model: model.objects.in_bulk(keys[model] - {None}) for model in COLUMNS.values()}
        self._listings = Initiative.objects.in_bulk(listings)
        self._reasons = dict(ReviewEvent.objects.filter(pk__in=decisions).values_list("pk", "reason"))
        self._sources = dict(Source.objects.values_list("code", "name"))

    def of(self, column: str, key: int | None) -> str:
        """Nothing for no key; what is no longer there has no name."""
        if key is None:
            return ""
        found = self._named[COLUMNS[column]].get(key)
        return str(found) if found else _("(no longer there)")

    def listing(self, key: int | None) -> Initiative | None:
        return self._listings.get(key)

    def source(self, code: str) -> str:
        return self._sources.get(code, code)

    def reason(self, decision: int) -> str:
        """In the words of whoever decided, or who answered."""
        return self._reasons.get(decision, "")
