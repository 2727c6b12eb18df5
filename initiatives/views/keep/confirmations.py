"""Is it still right? One page for whoever was asked by mail, with three buttons for each listing; no sign-in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from initiatives.models import Confirmation, IllegalMove, User
from initiatives.text import whole_number
from initiatives.views.form_pages import form_page

PAGE = "keep/confirmations.html"


@login_not_required
@never_cache
@form_page
def confirmations(request: HttpRequest, token: str) -> HttpResponseBase:
    found = Confirmation.objects.with_token(token)
    if found is None:
        return render(request, PAGE, {}, status=404)
    person, asked = found
    if request.method != "POST":
        return render(request, PAGE, {"asked": asked, "person": person})
    confirmation = get_object_or_404(asked, pk=whole_number(request.POST.get("confirmation", "")))
    if request.POST.get("answer") == "change":
        return redirect("listing-edit", confirmation.initiative.public_id)
    try:
        messages.success(request, answered(confirmation, request.POST.get("answer", ""), by=person))
    except IllegalMove as refused:
        messages.error(request, str(refused))
    return redirect(request.path)


def answered(confirmation: Confirmation, answer: str, *, by: User) -> str:
    listing = confirmation.initiative
    if answer == "undo":
        confirmation.undo(by=by)
        return _("Undone: “%(name)s” is as it was.") % {"name": listing}
    if not confirmation.is_open:
        raise IllegalMove(_("“%(name)s” has been answered for already.") % {"name": listing})
    if answer == "stopped":
        listing.stop(by=by)
        return _("“%(name)s” has stopped. Its page stays and says so.") % {"name": listing}
    listing.confirm(by=by)
    return _("Thank you. “%(name)s” is confirmed as of today.") % {"name": listing}
