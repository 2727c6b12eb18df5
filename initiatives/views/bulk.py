"""Many listings at once: found, ticked, looked at, done, undone."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from initiatives.forms.bulk import BulkForm, CuratedFilter
from initiatives.models import BulkDeed, IllegalMove
from initiatives.views import lists
from initiatives.views.bounds import for_curators
from initiatives.views.form_pages import form_page, posted
from initiatives.views.once import once

PAGE = 50
MOST_NAMED = 30


@for_curators
@form_page
def bulk(request: HttpRequest) -> HttpResponse:
    """What they curate, filtered; the form prepares a deed on it."""
    asked = CuratedFilter(request.GET, user=request.user)
    form = BulkForm(posted(request), found=asked.results.count())
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_valid():
        try:
            return once(request, form, lambda: _prepared(request, form, asked))
        except IllegalMove as refused:
            form.add_error(None, str(refused))
    return render(request, "bulk/bulk.html", _context(request, asked, form), status=status)


@for_curators
@require_safe
def bulk_deeds(request: HttpRequest) -> HttpResponse:
    found = BulkDeed.objects.of(request.user).done().newest_first()
    return render(request, "bulk/deeds.html", {"page": Paginator(found, PAGE).get_page(request.GET.get("page"))})


@for_curators
@require_safe
def bulk_deed(request: HttpRequest, public_id: str) -> HttpResponse:
    """What it will do, did, or had done."""
    deed = get_object_or_404(BulkDeed.objects.of(request.user), public_id=public_id)
    return render(request, "bulk/deed.html", {"deed": deed, "first": deed.first_listings(MOST_NAMED)})


@for_curators
@require_POST
def bulk_do(request: HttpRequest, public_id: str) -> HttpResponse:
    deed = get_object_or_404(BulkDeed.objects.of(request.user), public_id=public_id)
    try:
        deed.do(by=request.user)
        changed = len(deed.listings)
        told = ngettext("%(n)d listing was changed.", "%(n)d listings were changed.", changed)
        messages.success(request, told % {"n": changed})
    except IllegalMove as refused:
        messages.error(request, str(refused))
    return redirect(deed)


@for_curators
@require_POST
def bulk_undo(request: HttpRequest, public_id: str) -> HttpResponse:
    deed = get_object_or_404(BulkDeed.objects.of(request.user), public_id=public_id)
    try:
        back = deed.undo(by=request.user)
        told = ngettext("%(n)d listing is as it was.", "%(n)d listings are as they were.", back)
        messages.success(request, told % {"n": back})
    except IllegalMove as refused:
        messages.error(request, str(refused))
    return redirect(deed)


def _prepared(request: HttpRequest, form: BulkForm, asked: CuratedFilter) -> str:
    deed = form.prepare(asked, request.POST.getlist("listing")[:PAGE], by=request.user)
    return deed.get_absolute_url()


def _context(request: HttpRequest, asked: CuratedFilter, form: BulkForm) -> dict[str, Any]:
    facets = asked.facets()
    listed = asked.results.for_rows().by_name()
    return {
        "asked": asked,
        "form": form,
        "facets": facets,
        "chips": lists.chips(request, asked, facets),
        "clear_url": request.path,
        "ticked": set(request.POST.getlist("listing")),
        "page": Paginator(listed, PAGE).get_page(request.GET.get("page")),
    }
