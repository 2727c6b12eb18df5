"""In by a mailed code or a passkey, with the second factor of whoever has one; and out again."""

import json
import time
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.core import ratelimit
from allauth.mfa.webauthn.internal.auth import begin_authentication
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from initiatives.forms.accounts import FirstPasskeyForm, MailedCodeForm, SecondFactorForm, SecondPasskeyForm, SignInForm
from initiatives.models import Mail, User
from initiatives.views.bounds import own_address
from initiatives.views.form_pages import form_page, page, posted
from initiatives.views.mailed_code import MailedCode, TooMany

PURPOSE = "sign-in-code"
# Who showed the first of two factors, and has a quarter of an hour for the other.
HALF_IN = "half_in"
HALF_IN_LASTS = 15 * 60
# Passkeys are made and shown by a script of ours, which may ask this site.
WITH_PASSKEYS = settings.SECURE_CSP | {"script-src": [CSP.SELF], "connect-src": [CSP.SELF]}


@login_not_required
@never_cache
@csp_override(WITH_PASSKEYS)
@form_page
def sign_in(request: HttpRequest) -> HttpResponse:
    onward = own_address(request, request.POST.get("next") or request.GET.get("next"))
    if request.user.is_authenticated:
        return redirect(onward or _first_page(request.user))
    form = SignInForm(posted(request))
    if form.is_valid():
        try:
            MailedCode.send(request, PURPOSE, to=form.cleaned_data["email"], next=onward)
            return redirect("sign-in-code")
        except TooMany as limit:
            form.add_error("email", str(limit))
    return page(request, "accounts/sign_in.html", {"form": form, "next": onward})


@login_not_required
@never_cache
@sensitive_post_parameters()
@form_page
def sign_in_code(request: HttpRequest) -> HttpResponse:
    code = MailedCode(request, PURPOSE)
    if not code:
        return ask_anew(request, at="sign-in")
    form = MailedCodeForm(posted(request))
    if form.is_valid():
        if code.accepts(form.cleaned_data["code"]):
            return enter(request, code)
        if not code.tries_left:
            messages.error(request, _("That was not the code, five times. Ask for a new one."))
            return redirect("sign-in")
        form.add_error("code", wrong_code(code))
    context = {"form": form, "address": code.to, "scarce_until": Mail.objects.scarce_until()}
    return page(request, "accounts/sign_in_code.html", context)


def ask_anew(request: HttpRequest, *, at: str) -> HttpResponse:
    """Where no code is waited for: whoever typed one nevertheless came too late."""
    if request.method == "POST":
        messages.error(request, _("This code is no longer valid. Ask for a new one."))
    return redirect(at)


def wrong_code(code: MailedCode) -> str:
    return _("That is not the code. You can try %(n)s more times.") % {"n": code.tries_left}


def enter(request: HttpRequest, code: MailedCode) -> HttpResponse:
    person = User.objects.at(code.to, language=get_language() or "en")
    if not person.is_active:
        messages.error(request, _("This account was closed."))
        return redirect("sign-in")
    record_authentication(request, person, method="code")
    if person.factors:
        request.session[HALF_IN] = {"person": person.pk, "at": time.time(), "next": code.kept["next"]}
        return redirect("sign-in-second-factor")
    return open_session(request, person, onward=code.kept["next"])


@login_not_required
@never_cache
@csp_override(WITH_PASSKEYS)
@sensitive_post_parameters()
@form_page
def sign_in_second_factor(request: HttpRequest) -> HttpResponse:
    half_in = request.session.get(HALF_IN) or {"at": 0}
    person = User.objects.active_with_key(half_in["person"]) if time.time() - half_in["at"] < HALF_IN_LASTS else None
    if not person:
        return redirect("sign-in")
    form, passkey = factor_forms(request, person, SecondFactorForm, SecondPasskeyForm)
    for given in (form, passkey):
        if given.is_bound and given.is_valid():
            given.save()
            return open_session(request, person, onward=half_in["next"])
    return page(request, "accounts/second_factor_asked.html", factors_asked(person, form, passkey))


def factor_forms(request: HttpRequest, person: User, by_code: Any, by_passkey: Any) -> tuple[Any, Any]:
    """The forms for a code and for a passkey; the one that was sent is filled in."""
    data = posted(request)
    is_passkey = data is not None and "credential" in data
    return (
        by_code(user=person, data=None if is_passkey else data),
        by_passkey(user=person, data=data if is_passkey else None),
    )


def factors_asked(person: User, form: Any, passkey: Any) -> dict[str, Any]:
    """What the page shows: the passkey first if they have one, then the code; `form` is the one that was sent."""
    has_passkey = any(factor.type == "webauthn" for factor in person.factors)
    return {
        "form": passkey if passkey.errors else form,
        "code_form": form,
        "passkey_options": json.dumps(begin_authentication(person)) if has_passkey else None,
    }


@login_not_required
@never_cache
@require_safe
def passkey_options(request: HttpRequest) -> HttpResponse:
    """What a browser needs to know before it shows a passkey: asked by the script when the button is pressed, so that
    the page itself needs no session."""
    return JsonResponse(begin_authentication(None))


@login_not_required
@never_cache
@require_POST
def sign_in_passkey(request: HttpRequest) -> HttpResponse:
    """A passkey is two factors in one: the device, and the finger or PIN that it asks for."""
    form = FirstPasskeyForm(data=request.POST)
    is_slow_enough = ratelimit.consume(request, action="passkey")
    if not (is_slow_enough and form.is_valid() and form.cleaned_data["credential"].user.is_active):
        messages.error(request, _("The passkey was not accepted. Sign in with a code instead."))
        return redirect("sign-in")
    form.save()
    return open_session(request, form.cleaned_data["credential"].user, onward=request.POST.get("next"))


def open_session(request: HttpRequest, person: User, *, onward: str | None) -> HttpResponse:
    """Under a new key, so that nobody who knew the old one comes in too."""
    request.session.pop(HALF_IN, None)
    login(request, person)
    UserSession.objects.create_from_request(request)
    return redirect(own_address(request, onward) or _first_page(person))


def _first_page(person: User) -> str:
    """Where their work waits."""
    return reverse("desk" if person.is_curator else settings.LOGIN_REDIRECT_URL)


@login_not_required
@never_cache
@form_page
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        logout(request)
        return redirect("sign-out")
    return render(request, "accounts/sign_out.html")
