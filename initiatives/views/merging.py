"""Two listings beside each other: one initiative, or two? And what was merged so far."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST, require_safe

from initiatives.forms.merging import (
    MergeForm,
    NotTheSameForm,
    ObjectionAnswerForm,
    ObjectionForm,
    kept_by_default,
)
from initiatives.models import IllegalMove, Initiative, Merge, MergeState, Verdict, give_verdict
from initiatives.models.choices import ReviewState
from initiatives.models.merging.candidates import likely_the_same, reasons_alike
from initiatives.models.merging.holdings import holdings
from initiatives.models.telling.twins import why_the_same
from initiatives.views.attempt import attempt
from initiatives.views.beside import compared
from initiatives.views.bounds import for_curators, for_signed_in
from initiatives.views.desk.deciding import onward
from initiatives.views.desk.queue import WITH_KEYS, chosen_kind
from initiatives.views.desk.rows import next_address
from initiatives.views.form_pages import form_page, posted
from initiatives.views.once import once

PAGE = 30
MOST_FOUND = 20


@for_curators
@csp_override(WITH_KEYS)
@form_page
def pair(request: HttpRequest, one: str, other: str) -> HttpResponse:
    """Side by side; the button merges."""
    both = _both(request, one, other)
    if request.method != "POST" and any(each.review_state == ReviewState.MERGED for each in both):
        return redirect("desk-merges")
    form = _merge_form(both, posted(request))
    if form.is_valid():
        try:
            return once(request, form, lambda: _merged(request, form))
        except IllegalMove as refused:
            form.add_error(None, str(refused))
            return _beside(request, both, form, status=HTTPStatus.CONFLICT)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return _beside(request, both, form, status=status)


@for_curators
@csp_override(WITH_KEYS)
@require_POST
def not_the_same(request: HttpRequest, one: str, other: str) -> HttpResponse:
    both = _both(request, one, other)
    form = NotTheSameForm(request.POST)
    if not form.is_valid():
        return _beside(request, both, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        give_verdict(*both, form.cleaned_data["verdict"], by=request.user, reason=form.cleaned_data["words"])
        messages.success(
            request,
            _("“%(one)s” and “%(other)s” are two. Nobody is asked about them again.")
            % {"one": both[0], "other": both[1]},
        )
    except IllegalMove as refused:
        messages.error(request, str(refused))
    return redirect(onward(request, both[0]))


@for_curators
@require_safe
def candidates(request: HttpRequest, public_id: str) -> HttpResponse:
    """Which listing is the same as this one? The likely ones, and a search by name."""
    listing = get_object_or_404(Initiative.objects.curated_by(request.user), public_id=public_id)
    words = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:100]
    context = {
        "listing": listing,
        "words": words,
        "likely": [(other, why_the_same(reasons)) for other, reasons in likely_the_same(listing)],
        "found": Initiative.objects.comparable_by(request.user)
        .to_compare()
        .besides(listing)
        .called(words)[:MOST_FOUND],
    }
    return render(request, "merging/candidates.html", context)


@for_curators
@require_safe
def merges(request: HttpRequest) -> HttpResponse:
    return _all_merges(request)


def _all_merges(
    request: HttpRequest,
    *,
    answered: Merge | None = None,
    form: ObjectionAnswerForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """What waits for somebody first, then all, the newest first; `form` is an answer with errors."""
    found = Merge.objects.curated_by(request.user).with_listings().newest_first()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    proposed = [(each, each.may_be_confirmed_by(request.user)) for each in found.proposed()]
    context = {
        "page": page,
        "proposed": proposed,
        "objected": [(each, form if form and each == answered else _answer_form(each)) for each in found.objected()],
        "form": form,
    }
    return render(request, "merging/merges.html", context, status=status)


@for_curators
@require_POST
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    return _decided(request, public_id, lambda each: each.undo(by=request.user), _("These are two listings again."))


@for_curators
@require_POST
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    return _decided(request, public_id, lambda each: each.confirm(by=request.user), _("Merged."))


@for_curators
@require_POST
def refuse(request: HttpRequest, public_id: str) -> HttpResponse:
    return _decided(request, public_id, lambda each: each.refuse(by=request.user), _("These stay two listings."))


@for_curators
@require_POST
def overrule(request: HttpRequest, public_id: str) -> HttpResponse:
    """The objection has been read, and they stay one."""
    found = _found(request, public_id)
    form = _answer_form(found, request.POST)
    if not form.is_valid() and found.awaits_answer:
        return _all_merges(request, answered=found, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    reason = form.cleaned_data.get("reason", "")
    return _decided(
        request,
        public_id,
        lambda each: each.overrule(by=request.user, reason=reason),
        _("They stay one. Whoever objected is told why."),
    )


@for_signed_in
@form_page
def objection(request: HttpRequest, public_id: str) -> HttpResponse:
    """A steward says that these are two."""
    found = get_object_or_404(Merge.objects.of_steward(request.user).with_listings(), public_id=public_id)
    form = ObjectionForm(posted(request))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_valid():
        try:
            found.object(by=request.user, words=form.cleaned_data["words"])
            return redirect(request.path)
        except IllegalMove as refused:
            form.add_error(None, str(refused))
            status = HTTPStatus.CONFLICT
    return render(request, "merging/objection.html", {"merge": found, "form": form}, status=status)


def _both(request: HttpRequest, *public_ids: str) -> tuple[Initiative, Initiative]:
    """At least one of them is theirs to curate; the other they may see."""
    seen = Initiative.objects.comparable_by(request.user).for_rows()
    one, other = (get_object_or_404(seen, public_id=public_id) for public_id in public_ids)
    if one == other or not any(request.user.may_curate(each.city_id) for each in (one, other)):
        raise Http404
    return one, other


def _beside(
    request: HttpRequest,
    both: tuple[Initiative, Initiative],
    form: MergeForm | NotTheSameForm,
    *,
    status: int,
) -> HttpResponse:
    """`form`: the one of the two that was sent, if any was."""
    merge_form = form if isinstance(form, MergeForm) else _merge_form(both)
    context = {
        "one": both[0],
        "other": both[1],
        "form": form,
        "merge_form": merge_form,
        "not_the_same_form": form if isinstance(form, NotTheSameForm) else NotTheSameForm(),
        "compared": compared(merge_form),
        "holdings": holdings(both),
        "reasons": why_the_same(reasons_alike(*both)),
        "verdict": Verdict.objects.on(*both).first(),
        "kind": chosen_kind(request),
        "next_url": next_address(request.user, both[0], kind=chosen_kind(request)),
        "needs_another": not all(request.user.may_curate(each.city_id) for each in both),
    }
    return render(request, "merging/pair.html", context, status=status)


def _merge_form(both: tuple[Initiative, Initiative], data: QueryDict | None = None) -> MergeForm:
    return MergeForm(data, one=both[0], other=both[1], kept=kept_by_default(*both))


def _answer_form(objected: Merge, data: QueryDict | None = None) -> ObjectionAnswerForm:
    """Several objections may stand on one page."""
    return ObjectionAnswerForm(data, auto_id=f"answer-{objected.public_id}-%s")


def _merged(request: HttpRequest, form: MergeForm) -> str:
    made = form.merge(by=request.user)
    if made.state == MergeState.PROPOSED:
        messages.success(request, _("Proposed. An officer of the other city decides whether these are one."))
    else:
        told = _('“{merged}” is now part of “{kept}”. It can be undone under <a href="{url}">Merged listings</a>.')
        names = {"merged": made.merged.name, "kept": made.kept.name}
        messages.success(request, format_html(told, **names, url=reverse("desk-merges")))
    return onward(request, made.kept)


def _decided(request: HttpRequest, public_id: str, deed: Any, done: str) -> HttpResponse:
    found = _found(request, public_id)
    attempt(request, lambda: deed(found), done)
    return redirect("desk-merges")


def _found(request: HttpRequest, public_id: str) -> Merge:
    return get_object_or_404(Merge.objects.curated_by(request.user).with_listings(), public_id=public_id)
