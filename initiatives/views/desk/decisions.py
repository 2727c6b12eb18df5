"""The buttons that decide about a listing and go on to the next."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from initiatives.views.bounds import for_curators
from initiatives.views.desk.deciding import decide, decision, onward
from initiatives.views.desk.listing import language_of, own, reason_form


@decision
def publish(request: HttpRequest, public_id: str) -> HttpResponse:
    listing = own(request, public_id)
    form = reason_form(request, "publish", language=language_of(listing))
    return decide(request, listing, form, lambda words: listing.publish(by=request.user, reason=words))


@decision
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    listing = own(request, public_id)
    form = reason_form(request, "ask", language=language_of(listing))
    return decide(request, listing, form, lambda words: listing.ask(by=request.user, question=words))


@decision
def decline(request: HttpRequest, public_id: str) -> HttpResponse:
    listing = own(request, public_id)
    form = reason_form(request, "decline", language=language_of(listing))
    return decide(request, listing, form, lambda words: listing.decline(by=request.user, reason=words))


@decision
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    listing = own(request, public_id)
    form = reason_form(request, "withdraw", language=language_of(listing))
    return decide(request, listing, form, lambda words: listing.withdraw(by=request.user, reason=words))


@for_curators
@require_POST
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """The officer knows that it is still right."""
    listing = own(request, public_id)
    following = onward(request, listing)
    listing.confirm(by=request.user)
    messages.success(request, _("“%(name)s” is confirmed.") % {"name": listing})
    return redirect(following)
