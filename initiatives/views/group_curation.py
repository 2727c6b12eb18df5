"""Groups by hand: named, split, and put right, within the bounds of whoever does it; each deed can be undone."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from initiatives.forms.group_curation import NameForm, PinForm, SplitForm, VerdictForm
from initiatives.models import Group, IllegalDeed, Initiative, give_verdict, take_back_verdict
from initiatives.models.overlaps import may_judge
from initiatives.views.attempt import attempt
from initiatives.views.bounds import for_group_curators, for_signed_in
from initiatives.views.group_curation_page import homes, page
from initiatives.views.once import once


@for_group_curators
@require_safe
def curate(request: HttpRequest, public_id: str) -> HttpResponse:
    return page(request, own(request, public_id))


@for_group_curators
@require_POST
def name(request: HttpRequest, public_id: str) -> HttpResponse:
    group = parted(request, public_id)
    form = NameForm(request.POST)
    return decide(request, group, form, lambda: group.name(form.labels, by=request.user, reason=said(form)))


@for_group_curators
@require_POST
def unname(request: HttpRequest, public_id: str) -> HttpResponse:
    group = parted(request, public_id)
    return press(request, group, lambda: group.unname(by=request.user), _("It is called what it was called before."))


@for_group_curators
@require_POST
def split(request: HttpRequest, public_id: str) -> HttpResponse:
    group = parted(request, public_id)
    form = SplitForm(request.POST, members=homes(group))
    return decide(
        request, group, form, lambda: group.split(form.cleaned_data["members"], by=request.user, reason=said(form))
    )


@for_group_curators
@require_POST
def rejoin(request: HttpRequest, public_id: str) -> HttpResponse:
    group = parted(request, public_id)
    return press(request, group, lambda: group.rejoin(by=request.user), _("The two groups are one again."))


@for_group_curators
@require_POST
def pin(request: HttpRequest, public_id: str) -> HttpResponse:
    group = own(request, public_id)
    form = PinForm(request.POST, user=request.user)
    return decide(
        request, group, form, lambda: group.pin(form.cleaned_data["listing"], by=request.user, reason=said(form))
    )


@for_group_curators
@require_POST
def place(request: HttpRequest, public_id: str, listing: str, deed: str) -> HttpResponse:
    """Pin a member that is one already, bar it, or undo either: of the own listings alone."""
    group = own(request, public_id)
    mine = get_object_or_404(Initiative.objects.published().curated_by(request.user), public_id=listing)
    deeds: dict[str, Callable[..., None]] = {
        "pin": group.pin,
        "unpin": group.unpin,
        "bar": group.bar,
        "unbar": group.unbar,
    }
    return press(request, group, lambda: deeds[deed](mine, by=request.user), PLACED[deed] % {"name": mine})


@for_group_curators
@require_POST
def judge(request: HttpRequest, public_id: str, one: str, other: str) -> HttpResponse:
    group = own(request, public_id)
    a, b = two(request, one, other)
    form = VerdictForm(request.POST, one=a, other=b)
    return decide(
        request,
        group,
        form,
        lambda: give_verdict(a, b, form.cleaned_data["verdict"], by=request.user, reason=said(form)),
    )


@for_group_curators
@require_POST
def take_back(request: HttpRequest, public_id: str, one: str, other: str) -> HttpResponse:
    group = own(request, public_id)
    a, b = two(request, one, other)
    return press(request, group, lambda: take_back_verdict(a, b, by=request.user), _("Taken back."))


@for_signed_in
@require_POST
def feedback(request: HttpRequest, public_id: str) -> HttpResponse:
    """Whether somebody finds it useful: said again, it replaces what they said before; only the desk sees how many."""
    group = get_object_or_404(Group.objects.public(), public_id=public_id)
    answer = request.POST.get("useful", "")
    if answer in ("yes", "no"):
        group.give_feedback(useful=answer == "yes", by=request.user)
        messages.success(request, _("Thank you."))
    elif group.feedback.by(request.user):
        group.take_back_feedback(by=request.user)
        messages.success(request, _("Taken back."))
    return redirect(group)


# What all of them do.

PLACED = {
    "pin": gettext_lazy("“%(name)s” stays in this group."),
    "unpin": gettext_lazy("“%(name)s” is no longer pinned."),
    "bar": gettext_lazy("“%(name)s” is taken out of this group."),
    "unbar": gettext_lazy("“%(name)s” may be in this group again."),
}


def own(request: HttpRequest, public_id: str) -> Group:
    """A group with a member that they curate; brokers and administrators may look at any."""
    found = Group.objects.public()
    if not (request.user.is_administrator or request.user.is_broker):
        found = found.with_a_member_among(Initiative.objects.published().curated_by(request.user))
    return get_object_or_404(found, public_id=public_id)


def parted(request: HttpRequest, public_id: str) -> Group:
    """One that they may name and split."""
    group = own(request, public_id)
    if not group.may_be_parted_by(request.user):
        raise Http404
    return group


def two(request: HttpRequest, one: str, other: str) -> tuple[Initiative, Initiative]:
    """Of whom they may say what they are to each other."""
    a, b = (get_object_or_404(Initiative.objects.published(), public_id=each) for each in (one, other))
    if not may_judge(request.user, a, b):
        raise Http404
    return a, b


def said(form: Any) -> str:
    return form.cleaned_data["reason"]


def decide(request: HttpRequest, group: Group, form: Any, deed: Callable[[], object]) -> HttpResponse:
    if not form.is_valid():
        return page(request, group, form=form, status=422)

    def done() -> str:
        deed()
        return reverse("group-curate", args=[group.public_id])

    try:
        response = once(request, form, done)
    except IllegalDeed as refused:
        form.add_error(None, str(refused))
        return page(request, group, form=form, status=409)
    messages.success(request, _("Done. It can be undone below."))
    return response


def press(request: HttpRequest, group: Group, deed: Callable[[], object], done: str) -> HttpResponse:
    attempt(request, deed, done)
    return redirect("group-curate", Group.objects.get(pk=group.pk).standing.public_id)
