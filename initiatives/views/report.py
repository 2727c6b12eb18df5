"""A reader reports a problem with a listing: no account, no cookie, an answer by mail if they like."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from initiatives.forms.report import ReportForm
from initiatives.models import Initiative
from initiatives.views.form_pages import form_page, posted
from initiatives.views.limits import limited
from initiatives.views.once import once

# In an hour, from one network: an officer reads each of them.
MOST_REPORTS = 30


# A reader has no session that another site could misuse, and gets no cookie for a token either: whoever reports does so
# as a reader, signed in or not.
@login_not_required
@csrf_exempt
@sensitive_post_parameters()
@form_page
@limited("report", most=MOST_REPORTS)
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    listing = get_object_or_404(Initiative.objects.viewable().select_related("city"), public_id=public_id)
    form = ReportForm(posted(request))
    if form.is_valid():
        return once(request, form, lambda: _written(form, listing))
    context = {"initiative": listing, "form": form}
    response = render(request, "report/report.html", context, status=422 if form.is_bound else 200)
    add_never_cache_headers(response)
    return response


@login_not_required
@require_safe
def reported(request: HttpRequest, public_id: str) -> HttpResponse:
    listing = get_object_or_404(Initiative.objects.viewable().select_related("city"), public_id=public_id)
    return render(request, "report/reported.html", {"initiative": listing})


def _written(form: ReportForm, listing: Initiative) -> str:
    form.report(listing)
    return reverse("listing-reported", args=[listing.public_id])
