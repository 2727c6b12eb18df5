"""Everything that is remembered, row by row, as administrators look through it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from initiatives.models.initiative import Initiative
from initiatives.models.remembering.events import HistoryEvent, HistoryQuerySet, Move

if TYPE_CHECKING:
    from initiatives.models.people import User

ROWS_A_PAGE = 50

KINDS = {
    "initiative": _("Listing"),
    "initiativedomain": _("Domain of a listing"),
    "initiativelicence": _("Licence of a listing"),
    "taggedinitiative": _("Tag of a listing"),
    "translation": _("Translation"),
    "exchange": _("Need or offer"),
    "taggedexchange": _("Tag of a need or an offer"),
    "relationship": _("Link between listings"),
    "reviewevent": _("Decision on a listing"),
    "claim": _("Claim"),
    "stewardship": _("Steward"),
    "invitation": _("Invitation"),
    "consent": _("Consent"),
    "confirmation": _("Confirmation"),
    "report": _("Report"),
    "merge": _("Merge"),
    "verdictevent": _("What is said of two listings"),
    "placement": _("Place in a group"),
    "appointment": _("Role"),
    "user": _("Rights of a person"),
    "user_groups": _("Rights of a person, by group"),
    "user_user_permissions": _("Rights of a person, one by one"),
}
MOVES = {Move.MADE: _("new"), Move.CHANGED: _("changed"), Move.REMOVED: _("removed")}


@dataclass(frozen=True, slots=True)
class Difference:
    column: str
    was: Any
    became: Any


@dataclass(frozen=True, slots=True)
class Row:
    """An event with whom and what its keys stand for, as long as they are there."""

    event: HistoryEvent
    actor: "User | None"
    about: "User | None"
    listing: Initiative | None

    @property
    def kind(self) -> str:
        return KINDS.get(self.event.kind, self.event.kind)

    @property
    def move(self) -> str:
        return MOVES[Move(self.event.move)]

    @property
    def role(self) -> str:
        return self.event.get_role_display()

    @property
    def differences(self) -> list[Difference]:
        was, became = self.event.was or {}, self.event.became or {}
        return [Difference(column, was.get(column), became.get(column)) for column in sorted({*was, *became})]


@dataclass(frozen=True, slots=True)
class TrailPage:
    rows: list[Row]
    before: int | None


def trail(events: HistoryQuerySet, *, before: int | None = None) -> TrailPage:
    """The newest first, with the names in two queries however many there are."""
    found = list(events.newest_first(before=before)[: ROWS_A_PAGE + 1])
    shown = found[:ROWS_A_PAGE]
    return TrailPage(_rows(shown), shown[-1].pk if len(found) > ROWS_A_PAGE else None)


def _rows(events: Iterable[HistoryEvent]) -> list[Row]:
    from initiatives.models.people import User

    events = list(events)
    people = User.objects.in_bulk({key for event in events for key in (event.actor, event.about) if key})
    listings = Initiative.objects.in_bulk({event.listing for event in events if event.listing})
    return [
        Row(event, people.get(event.actor), people.get(event.about), listings.get(event.listing)) for event in events
    ]
