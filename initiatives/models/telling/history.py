"""How a group came about, a sentence for each thing that happened, by month.

Nobody who decided is named, and of listings only how many; other groups are named while everybody may see them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.models.overlaps import EventKind, GroupEvent

# Another group by its public id: its name and its address.
Names = Mapping[str, tuple[str, str]]

# The others are told where they lead to another page, or are undone.
BIRTHS = (EventKind.FORMED, EventKind.SPLIT_FROM, EventKind.MADE_BY_HAND)
SUMMED = (
    EventKind.FORMED,
    EventKind.RETURNED,
    EventKind.GREW,
    EventKind.SHRANK,
    EventKind.PINNED,
    EventKind.BARRED,
)
WITH_A_GROUP = (
    EventKind.SPLIT_FROM,
    EventKind.SPLIT_INTO,
    EventKind.TOOK_OVER,
    EventKind.SPLIT_BY_HAND,
    EventKind.MADE_BY_HAND,
)


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    sentences: list[SafeString]

    @property
    def name(self) -> str:
        """“March 2026”, in the reader's language."""
        return date_format(self.first, "YEAR_MONTH_FORMAT")

    @property
    def code(self) -> str:
        return f"{self.first:%Y-%m}"


def groups_named(events: Iterable[GroupEvent]) -> set[str]:
    """Public ids of the other groups that the sentences speak of."""
    return {each.evidence["group"] for each in events if each.kind in WITH_A_GROUP}


def by_month(events: Iterable[GroupEvent], names: Names, *, formed_at: datetime) -> list[Month]:
    """The newest first; `events` are those that still stand, newest first. Of a group that is older than what is
    written down of it `formed_at` is told."""
    found = list(events)
    months = [
        Month(first, _sentences(list(these), names))
        for first, these in groupby(found, key=lambda each: _month(each.at))
    ]
    if not any(each.kind in BIRTHS for each in found):
        birth = Month(_month(formed_at), [format_html("{}", _("It was found."))])
        months.append(birth)
    return [month for month in months if month.sentences]


def _month(moment: datetime) -> date:
    return moment.date().replace(day=1)


def _sentences(events: Sequence[GroupEvent], names: Names) -> list[SafeString]:
    """What happened to the group with others, then what came together in this month."""
    counts: Counter[str] = Counter()
    for event in events:
        counts[event.kind] += event.evidence.get("count", 1)
    told = [_with_a_group(event, names) for event in events if event.kind in WITH_A_GROUP]
    told += [_summed(kind, counts[kind]) for kind in SUMMED if counts[kind]]
    if counts[EventKind.NAMED]:
        told.append(format_html("{}", _("A curator named it.")))
    if counts[EventKind.DISSOLVED]:
        told.append(format_html("{}", _("It dissolved.")))
    return told


def _summed(kind: str, n: int) -> SafeString:
    match kind:
        case EventKind.FORMED:
            said = ngettext("It was found, with {n} member.", "It was found, with {n} members.", n)
        case EventKind.RETURNED:
            said = ngettext("It came together again, with {n} member.", "It came together again, with {n} members.", n)
        case EventKind.GREW:
            said = ngettext("It grew by {n}.", "It grew by {n}.", n)
        case EventKind.SHRANK:
            said = ngettext("It shrank by {n}.", "It shrank by {n}.", n)
        case EventKind.PINNED:
            said = ngettext("A curator put an initiative in it.", "Curators put {n} initiatives in it.", n)
        case _:
            said = ngettext("A curator took an initiative out of it.", "Curators took {n} initiatives out of it.", n)
    return format_html(said, n=n)


def _with_a_group(event: GroupEvent, names: Names) -> SafeString:
    n = event.evidence.get("count", 1)
    match event.kind:
        case EventKind.SPLIT_FROM:
            said = ngettext(
                "It was split from {group}, with {n} member.", "It was split from {group}, with {n} members.", n
            )
        case EventKind.SPLIT_INTO:
            said = ngettext(
                "{n} of its members was split off: {group}.", "{n} of its members were split off: {group}.", n
            )
        case EventKind.TOOK_OVER:
            said = ngettext("It took over {n} member of {group}.", "It took over {n} members of {group}.", n)
        case EventKind.SPLIT_BY_HAND:
            said = ngettext(
                "A curator made a group of {n} of its members: {group}.",
                "A curator made a group of {n} of its members: {group}.",
                n,
            )
        case _:
            said = ngettext(
                "A curator made it of {n} member of {group}.", "A curator made it of {n} members of {group}.", n
            )
    return format_html(said, n=n, group=_group(event.evidence["group"], names))


def _group(public_id: str, names: Names) -> str:
    if public_id not in names:
        return _("another group")
    name, address = names[public_id]
    return format_html('<a href="{}">{}</a>', address, name)
