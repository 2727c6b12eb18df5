"""One's own listings: how they stand, and what waits."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from initiatives.forms.stewards import WhyForm
from initiatives.models import Claim, Initiative, Invitation, Merge
from initiatives.views.attempt import attempt
from initiatives.views.bounds import for_signed_in
from initiatives.views.form_pages import form_page, page, posted
from initiatives.views.keep.found import for_editors, for_stewards


@for_signed_in
@never_cache
@require_safe
def listings(request: HttpRequest) -> HttpResponseBase:
    context = {
        "listings": Initiative.objects.stewarded_by(request.user).for_keeping(),
        "claims": Claim.objects.of(request.user).for_rows(),
        "merges": Merge.objects.of_steward(request.user).lately().with_listings(),
        "invitations": Invitation.objects.open().to(request.user.email).for_rows(),
    }
    return render(request, "keep/mine.html", context)


@for_signed_in
@require_POST
@for_stewards
def confirm(request: HttpRequest, listing: Initiative) -> HttpResponseBase:
    listing.confirm(by=request.user)
    messages.success(request, _("“%(name)s” is confirmed as of today.") % {"name": listing})
    return redirect("my-listings")


@for_signed_in
@form_page
@for_editors
def withdraw(request: HttpRequest, listing: Initiative) -> HttpResponseBase:
    """An officer who does says why, for the stewards read it."""
    form = WhyForm(posted(request), is_required=not listing.is_stewarded_by(request.user))
    if not form.is_valid():
        context = {"initiative": listing, "form": form}
        return page(request, "keep/withdraw.html", context)
    return moved(
        request,
        lambda: listing.withdraw(by=request.user, reason=form.cleaned_data["reason"]),
        _("“%(name)s” is withdrawn. It can be submitted again from here.") % {"name": listing},
    )


@for_signed_in
@require_POST
@for_stewards
def submit(request: HttpRequest, listing: Initiative) -> HttpResponseBase:
    """Once more, after it was withdrawn."""
    said = _("“%(name)s” is submitted: an officer looks at it.") % {"name": listing}
    return moved(request, lambda: listing.submit(by=request.user), said)


@for_signed_in
@require_POST
def withdraw_claim(request: HttpRequest, key: int) -> HttpResponseBase:
    claim = get_object_or_404(Claim.objects.of(request.user), pk=key)
    return moved(request, claim.withdraw, _("You have taken your claim back."))


def moved(request: HttpRequest, deed: Callable[[], object], said: str) -> HttpResponseBase:
    """Told on the page of one's own listings."""
    attempt(request, deed, said)
    return redirect("my-listings")
