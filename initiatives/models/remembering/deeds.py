"""The history of one listing: deeds, the newest first, each with what it did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from initiatives.models.acting import ActingRole
from initiatives.models.remembering.events import HistoryEvent
from initiatives.models.remembering.names import Names
from initiatives.models.remembering.parts import Telling, Told
from initiatives.models.remembering.sentences import told

if TYPE_CHECKING:
    from initiatives.models.initiative import Initiative
    from initiatives.models.people import User

DEEDS_A_PAGE = 20
# A deed writes a handful of rows; a merge of two long listings some hundred.
MOST_EVENTS = 600


@dataclass(frozen=True, slots=True)
class Deed:
    at: datetime
    told: list[Told]


@dataclass(frozen=True, slots=True)
class DeedPage:
    """`before` is where the next page begins; None on the last."""

    deeds: list[Deed]
    before: int | None


def history_of(listing: "Initiative", *, reader: "User", before: int | None = None) -> DeedPage:
    """What the reader did is told as theirs; of everybody else only the role is."""
    events = list(HistoryEvent.objects.of_listing(listing.pk).newest_first(before=before)[: MOST_EVENTS + 1])
    found = [list(these) for _key, these in groupby(events, key=lambda event: event.deed_key)]
    if len(events) > MOST_EVENTS and len(found) > 1:
        found.pop()  # its other rows were not read
    shown = found[:DEEDS_A_PAGE]
    names = Names([event for these in shown for event in these])
    deeds = [_deed(these[::-1], listing.pk, reader=reader, names=names) for these in shown]
    more = len(found) > DEEDS_A_PAGE or len(events) > MOST_EVENTS
    return DeedPage([deed for deed in deeds if deed.told], shown[-1][-1].pk if shown and more else None)


def _deed(events: Sequence[HistoryEvent], listing: int, *, reader: "User", names: Names) -> Deed:
    first = events[0]
    who = _("You") if first.actor == reader.pk else who_as(first.role)
    return Deed(first.at, told(events, Telling(who, listing, names)))


def who_as(role: str) -> str:
    """As the subject of a sentence."""
    return {
        ActingRole.STEWARD: _("A steward"),
        ActingRole.OFFICER: _("An officer"),
        ActingRole.ADMINISTRATOR: _("An administrator"),
        ActingRole.BROKER: _("A broker"),
        ActingRole.CLAIMANT: _("Somebody who claims it"),
        ActingRole.VISITOR: _("A visitor"),
    }.get(ActingRole(role), _("The directory"))
