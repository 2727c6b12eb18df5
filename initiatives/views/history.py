"""What happened to a listing, for those who keep or curate it; and everything that happened, for administrators."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from initiatives.forms.history import TrailForm
from initiatives.models import HistoryEvent, Initiative
from initiatives.models.remembering.deeds import history_of
from initiatives.models.remembering.trail import trail
from initiatives.text import whole_number
from initiatives.views.bounds import for_administrators, for_curators, for_signed_in


@never_cache
@for_signed_in
@require_safe
def listing_history(request: HttpRequest, public_id: str) -> HttpResponse:
    listing = get_object_or_404(Initiative.objects.kept_or_curated_by(request.user), public_id=public_id)
    is_own = Initiative.objects.stewarded_by(request.user).contains(listing)
    # A steward needs no second factor, whoever reads it as a curator does.
    answer = history_page if is_own else for_curators(history_page)
    return answer(request, listing)


def history_page(request: HttpRequest, listing: Initiative) -> HttpResponse:
    page = history_of(listing, reader=request.user, before=position(request))
    return render(request, "history/listing.html", {"initiative": listing, "page": page})


@never_cache
@for_administrators
@require_safe
def administration_history(request: HttpRequest) -> HttpResponse:
    form = TrailForm(request.GET)
    events = HistoryEvent.objects.asked(**form.cleaned_data) if form.is_valid() else HistoryEvent.objects.none()
    context = {"form": form, "page": trail(events, before=position(request))}
    return render(request, "history/trail.html", context)


def position(request: HttpRequest) -> int | None:
    """Where a page begins; what is no number is passed over, as in every address."""
    return whole_number(request.GET.get("before", ""))
