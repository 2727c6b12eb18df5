"""The rows of a desk: what waits, as an officer reads it in a line, and where it is decided."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from initiatives.models import Change, Claim, DuplicatePair, Initiative, Merge, MergeState, Report, User
from initiatives.models.desk import Desk, Waiting
from initiatives.models.telling import and_list
from initiatives.models.waiting import DeskKind
from initiatives.models.wording import LABELS

ONE = {
    DeskKind.NEW: pgettext_lazy("a listing", "New"),
    DeskKind.CHANGED: pgettext_lazy("a listing", "Changed"),
    DeskKind.CLAIM: gettext_lazy("Claim"),
    DeskKind.REPORT: gettext_lazy("Report"),
    DeskKind.DUPLICATE: gettext_lazy("Likely the same"),
    DeskKind.MERGE: gettext_lazy("Merge"),
    DeskKind.UNCONFIRMED: pgettext_lazy("a listing", "Unconfirmed"),
    DeskKind.SUSPICIOUS: gettext_lazy("Report"),
}
# Where on the page of its listing it is decided.
PARTS = {
    DeskKind.CHANGED: "changes",
    DeskKind.CLAIM: "claims",
    DeskKind.REPORT: "reports",
    DeskKind.UNCONFIRMED: "confirm",
    DeskKind.SUSPICIOUS: "reports",
}


@dataclass(frozen=True, slots=True)
class DeskRow:
    kind: str
    listing: Initiative
    url: str
    since: datetime
    said: str
    is_marked: bool = False  # wants a closer look

    @property
    def kind_label(self) -> str:
        return str(ONE[DeskKind(self.kind)])


def desk_rows(rows: Iterable[Waiting], *, kind: str = "") -> list[DeskRow]:
    """A fixed number of queries, however many rows; `kind` is what the queue was narrowed to."""
    found = list(rows)
    keys = defaultdict(list)
    for row in found:
        keys[row.kind].append(row.key)
    things = {name: load(keys[name]) for name, load in LOADED.items() if keys[name]}
    listings = Initiative.objects.with_keys(row.listing for row in found).select_related("city").in_bulk()
    return [_row(row, listings[row.listing], things.get(row.kind, {}).get(row.key), kind) for row in found]


def address(row: Waiting, public_id: str, other: str = "", *, kind: str = "") -> str:
    """The queue goes on from there as it was narrowed; `other` is the second of a pair, which has a page of its own."""
    query = f"?{urlencode({'kind': kind})}" if kind else ""
    if other:
        return reverse("desk-pair", args=[public_id, other]) + query
    if row.kind == DeskKind.MERGE:
        return reverse("desk-merges")
    part = f"#{PARTS[row.kind]}" if row.kind in PARTS else ""
    return reverse("desk-listing", args=[public_id]) + query + part


def next_address(user: User, listing: Initiative, *, kind: str = "") -> str:
    """Where what comes after this listing is decided; empty when nothing else waits."""
    row = Desk(user).after(listing, kind)
    if row is None:
        return ""
    keys = [row.listing]
    if row.kind == DeskKind.DUPLICATE:
        keys.append(DuplicatePair.objects.get(pk=row.key).b_id)
    ids = dict(Initiative.objects.with_keys(keys).values_list("pk", "public_id"))
    return address(row, *(ids[key] for key in keys), kind=kind)


def _row(row: Waiting, listing: Initiative, thing: Any, kind: str) -> DeskRow:
    said, is_marked = SAID[row.kind](listing, thing)
    other = thing.b.public_id if row.kind == DeskKind.DUPLICATE else ""
    url = address(row, listing.public_id, other, kind=kind)
    return DeskRow(row.kind, listing, url, row.since, said, is_marked)


# What is loaded for the rows of a kind, by the key of the row.


def _changes(keys: list[int]) -> Mapping[int, list[Change]]:
    found = defaultdict(list)
    for change in Change.objects.unseen().of_listings(keys):
        found[change.initiative_id].append(change)
    return found


LOADED: Mapping[str, Callable[[list[int]], Mapping[int, Any]]] = {
    DeskKind.CHANGED: _changes,
    DeskKind.CLAIM: Claim.objects.in_bulk,
    DeskKind.REPORT: Report.objects.in_bulk,
    DeskKind.SUSPICIOUS: Report.objects.in_bulk,
    DeskKind.DUPLICATE: lambda keys: DuplicatePair.objects.select_related("b__city").in_bulk(keys),
    DeskKind.MERGE: lambda keys: Merge.objects.with_listings().in_bulk(keys),
}


# What is said of it, and whether it wants a closer look.


def _new(listing: Initiative, _thing: None) -> tuple[str, bool]:
    return listing.mission, False


def _changed(_listing: Initiative, changes: list[Change]) -> tuple[str, bool]:
    names = dict.fromkeys(name for change in changes for name in change.became)
    return and_list([str(LABELS[name]) for name in names]), any(change.is_marked for change in changes)


def _claim(_listing: Initiative, claim: Claim) -> tuple[str, bool]:
    return claim.evidence, False


def _report(_listing: Initiative, report: Report) -> tuple[str, bool]:
    kind = report.get_kind_display()
    said = _("%(kind)s: %(words)s") % {"kind": kind, "words": report.words} if report.words else str(kind)
    return said, report.is_urgent


def _duplicate(_listing: Initiative, pair: DuplicatePair) -> tuple[str, bool]:
    other = f"{pair.b}, {pair.b.city}" if pair.b.city else str(pair.b)
    return _("perhaps the same as %(other)s") % {"other": other}, False


def _merge(_listing: Initiative, merge: Merge) -> tuple[str, bool]:
    if merge.state == MergeState.PROPOSED:
        return _("proposed to be one with %(other)s") % {"other": merge.merged}, False
    return _("a steward objects to its merge with %(other)s") % {"other": merge.merged}, True


def _unconfirmed(listing: Initiative, _thing: None) -> tuple[str, bool]:
    if listing.confirmed_on is None:
        return _("Its stewards were asked twice and have not answered. Never confirmed."), False
    when = date_format(listing.confirmed_on, "DATE_FORMAT")
    return _("Its stewards were asked twice and have not answered. Last confirmed on %(date)s.") % {"date": when}, False


SAID: Mapping[str, Callable[[Initiative, Any], tuple[str, bool]]] = {
    DeskKind.NEW: _new,
    DeskKind.CHANGED: _changed,
    DeskKind.CLAIM: _claim,
    DeskKind.REPORT: _report,
    DeskKind.SUSPICIOUS: _report,
    DeskKind.DUPLICATE: _duplicate,
    DeskKind.MERGE: _merge,
    DeskKind.UNCONFIRMED: _unconfirmed,
}
