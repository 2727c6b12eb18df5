"""How often visitors of one network may ask for what costs work, in an hour."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from initiatives.models import MailBudget
from initiatives.models.asking import asking

type View = Callable[..., HttpResponse]


def limited(what: str, *, most: int) -> Callable[[View], View]:
    """Of POSTs by visitors. Beyond it a page says when to try again, and carries what they wrote to be sent once more
    with one button, whichever form it was. Who has signed in is known, and not counted."""

    def decorator(view: View) -> View:
        @wraps(view)
        def bounded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            who = asking()
            if request.method != "POST" or not who.is_visitor:
                return view(request, *args, **kwargs)
            budget = f"{what}:{who.network}"
            if MailBudget.objects.spend(budget, most=most):
                return view(request, *args, **kwargs)
            return _too_many(request, MailBudget.objects.seconds_left(budget))

        return bounded

    return decorator


def _too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    written = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {"again_at": timezone.now() + timedelta(seconds=seconds), "written": written}
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(seconds)
    add_never_cache_headers(response)
    return response
