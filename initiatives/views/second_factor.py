"""What opens an account besides a mailed code: an app, passkeys, and codes for when both are lost."""

import json

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.recovery_codes.internal.flows import generate_recovery_codes
from allauth.mfa.totp.internal.flows import activate_totp, deactivate_totp
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.internal.flows import add_authenticator, remove_authenticator
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from initiatives.forms.accounts import (
    AddAppForm,
    AddPasskeyForm,
    ConfirmForm,
    ConfirmPasskeyForm,
    MailedCodeForm,
)
from initiatives.models import User
from initiatives.views.bounds import freshly_confirmed, own_address
from initiatives.views.form_pages import form_page, page, posted
from initiatives.views.mailed_code import MailedCode, TooMany
from initiatives.views.signing_in import WITH_PASSKEYS, ask_anew, factor_forms, factors_asked, wrong_code

# Where they wanted to go when they were led here.
ONWARD = "after_second_factor"
CONFIRM = "confirm-code"


@never_cache
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    if onward := own_address(request, request.GET.get("next")):
        request.session[ONWARD] = onward
    person = request.user
    codes = person.recovery_codes
    context = {
        "apps": [each for each in person.factors if each.type == "totp"],
        "passkeys": [each for each in person.factors if each.type == "webauthn"],
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "must_have_one": bool(person.roles),
        "onward": request.session.get(ONWARD, ""),
    }
    return render(request, "accounts/second_factor.html", context)


@never_cache
@sensitive_post_parameters()
@freshly_confirmed
@form_page
def app(request: HttpRequest) -> HttpResponse:
    if any(factor.type == "totp" for factor in request.user.factors):
        return redirect("second-factor")
    form = AddAppForm(posted(request), user=request.user)
    if form.is_valid():
        added, _codes = activate_totp(request, form)
        return _added(request, added.type, _("From now on your app is asked for when you sign in."))
    adapter = get_adapter()
    drawing = adapter.build_totp_svg(adapter.build_totp_url(request.user, form.secret))
    # Drawn by the library from digits of ours. An element of the page needs no XML declaration.
    context = {"form": form, "secret": form.secret, "drawing": mark_safe(drawing[drawing.index("<svg") :])}  # noqa: S308
    return page(request, "accounts/app.html", context)


@never_cache
@csp_override(WITH_PASSKEYS)
@freshly_confirmed
@form_page
def passkey(request: HttpRequest) -> HttpResponse:
    form = AddPasskeyForm(posted(request), user=request.user, initial={"name": ""})
    if form.is_valid():
        given = form.cleaned_data
        added, _codes = add_authenticator(request, name=given["name"], credential=given["credential"])
        return _added(request, added.type, _("You can sign in with this passkey from now on."))
    context = {"form": form, "passkey_options": json.dumps(begin_registration(request.user, passwordless=True))}
    return page(request, "accounts/passkey.html", context)


def _added(request: HttpRequest, kind: str, said: str) -> HttpResponse:
    """Who has just set it up has shown it; codes for when it is lost are shown next, unless they were before."""
    record_authentication(request, request.user, method="mfa", type=kind, reauthenticated=True)
    messages.success(request, said)
    codes = User.objects.get(pk=request.user.pk).recovery_codes
    return redirect("second-factor" if codes and codes.wrap().did_view else "recovery-codes")


@never_cache
@require_POST
@freshly_confirmed
def factor_remove(request: HttpRequest, key: int) -> HttpResponse:
    factor = next((each for each in request.user.factors if each.pk == key), None)
    if factor is None:
        raise Http404
    remove = deactivate_totp if factor.type == "totp" else remove_authenticator
    remove(request, factor)
    messages.success(request, _("It is not asked for any more."))
    return redirect("second-factor")


@never_cache
@freshly_confirmed
@form_page
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Shown once: whoever sits down at an open session later does not find them."""
    if not request.user.factors:
        raise Http404
    if request.method == "POST":
        generate_recovery_codes(request)
        return redirect("recovery-codes")
    stored = request.user.recovery_codes
    codes = stored.wrap() if stored else None
    are_new = codes is not None and not codes.did_view
    context = {
        "codes": codes.get_unused_codes() if are_new else [],
        "left": len(codes.get_unused_codes()) if codes else 0,
        "onward": request.session.get(ONWARD, ""),
    }
    if are_new and request.method == "GET":
        codes.mark_as_viewed()
    return render(request, "accounts/recovery_codes.html", context)


@never_cache
@csp_override(WITH_PASSKEYS)
@sensitive_post_parameters()
@form_page
def confirm(request: HttpRequest) -> HttpResponse:
    """“Is it you?”, asked in an open session: by the second factor, or by a mailed code of whoever has none."""
    onward = own_address(request, request.POST.get("next") or request.GET.get("next")) or "second-factor"
    if not request.user.factors:
        return _confirm_by_mail(request, onward)
    form, passkey = factor_forms(request, request.user, ConfirmForm, ConfirmPasskeyForm)
    for given in (form, passkey):
        if given.is_bound and given.is_valid():
            given.save()
            return redirect(onward)
    return page(request, "accounts/confirm.html", factors_asked(request.user, form, passkey) | {"next": onward})


def _confirm_by_mail(request: HttpRequest, onward: str) -> HttpResponse:
    code = MailedCode(request, CONFIRM)
    form = MailedCodeForm(request.POST if "code" in request.POST else None)
    if request.method == "POST" and not form.is_bound:
        try:
            MailedCode.send(request, CONFIRM, to=request.user.email)
        except TooMany as limit:
            messages.error(request, str(limit))
        return redirect(request.get_full_path())
    if form.is_bound and not code:
        return ask_anew(request, at=reverse("account-confirm", query={"next": onward}))
    if form.is_valid():
        if code.accepts(form.cleaned_data["code"]):
            record_authentication(request, request.user, method="code", reauthenticated=True)
            return redirect(onward)
        form.add_error("code", wrong_code(code))
    return page(request, "accounts/confirm_by_mail.html", {"form": form, "is_sent": bool(code), "next": onward})
