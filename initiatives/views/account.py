"""What somebody says about themselves, where they get mail, and where they are signed in."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from initiatives.forms.accounts import MailedCodeForm, NewAddressForm, PersonForm
from initiatives.models import IllegalDeed
from initiatives.views.bounds import freshly_confirmed
from initiatives.views.form_pages import form_page, page, posted
from initiatives.views.mailed_code import MailedCode, TooMany
from initiatives.views.signing_in import ask_anew, wrong_code

NEW_ADDRESS = "new-address-code"


@never_cache
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/account.html", {"person": request.user})


@never_cache
@form_page
def account_edit(request: HttpRequest) -> HttpResponse:
    form = PersonForm(posted(request), instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Your name and language are saved."))
        return redirect("account")
    return page(request, "accounts/account_edit.html", {"form": form})


@never_cache
@freshly_confirmed
@form_page
def account_email(request: HttpRequest) -> HttpResponse:
    form = NewAddressForm(posted(request))
    if form.is_valid():
        try:
            MailedCode.send(request, NEW_ADDRESS, to=form.cleaned_data["email"])
            return redirect("account-email-code")
        except TooMany as limit:
            form.add_error("email", str(limit))
    return page(request, "accounts/account_email.html", {"form": form})


@never_cache
@form_page
def account_email_code(request: HttpRequest) -> HttpResponse:
    code = MailedCode(request, NEW_ADDRESS)
    if not code:
        return ask_anew(request, at="account-email")
    form = MailedCodeForm(posted(request))
    if form.is_valid():
        if code.accepts(form.cleaned_data["code"]):
            return _move(request, to=code.to)
        form.add_error("code", wrong_code(code))
    return page(request, "accounts/account_email_code.html", {"form": form, "address": code.to})


def _move(request: HttpRequest, *, to: str) -> HttpResponse:
    try:
        request.user.move(to=to)
    except IllegalDeed as refusal:
        messages.error(request, str(refusal))
        return redirect("account-email")
    messages.success(request, _("From now on we write to %(address)s.") % {"address": to})
    return redirect("account")


@never_cache
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    found = sorted(_sessions(request), key=lambda session: (not session.is_current(), session.created_at))
    return render(request, "accounts/sessions.html", {"sessions": found})


@require_POST
def session_end(request: HttpRequest, key: int) -> HttpResponse:
    session = next((each for each in _sessions(request) if each.pk == key), None)
    if session is None:
        raise Http404
    if session.is_current():
        logout(request)
        return redirect("sign-out")
    session.end()
    messages.success(request, _("That browser is signed out."))
    return redirect("account-sessions")


@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    for session in _sessions(request):
        if not session.is_current():
            session.end()
    messages.success(request, _("All other browsers are signed out."))
    return redirect("account-sessions")


def _sessions(request: HttpRequest) -> list[UserSession]:
    return UserSession.objects.purge_and_list(request.user)
