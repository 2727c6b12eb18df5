"""A decision can be undone for half a minute: every page of the desk offers it, and a button does it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from initiatives.models import Claim, Initiative, Report, ReviewEvent, User
from initiatives.models.choices import ReviewState
from initiatives.models.claims import ClaimState
from initiatives.views.attempt import attempt
from initiatives.views.bounds import for_curators

# Of a list that was taken back every listing was withdrawn a moment ago.
MOST_OFFERED = 3
SAID = {
    ReviewState.PUBLISHED: gettext_lazy("“%(name)s” is published."),
    ReviewState.NEEDS_INFORMATION: gettext_lazy("Your question about “%(name)s” is on its way."),
    ReviewState.DECLINED: gettext_lazy("“%(name)s” is declined."),
    ReviewState.WITHDRAWN: gettext_lazy("“%(name)s” is taken out of the directory."),
}
CLAIMED = {
    ClaimState.APPROVED: gettext_lazy("The claim on “%(name)s” is approved."),
    ClaimState.DENIED: gettext_lazy("The claim on “%(name)s” is denied."),
}


@dataclass(frozen=True, slots=True)
class Undoable:
    said: str
    url: str


def undoable(user: User) -> list[Undoable]:
    """What they decided a moment ago."""
    decisions = [
        Undoable(SAID[event.became] % {"name": event.initiative}, reverse("desk-undo", args=[event.pk]))
        for event in ReviewEvent.objects.undoable_by(user)
    ]
    reports = [
        Undoable(
            _("The report on “%(name)s” is answered.") % {"name": report.initiative},
            reverse("desk-report-undo", args=[report.public_id]),
        )
        for report in Report.objects.undoable_by(user)
    ]
    claims = [
        Undoable(CLAIMED[claim.state] % {"name": claim.initiative}, reverse("desk-claim-undo", args=[claim.pk]))
        for claim in Claim.objects.undoable_by(user)
    ]
    return [*decisions, *reports, *claims][:MOST_OFFERED]


@for_curators
@require_POST
def undo(request: HttpRequest, event: int) -> HttpResponse:
    decided = get_object_or_404(ReviewEvent.objects.select_related("initiative"), pk=event, by=request.user)
    listing = get_object_or_404(Initiative.objects.curated_by(request.user), pk=decided.initiative_id)
    said = _("Undone. “%(name)s” waits again, and nobody was told.") % {"name": listing}
    attempt(request, lambda: listing.undo_decision(decided, by=request.user), said)
    return redirect("desk-listing", listing.public_id)


@for_curators
@require_POST
def undo_report(request: HttpRequest, public_id: str) -> HttpResponse:
    report = get_object_or_404(Report.objects.curated_by(request.user), public_id=public_id)
    said = _("Undone. The report waits again, and nobody was told.")
    attempt(request, lambda: report.reopen(by=request.user), said)
    return redirect(reverse("desk-listing", args=[report.initiative.public_id]) + "#reports")


@for_curators
@require_POST
def undo_claim(request: HttpRequest, claim: int) -> HttpResponse:
    decided = get_object_or_404(Claim.objects.curated_by(request.user).select_related("initiative", "by"), pk=claim)
    said = _("Undone. The claim waits again, and nobody was told.")
    attempt(request, lambda: decided.reopen(by=request.user), said)
    return redirect(reverse("desk-listing", args=[decided.initiative.public_id]) + "#claims")
