"""The mails of the demonstration, for whoever tries it out: nothing leaves that machine, so they are read here."""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from initiatives.emails import render as written
from initiatives.models import Mail

MOST_SHOWN = 100

type View = Callable[..., HttpResponse]


def on_this_machine(view: View) -> View:
    """Whoever reads these mails can sign in as anybody: they are for the demonstration, and for nobody on the net."""

    @wraps(view)
    def bounded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO or not _is_loopback(request.META.get("REMOTE_ADDR", "")):
            raise Http404
        return view(request, *args, **kwargs)

    return bounded


@login_not_required
@on_this_machine
@never_cache
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    shown = [(mail, written(mail).subject) for mail in Mail.objects.sent()[:MOST_SHOWN]]
    return render(request, "mails/demonstration.html", {"mails": shown, "waiting": Mail.objects.waiting().count()})


@login_not_required
@on_this_machine
@never_cache
@require_safe
def mail(request: HttpRequest, key: int) -> HttpResponse:
    found = get_object_or_404(Mail.objects.sent(), pk=key)
    return render(request, "mails/demonstration_mail.html", {"mail": found, "written": written(found)})


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
