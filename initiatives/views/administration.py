"""Who may do what: people, their roles, and the cities that wait for an officer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from initiatives.forms.administration import AppointForm, FindPeopleForm
from initiatives.models import Appointment, City, IllegalDeed, User
from initiatives.views.attempt import attempt
from initiatives.views.bounds import for_administrators, freshly_confirmed
from initiatives.views.form_pages import form_page, page, posted
from initiatives.views.once import once

MOST_FOUND = 50


@never_cache
@for_administrators
@require_safe
def administration(request: HttpRequest) -> HttpResponse:
    form = FindPeopleForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    people = User.objects.called(words) if words else User.objects.with_a_role()
    context = {"form": form, "words": words, "people": people.with_roles()[:MOST_FOUND], "total": people.count()}
    return render(request, "administration/people.html", context)


@never_cache
@for_administrators
@freshly_confirmed
@form_page
def person(request: HttpRequest, key: int) -> HttpResponse:
    who = get_object_or_404(User, pk=key)
    form = AppointForm(posted(request))
    if form.is_valid():
        try:
            return once(request, form, lambda: _appointed(request, form, who))
        except IllegalDeed as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "person": who, "appointments": who.appointments.with_names().order_by("ended_at", "at")}
    return page(request, "administration/person.html", context)


def _appointed(request: HttpRequest, form: AppointForm, who: User) -> str:
    form.appoint(who, by=request.user)
    messages.success(request, _("The role is given. They are told by mail."))
    return reverse("administration-person", args=[who.pk])


@for_administrators
@freshly_confirmed
@require_POST
def appointment_end(request: HttpRequest, key: int) -> HttpResponse:
    appointment = get_object_or_404(Appointment.objects.with_names(), pk=key)
    attempt(request, lambda: appointment.end(by=request.user), _("The role has ended. They are told by mail."))
    # Who ended their own role as administrator has no business there any more.
    is_own = appointment.person == request.user
    return redirect("account") if is_own else redirect("administration-person", appointment.person_id)


@never_cache
@for_administrators
@require_safe
def cities(request: HttpRequest) -> HttpResponse:
    return render(request, "administration/cities.html", {"cities": City.objects.with_officers_or_waiting()})
