"""Which listing somebody may touch; to others there is no such page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache

from initiatives.models import Initiative
from initiatives.views.bounds import for_curators

type View = Callable[..., HttpResponseBase]


def for_stewards(view: View) -> View:
    """The view gets the listing, which they keep."""

    @never_cache
    @wraps(view)
    def bounded(request: HttpRequest, public_id: str, **arguments: Any) -> HttpResponseBase:
        found = Initiative.objects.editable_by(request.user).stewarded_by(request.user)
        return view(request, get_object_or_404(found, public_id=public_id), **arguments)

    return bounded


def for_editors(view: View) -> View:
    """The view gets the listing: of a steward their own; of officers what they curate, with a second factor."""

    curated = for_curators(view)

    @never_cache
    @wraps(view)
    def bounded(request: HttpRequest, public_id: str, **arguments: Any) -> HttpResponseBase:
        listing = get_object_or_404(Initiative.objects.editable_by(request.user), public_id=public_id)
        is_own = listing.is_stewarded_by(request.user)
        return (view if is_own else curated)(request, listing, **arguments)

    return bounded


def after(listing: Initiative) -> HttpResponseBase:
    """Where an edit is seen: on its page, or in the list of one's own."""
    return redirect(listing if listing.is_published else "my-listings")
