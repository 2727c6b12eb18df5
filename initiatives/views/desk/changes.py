"""Edits of published listings: seen, or undone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from initiatives.models import Change, Initiative
from initiatives.views.attempt import attempt
from initiatives.views.bounds import for_curators
from initiatives.views.desk.deciding import onward
from initiatives.views.desk.listing import own


@for_curators
@require_POST
def see_all(request: HttpRequest, public_id: str) -> HttpResponse:
    listing = own(request, public_id)
    following = onward(request, listing)
    seen = listing.changes.see(by=request.user)
    messages.success(request, ngettext("%(n)d change seen.", "%(n)d changes seen.", seen) % {"n": seen})
    return redirect(following)


@for_curators
@require_POST
def see(request: HttpRequest, change: int) -> HttpResponse:
    found = own_change(request, change)
    Change.objects.curated_by(request.user).with_key(change).see(by=request.user)
    return back(found.initiative, "changes")


@for_curators
@require_POST
def revert(request: HttpRequest, change: int) -> HttpResponse:
    found = own_change(request, change)
    said = _("The change is undone; its steward can see that in the history.")
    attempt(request, lambda: found.revert(by=request.user), said)
    return back(found.initiative, "changes")


def own_change(request: HttpRequest, change: int) -> Change:
    return get_object_or_404(Change.objects.curated_by(request.user).select_related("initiative"), pk=change)


def back(listing: Initiative, part: str) -> HttpResponse:
    return redirect(f"{reverse('desk-listing', args=[listing.public_id])}#{part}")
