"""Who keeps a listing: inviting, handing over, leaving."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from initiatives.forms.stewards import InviteForm, WhyForm
from initiatives.models import IllegalMove, Initiative, Invitation
from initiatives.views.bounds import for_curators, for_signed_in
from initiatives.views.form_pages import form_page, page, posted
from initiatives.views.keep.found import for_editors, for_stewards
from initiatives.views.once import once

PAGE, ANSWER = "keep/stewards.html", "keep/invitation.html"


@for_signed_in
@form_page
@for_editors
def stewards(request: HttpRequest, listing: Initiative) -> HttpResponseBase:
    """An officer sees who keeps it; inviting is for those who do."""
    is_steward = listing.is_stewarded_by(request.user)
    form = InviteForm(posted(request) if is_steward else None)
    if form.is_valid():
        try:
            return once(request, form, lambda: invite(request, listing, form))
        except IllegalMove as refused:
            form.add_error("email", str(refused))
    context = {
        "initiative": listing,
        "form": form,
        "is_steward": is_steward,
        "stewardships": listing.stewardships.select_related("person"),
        "invitations": listing.invitations.open(),
    }
    return page(request, PAGE, context)


def invite(request: HttpRequest, listing: Initiative, form: InviteForm) -> str:
    email = form.cleaned_data["email"]
    listing.invite(email, by=request.user, kind=form.cleaned_data["kind"])
    messages.success(request, _("A mail is on its way to %(email)s.") % {"email": email})
    return reverse("listing-stewards", args=[listing.public_id])


@for_signed_in
@form_page
@for_stewards
def leave(request: HttpRequest, listing: Initiative) -> HttpResponseBase:
    mine = get_object_or_404(listing.stewardships, person=request.user)
    if request.method != "POST":
        return render(request, "keep/leave.html", {"initiative": listing, "is_last": not mine.others().exists()})
    mine.end(by=request.user)
    messages.success(request, _("You no longer keep “%(name)s”.") % {"name": listing})
    return redirect("my-listings")


@for_signed_in
@never_cache
@form_page
@for_curators
def remove(request: HttpRequest, public_id: str, person: int) -> HttpResponseBase:
    """An officer ends it, and says why."""
    listing = get_object_or_404(Initiative.objects.curated_by(request.user), public_id=public_id)
    stewardship = get_object_or_404(listing.stewardships.select_related("person"), person=person)
    form = WhyForm(posted(request), is_required=True)
    if not form.is_valid():
        context = {"initiative": listing, "form": form, "stewardship": stewardship}
        return page(request, "keep/remove_steward.html", context)
    stewardship.end(by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("%(name)s no longer keeps this listing.") % {"name": stewardship.person})
    return redirect("listing-stewards", listing.public_id)


@for_signed_in
@require_POST
@for_stewards
def withdraw_invitation(request: HttpRequest, listing: Initiative, key: int) -> HttpResponseBase:
    invitation = get_object_or_404(listing.invitations, pk=key)
    try:
        invitation.withdraw(by=request.user)
    except IllegalMove as refused:
        messages.error(request, str(refused))
    return redirect("listing-stewards", listing.public_id)


@login_not_required
@never_cache
@form_page
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """Mail scanners open links: only the button accepts. The link came by mail, so whoever has it may make an account
    for that address; an account that is there is used by whoever signs in to it."""
    found = Invitation.objects.with_token(token)
    is_mine = found is not None and found.is_for(request.user)
    is_other = request.user.is_authenticated and not is_mine
    if found is None or is_other or not found.is_open or request.method != "POST":
        status = 404 if found is None else 409 if request.method == "POST" else 200
        return render(request, ANSWER, {"invitation": found, "is_other": is_other}, status=status)
    if "decline" in request.POST:
        found.decline()
        return redirect(request.path)
    if found.account() and not is_mine:
        return redirect_to_login(request.path)
    found.accept()
    messages.success(request, _("You keep “%(name)s” now.") % {"name": found.initiative})
    return redirect("my-listings")
