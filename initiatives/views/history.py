"""What happened to a listing, for those who keep or curate it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from initiatives.models import Initiative
from initiatives.models.remembering.deeds import history_of
from initiatives.views.bounds import for_curators, for_signed_in


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


def position(request: HttpRequest) -> int | None:
    """Where a page begins; what is no number is passed over, as in every address."""
    text = request.GET.get("before", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
