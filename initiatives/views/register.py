"""Registering an initiative, without an account: six short pages, each with an address that nobody can guess.

Nothing is kept on the device. What a page is told is in the draft before the next page opens, so that Back, a reload,
another browser and another day all find it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from initiatives.forms.register import BY_SLUG, Page
from initiatives.forms.register.answers import Answers
from initiatives.forms.register.sending import LaterForm, SendForm
from initiatives.models import Mail, Registration
from initiatives.models.consent import CONSENT_VERSION
from initiatives.views.find_peers import MOST_ASKED, WITH_SCRIPT, is_asked_by_script
from initiatives.views.form_pages import form_page, posted
from initiatives.views.known import known
from initiatives.views.limits import limited
from initiatives.views.once import once

STEP = "register/step.html"
SLUGS = list(BY_SLUG)
# On these pages stands what exists already: as soon as it can be told, and not on every page again.
WITH_KNOWN = ("name", "place", "work")

# In an hour, from one network: what becomes a listing or a mail. A workshop of thirty who each try twice stays below.
MOST_SENT = 60

type View = Callable[..., HttpResponse]


def by_link(view: View) -> View:
    """For whoever has the link, which stands in for an account and for a token: no other site knows where to send a
    forged form, and so no cookie is set. What is written is in no cache and no error report."""

    @wraps(view)
    def found(request: HttpRequest, token: str, **further: str) -> HttpResponse:
        registration = Registration.objects.behind(token, language=get_language())
        if registration is None or registration.is_expired:
            return render(request, "register/gone.html", status=404)
        return view(request, registration, **further)

    guarded = never_cache(sensitive_post_parameters()(form_page(found)))
    return login_not_required(csrf_exempt(guarded))


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "register/start.html")


@login_not_required
@never_cache
@require_safe
def begin(_request: HttpRequest) -> HttpResponse:
    """To an address that is nobody else's. Nothing is kept there before the first answer."""
    return redirect(onward(Registration.objects.begin(language=get_language()), SLUGS[0]))


@by_link
@csp_override(WITH_SCRIPT)
@limited("register", most=MOST_ASKED)
def step(request: HttpRequest, registration: Registration, step: str) -> HttpResponse:
    page = BY_SLUG.get(step)
    if page is None:
        raise Http404
    if registration.sent_at:
        return redirect(registration)
    if request.method != "POST":
        return ask(request, registration, page.again(registration.answers.get(step)))
    form = page(request.POST)
    if is_asked_by_script(request):
        return told_while_typing(request, Answers(registration.answers, now=form))
    if not may_be_kept(request, form):
        return ask(request, registration, form)
    keep(registration, form)
    return redirect(after(request, registration, step))


@by_link
@limited("register-sent", most=MOST_SENT)
def check(request: HttpRequest, registration: Registration) -> HttpResponse:
    """All answers once more, and what one agrees to."""
    if registration.sent_at:
        return redirect(registration)
    answers = Answers(registration.answers)
    form = SendForm(posted(request))
    if form.is_valid() and not answers.first_open:
        return once(request, form, lambda: sent(registration, answers))
    context = {"registration": registration, "form": form, "answers": answers, "known": known(answers)}
    context["consent"] = f"register/consent/{CONSENT_VERSION}.html"
    return render(request, "register/check.html", context, status=422 if form.is_bound else 200)


def sent(registration: Registration, answers: Answers) -> str:
    registration.send(answers.told(), consent=CONSENT_VERSION, language=get_language())
    return registration.get_absolute_url()


@by_link
@limited("register-sent", most=MOST_SENT)
def later(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Where to mail the link: to go on another day, or because the address was wrong."""
    if registration.confirmed_at:
        return redirect(registration)
    form = LaterForm(posted(request), initial={"email": registration.email})
    if form.is_valid():
        return once(request, form, lambda: link_mailed(registration, form.cleaned_data["email"]))
    context = {"registration": registration, "form": form}
    return render(request, "register/later.html", context, status=422 if form.is_bound else 200)


def link_mailed(registration: Registration, email: str) -> str:
    registration.address_to(email)
    registration.mail_link(language=get_language())
    return reverse("registration-mailed", args=[registration.token])


@by_link
@require_safe
def mailed(request: HttpRequest, registration: Registration) -> HttpResponse:
    """A link has been mailed: the same page whoever the address belongs to."""
    if registration.confirmed_at:
        return redirect(registration)
    return link_is_mailed(request, registration)


@by_link
def registration(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Where a link leads: on with the answers, to the button that confirms, or to where it stands."""
    if not registration.sent_at:
        return redirect(onward(registration, Answers(registration.answers).first_open))
    if not registration.is_mailed:
        return link_is_mailed(request, registration)
    if request.method == "POST":
        registration.confirm()
    if not registration.confirmed_at:
        return render(request, "register/confirm.html", {"registration": registration})
    steward = registration.steward
    return redirect(registration.initiative.status_path(steward) if steward else reverse("my-listings"))


# Steps of these.


def link_is_mailed(request: HttpRequest, registration: Registration) -> HttpResponse:
    context = {"registration": registration, "scarce_until": Mail.objects.scarce_until()}
    return render(request, "register/mailed.html", context)


def may_be_kept(request: HttpRequest, form: Page) -> bool:
    """Answered in full; who goes on later may leave a page unfinished."""
    return form.is_short and (form.is_valid() or goes_on_later(request))


def goes_on_later(request: HttpRequest) -> bool:
    return "later" in request.POST


def keep(registration: Registration, form: Page) -> None:
    registration.answer(form.slug, form.said)
    if form.is_valid() and "email" in form.cleaned_data:
        registration.address_to(form.cleaned_data["email"])


def after(request: HttpRequest, registration: Registration, slug: str) -> str:
    """The page after this one: the next question, or back to all answers for whoever came from there."""
    if goes_on_later(request):
        return reverse("registration-later", args=[registration.token])
    place = SLUGS.index(slug) + 1
    is_last = place == len(SLUGS) or "check" in request.GET
    return onward(registration, None if is_last else SLUGS[place])


def onward(registration: Registration, slug: str | None) -> str:
    """To this question or, where none is open, to all answers."""
    if slug is None:
        return reverse("registration-check", args=[registration.token])
    return reverse("registration-step", args=[registration.token, slug])


def ask(request: HttpRequest, registration: Registration, form: Page) -> HttpResponse:
    place = SLUGS.index(form.slug)
    answers = Answers(registration.answers, now=form if form.is_bound else None)
    context: dict[str, Any] = {
        "form": form,
        "registration": registration,
        "number": place + 1,
        "total": len(SLUGS),
        "back": back(request, registration, place),
        "known": known(answers, with_peers=True) if form.slug in WITH_KNOWN else None,
    }
    return render(request, STEP, context, status=422 if form.errors else 200)


def back(request: HttpRequest, registration: Registration, place: int) -> str:
    if "check" in request.GET:
        return onward(registration, None)
    return onward(registration, SLUGS[place - 1]) if place else reverse("register")


def told_while_typing(request: HttpRequest, answers: Answers) -> HttpResponse:
    """What exists already, for the page on which somebody types."""
    return render(request, f"{STEP}#beside", {"known": known(answers, with_peers=True), "is_part": True})
