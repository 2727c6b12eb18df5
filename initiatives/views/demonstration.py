"""Becoming somebody, to try out what they do: only in the demonstration, on one's own machine (checks.py)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from initiatives.models import User
from initiatives.views.bounds import DEMONSTRATION
from initiatives.views.signing_in import open_session


def only_there(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def bounded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return bounded


@login_not_required
@never_cache
@only_there
@require_safe
def demonstration(request: HttpRequest) -> HttpResponse:
    people = [(who, what_they_do(who)) for who in User.objects.of_demonstration()]
    return render(request, "accounts/demonstration.html", {"people": people})


def what_they_do(who: User) -> str:
    if who.is_administrator:
        return _("Administrator: appoints officers and brokers, and looks after what has no city.")
    if who.is_broker:
        return _("Broker: brings initiatives together, across cities too.")
    if where := ", ".join(str(each.city) for each in who.appointments_in_force if each.city):
        return _("Officer of %(city)s: decides what is listed there, and sees nothing of other cities.") % {
            "city": where
        }
    if who.stewardships.exists():
        return _("Steward: keeps sample listings.")
    return _("Has an account, and nothing else.")


@login_not_required
@never_cache
@only_there
@require_POST
def become(request: HttpRequest, key: int) -> HttpResponse:
    person = get_object_or_404(User.objects.of_demonstration(), pk=key)
    # Nothing of whom one was before comes along.
    logout(request)
    record_authentication(request, person, method=DEMONSTRATION)
    return open_session(request, person, onward=request.POST.get("next"))
