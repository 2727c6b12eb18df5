"""Who may come in. What they may touch once inside, the QuerySets say."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from initiatives.models import User

type View = Callable[..., HttpResponseBase]

# How a session says that it was opened with more than a mailed code, as allauth writes it.
SECOND_FACTOR = "mfa"
# Becoming somebody of the demonstration stands in for it there, and nowhere else.
DEMONSTRATION = "demonstration"


def for_signed_in(view: View) -> View:
    """Says so beside the view: LoginRequiredMiddleware keeps out whoever has not signed in."""
    return view


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened, or confirmed, with more than a mailed code."""
    counted = {SECOND_FACTOR, DEMONSTRATION} if settings.DEMO else {SECOND_FACTOR}
    return any(record["method"] in counted for record in get_authentication_records(request, request.user))


def asking_for_it(request: HttpRequest) -> HttpResponseBase:
    """To the page that sets a second factor up or asks for it, and from there back to here."""
    return redirect(f"{reverse('second-factor')}?{urlencode({'next': request.get_full_path()})}")


def _for(may: Callable[[User], bool]) -> Callable[[View], View]:
    """For people with a role, and a second factor in this session. To others there is no such page."""

    def decorator(view: View) -> View:
        @wraps(view)
        def bounded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may(request.user):
                raise Http404
            if not has_second_factor(request):
                return asking_for_it(request)
            return view(request, *args, **kwargs)

        return bounded

    return decorator


for_curators = _for(lambda user: user.is_curator)
for_brokers = _for(lambda user: user.is_broker)
for_administrators = _for(lambda user: user.is_administrator)
