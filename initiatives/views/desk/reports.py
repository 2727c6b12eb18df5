"""What becomes of what readers report."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from initiatives.models import Report
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


def own_report(request: HttpRequest, public_id: str) -> Report:
    return get_object_or_404(Report.objects.curated_by(request.user).select_related("initiative"), public_id=public_id)
