"""Where a submission stands, for its steward: by the link of a mail, or signed in."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from initiatives.forms.register.sending import AnswerForm
from initiatives.models import IllegalMove, Initiative, User
from initiatives.models.submission import behind
from initiatives.views.once import once

type View = Callable[..., HttpResponse]


def by_mailed_link(view: View) -> View:
    """For the steward whom the link was mailed to, while they keep the listing. No other site knows the link, which
    therefore stands in for a token."""

    @wraps(view)
    def found(request: HttpRequest, token: str) -> HttpResponse:
        try:
            listing, steward = Initiative.objects.with_steward(*behind(token))
        except (BadSignature, Initiative.DoesNotExist):
            return render(request, "register/status_gone.html", status=404)
        return view(request, listing, steward, token)

    return login_not_required(csrf_exempt(never_cache(found)))


@require_safe
def of_listing(request: HttpRequest, public_id: str) -> HttpResponse:
    """For whoever has signed in."""
    listing = get_object_or_404(Initiative.objects.stewarded_by(request.user), public_id=public_id)
    return redirect(listing.status_path(request.user))


@by_mailed_link
@require_safe
def status(request: HttpRequest, listing: Initiative, _steward: User, token: str) -> HttpResponse:
    return shown(request, listing, token)


@by_mailed_link
@require_POST
def answer(request: HttpRequest, listing: Initiative, steward: User, token: str) -> HttpResponse:
    """To the officers once more, with words that they read."""
    form = AnswerForm.to(listing, request.POST)
    if not form.is_valid():
        return shown(request, listing, token, form=form, status=422)
    try:
        return once(request, form, lambda: answered(listing, steward, form.cleaned_data["words"], token))
    except IllegalMove as refusal:
        return shown(request, listing, token, refusal=refusal, status=409)


def answered(listing: Initiative, steward: User, words: str, token: str) -> str:
    listing.answer_question(by=steward, words=words)
    return reverse("submission", args=[token])


@by_mailed_link
@require_POST
def withdraw(request: HttpRequest, listing: Initiative, steward: User, token: str) -> HttpResponse:
    try:
        listing.take_back(by=steward)
    except IllegalMove as refusal:
        return shown(request, listing, token, refusal=refusal, status=409)
    return redirect("submission", token)


def shown(
    request: HttpRequest,
    listing: Initiative,
    token: str,
    *,
    form: AnswerForm | None = None,
    refusal: IllegalMove | None = None,
    status: int = 200,
) -> HttpResponse:
    listing.refresh_from_db()
    context = {
        "listing": listing,
        "token": token,
        "form": form or AnswerForm.to(listing),
        "queue": listing.queue if listing.is_submitted else None,
        "said": listing.said_by_officer,
        "refusal": refusal,
    }
    return render(request, "register/status.html", context, status=status)
