"""The page of one initiative: what it is, who else is doing this, and where its facts come from."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.views.decorators.http import require_safe

from initiatives.models import Initiative
from initiatives.models.merging import is_settled
from initiatives.models.ties import ties
from initiatives.views.peers import peers
from initiatives.views.pictures import groups_of
from initiatives.views.provenance import provenance

A_DAY = 24 * 60 * 60  # seconds


@login_not_required
@require_safe
def initiative(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    listing = get_object_or_404(Initiative.objects.with_address().for_page(), public_id=public_id)
    if listing.merged_into:
        return leads_on(listing)
    if slug != listing.address_slug:
        return redirect(listing)
    context = {
        "initiative": listing,
        "domains": listing.own_domains,
        "ties": ties(listing),
        "peers": peers(listing),
        "group": groups_of([listing]).get(listing.pk),
        "provenance": provenance(listing),
        "may_edit": Initiative.objects.may_be_edited(listing, by=request.user),
    }
    return render(request, "initiative/initiative.html", context)


def leads_on(listing: Initiative) -> HttpResponse:
    """To what it was merged into. While that can be undone nobody is to remember the way; then it is for good."""
    standing = listing.standing
    if standing is None:
        raise Http404
    is_for_good = is_settled(listing)
    response = redirect(standing, permanent=is_for_good)
    if is_for_good:
        patch_cache_control(response, public=True, max_age=A_DAY)
    else:
        add_never_cache_headers(response)
    return response
