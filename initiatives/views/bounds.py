"""Who may come in. What they may touch once inside, the QuerySets say."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from initiatives.models import User

type View = Callable[..., HttpResponseBase]

# How a session says that it was opened with more than a mailed code, as allauth writes it.
SECOND_FACTOR = "mfa"
# Becoming somebody of the demonstration stands in for it there, and nowhere else.
DEMONSTRATION = "demonstration"
FRESH = 5 * 60


def for_signed_in(view: View) -> View:
    """Says so beside the view: LoginRequiredMiddleware keeps out whoever has not signed in."""
    return view


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened, or confirmed, with more than a mailed code."""
    shown = _shown(request)
    return SECOND_FACTOR in shown or _is_demonstration(shown)


def is_fresh(request: HttpRequest) -> bool:
    """Whether they showed in the last minutes that it is them, with their second factor if they have one."""
    shown = _shown(request)
    counted = [SECOND_FACTOR] if request.user.factors else list(shown)
    return _is_demonstration(shown) or any(time.time() - shown.get(method, 0) < FRESH for method in counted)


def freshly_confirmed(view: View) -> View:
    """For what a session that somebody left open must not be enough for: roles, and ways to sign in."""

    @wraps(view)
    def confirmed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs) if is_fresh(request) else _by_way_of("account-confirm", request)

    return confirmed


def own_address(request: HttpRequest, address: str | None) -> str:
    """The address if it is one of ours, else nothing: a link must not lead people from here to elsewhere."""
    is_ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if address and is_ours else ""


def _by_way_of(name: str, request: HttpRequest) -> HttpResponseBase:
    """To another page, and from there back to here; what was posted is posted anew by whoever still wants it."""
    here = request.get_full_path() if request.method in ("GET", "HEAD") else own_address(request, _came_from(request))
    return redirect(reverse(name, query={"next": here} if here else None))


def _came_from(request: HttpRequest) -> str:
    return request.headers.get("Referer", "")


def _shown(request: HttpRequest) -> dict[str, float]:
    """In which ways they showed in this session that it is them, and when last."""
    return {record["method"]: record["at"] for record in get_authentication_records(request, request.user)}


def _is_demonstration(shown: dict[str, float]) -> bool:
    return settings.DEMO and DEMONSTRATION in shown


def _for(may: Callable[[User], bool]) -> Callable[[View], View]:
    """For people with a role, and a second factor in this session. To others there is no such page."""

    def decorator(view: View) -> View:
        @wraps(view)
        def bounded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may(request.user):
                raise Http404
            if not has_second_factor(request):
                return _by_way_of("account-confirm" if request.user.factors else "second-factor", request)
            return view(request, *args, **kwargs)

        return bounded

    return decorator


for_curators = _for(lambda user: user.is_curator)
for_group_curators = _for(lambda user: user.is_curator or user.is_broker)
for_brokers = _for(lambda user: user.is_broker)
for_administrators = _for(lambda user: user.is_administrator)
