"""What becomes of what readers report."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST

from initiatives.models import Report
from initiatives.views.bounds import for_curators
from initiatives.views.desk.deciding import decide
from initiatives.views.desk.listing import own, reason_form
from initiatives.views.desk.queue import WITH_KEYS


@for_curators
@csp_override(WITH_KEYS)
@require_POST
def resolve(request: HttpRequest, public_id: str) -> HttpResponse:
    report = own_report(request, public_id)
    form = reason_form(request, "resolve", public_id, language=report.language)
    listing = own(request, report.initiative.public_id)
    return decide(request, listing, form, lambda words: report.resolve(by=request.user, words=words))


@for_curators
@csp_override(WITH_KEYS)
@require_POST
def dismiss(request: HttpRequest, public_id: str) -> HttpResponse:
    report = own_report(request, public_id)
    form = reason_form(request, "dismiss", public_id, language=report.language)
    listing = own(request, report.initiative.public_id)
    return decide(request, listing, form, lambda words: report.dismiss(by=request.user, reason=words))


def own_report(request: HttpRequest, public_id: str) -> Report:
    return get_object_or_404(Report.objects.curated_by(request.user).select_related("initiative"), public_id=public_id)
