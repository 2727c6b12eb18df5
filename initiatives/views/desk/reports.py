"""What becomes of what readers report."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from initiatives.models import Report
from initiatives.views.bounds import for_curators
from initiatives.views.desk.deciding import decide, decision
from initiatives.views.desk.listing import own, reason_form


@decision
def resolve(request: HttpRequest, public_id: str) -> HttpResponse:
    report = own_report(request, public_id)
    form = reason_form(request, "resolve", thing=public_id, language=report.language)
    listing = own(request, report.initiative.public_id)
    return decide(request, listing, form, lambda words: report.resolve(by=request.user, words=words))


@decision
def dismiss(request: HttpRequest, public_id: str) -> HttpResponse:
    report = own_report(request, public_id)
    form = reason_form(request, "dismiss", thing=public_id, language=report.language)
    listing = own(request, report.initiative.public_id)
    return decide(request, listing, form, lambda words: report.dismiss(by=request.user, reason=words))


@for_curators
@require_POST
def dismiss_suspicious(request: HttpRequest) -> HttpResponse:
    """All at once; nobody is told."""
    found = Report.objects.curated_by(request.user).suspicious()
    count = found.dismiss(by=request.user, reason=_("A program seems to have written this."))
    done = ngettext("%(n)s report is put aside.", "%(n)s reports are put aside.", count)
    messages.success(request, done % {"n": count})
    return redirect("desk")


def own_report(request: HttpRequest, public_id: str) -> Report:
    return get_object_or_404(Report.objects.curated_by(request.user).select_related("initiative"), public_id=public_id)
