"""What all decisions of the desk have in common."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST

from initiatives.forms.desk import ReasonForm
from initiatives.models import IllegalMove, Initiative
from initiatives.views.bounds import for_curators
from initiatives.views.desk.listing import own, review
from initiatives.views.desk.queue import WITH_KEYS, chosen_kind
from initiatives.views.desk.rows import next_address
from initiatives.views.once import once

type Deed = Callable[[str], object]  # with the words of the officer


def decision(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A button of the desk that is pressed with words. Where they are wrong it answers with the page, keys and all."""
    return for_curators(csp_override(WITH_KEYS)(require_POST(view)))


def decide(request: HttpRequest, listing: Initiative, form: ReasonForm, deed: Deed) -> HttpResponse:
    """Do it once and go on to what comes next; where it cannot be done, say so on the same page."""
    if not form.is_valid():
        return review(request, listing, form=form, status=422)

    def done() -> str:
        following = onward(request, listing)
        deed(form.words)
        return following

    try:
        return once(request, form, done)
    except IllegalMove as refused:
        form.add_error(None, str(refused))
        return review(request, own(request, listing.public_id), form=form, status=409)


def said(request: HttpRequest, message: str, deed: Deed) -> Deed:
    """With a message on the next page, where the desk does not offer to undo it."""

    def told(words: str) -> None:
        deed(words)
        messages.success(request, message)

    return told


def onward(request: HttpRequest, listing: Initiative) -> str:
    """To what comes after this listing, else to the empty desk."""
    return next_address(request.user, listing, kind=chosen_kind(request)) or reverse("desk")
