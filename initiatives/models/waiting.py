"""What waits for an officer, kind by kind: each as rows of the same columns, so that one queue can be made of them.

Columns: `key` of the thing, of changes that of their listing (all of one are looked at together); `listing`; `since`
when; `urgent`, 0 for what comes first; `unmarked`, 0 for what wants a closer look; `place`,
the city of the listing.
"""

from collections.abc import Callable

from django.db import models
from django.db.models import Case, Exists, F, Min, OuterRef, Q, Value, When
from django.db.models.expressions import Expression
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from initiatives.models import Change, Claim, Confirmation, DuplicatePair, Merge, Report
from initiatives.models.choices import COMPARED, ReviewState
from initiatives.models.queries import InitiativeQuerySet
from initiatives.models.reports import ReportKind
from initiatives.models.roles import Appointment, Role

type Rows = models.QuerySet
COLUMNS = ("kind_of_desk", "key", "listing", "since", "rank", "unmarked")


class DeskKind(models.TextChoices):
    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    CLAIM = "claim", _("Claims")
    REPORT = "report", _("Reports")
    DUPLICATE = "duplicate", _("Likely the same")
    MERGE = "merge", _("Merges")
    UNCONFIRMED = "unconfirmed", _("Unconfirmed")
    SUSPICIOUS = "suspicious", _("Suspicious reports")


def new(listings: InitiativeQuerySet) -> Rows:
    submitted = listings.filter(review_state=ReviewState.SUBMITTED)
    return submitted.annotate(key=F("pk"), listing=F("pk"), since=F("review_since"), **_plain(), place=F("city"))


def changed(listings: InitiativeQuerySet) -> Rows:
    unseen = listings.filter(review_state=ReviewState.PUBLISHED, changes__in=Change.objects.unseen())
    return unseen.values("pk").annotate(
        key=F("pk"),
        listing=F("pk"),
        since=Min("changes__at"),
        urgent=Value(1),
        unmarked=Min(_zero_for(Q(changes__is_marked=True))),
        place=F("city"),
    )


def claims(listings: InitiativeQuerySet) -> Rows:
    return _about(Claim.objects.pending(), listings)


def reports(listings: InitiativeQuerySet) -> Rows:
    """Whoever asks to be taken out comes first."""
    urgent = Case(When(kind=ReportKind.ABOUT_ME, then=Value(0)), default=Value(1))
    return _about(Report.objects.open().by_people(), listings, urgent=urgent)


def suspicious(listings: InitiativeQuerySet) -> Rows:
    """What a program seems to have written waits beside the queue."""
    return _about(Report.objects.open().suspicious(), listings)


def duplicates(listings: InitiativeQuerySet) -> Rows:
    """Where one of the two is theirs: of two cities both officers see the pair."""
    mine = _keys(listings)
    pairs = DuplicatePair.objects.filter(a__review_state__in=COMPARED, b__review_state__in=COMPARED)
    shown = pairs.filter(Q(a__in=mine) | Q(b__in=mine))
    return shown.annotate(key=F("pk"), listing=F("a"), since=F("found_at"), **_plain(), place=F("a__city"))


def merges(listings: InitiativeQuerySet) -> Rows:
    """Proposed by the officer of another city, or with an objection; on both desks."""
    mine = _keys(listings)
    waiting = Merge.objects.waiting().filter(Q(kept__in=mine) | Q(merged__in=mine))
    since = Coalesce("objected_at", "at")
    return waiting.annotate(key=F("pk"), listing=F("kept"), since=since, **_plain(), place=F("kept__city"))


def unconfirmed(listings: InitiativeQuerySet) -> Rows:
    return _about(Confirmation.objects.on_desk(), listings, since="on_desk_at")


SOURCES: dict[DeskKind, Callable[[InitiativeQuerySet], Rows]] = {
    DeskKind.NEW: new,
    DeskKind.CHANGED: changed,
    DeskKind.CLAIM: claims,
    DeskKind.REPORT: reports,
    DeskKind.DUPLICATE: duplicates,
    DeskKind.MERGE: merges,
    DeskKind.UNCONFIRMED: unconfirmed,
    DeskKind.SUSPICIOUS: suspicious,
}
# Nothing of these is asked of anybody: they are looked at by whoever asks for them.
BESIDE = frozenset({DeskKind.SUSPICIOUS})


def without_officer(city: str) -> Exists:
    """Whether nobody is officer of the city in this column: such listings are the administrators'."""
    appointed = Appointment.objects.in_force().to(Role.OFFICER)
    return ~Exists(appointed.filter(person__is_active=True, city=OuterRef(city)))


def _about(things: Rows, listings: InitiativeQuerySet, *, since: str = "at", **first: Expression) -> Rows:
    return things.filter(initiative__in=_keys(listings)).annotate(
        key=F("pk"), listing=F("initiative"), since=F(since), **_plain() | first, place=F("initiative__city")
    )


def _keys(listings: InitiativeQuerySet) -> Rows:
    return listings.order_by().values("pk")


def _plain() -> dict[str, Expression]:
    return {"urgent": Value(1), "unmarked": Value(1)}


def _zero_for(condition: Q) -> Case:
    return Case(When(condition, Value(0)), default=Value(1))
