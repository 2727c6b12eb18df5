"""A city's own list: uploaded, checked, looked at, taken in, taken out again."""

from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from initiatives.forms.uploads import UploadForm
from initiatives.importing.bounds import MOST_BYTES
from initiatives.importing.uploads import glance_at
from initiatives.models import IllegalMove, Upload
from initiatives.tasks.uploads import SMALL, work_at_once
from initiatives.views.bounds import for_curators
from initiatives.views.form_pages import form_page
from initiatives.views.once import once

PAGE = 20
# Of a request beside the file: the other fields, and what a browser writes between them.
BESIDE_FILE = 100_000
LOOK_AGAIN = 4  # seconds


# The length is looked at before anything reads the body, which the check of the token would.
@csrf_exempt
@for_curators
@form_page
def uploads(request: HttpRequest) -> HttpResponse:
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + BESIDE_FILE:
        return _too_large(request)
    return _uploads(request)


@csrf_protect
def _uploads(request: HttpRequest) -> HttpResponse:
    said = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*said, user=request.user)
    if form.is_valid():
        return once(request, form, lambda: _saved(form, request))
    return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK)


@for_curators
@require_safe
def upload(request: HttpRequest, public_id: str) -> HttpResponse:
    """How far it is, what would become of each row, and what became of it."""
    found = get_object_or_404(Upload.objects.of(request.user).with_city(), public_id=public_id)
    response = render(request, "bulk/upload.html", {"upload": found, "glance": glance_at(found)})
    if found.is_at_work:
        response["Refresh"] = str(LOOK_AGAIN)
    return response


@for_curators
@require_POST
def upload_import(request: HttpRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(Upload.objects.of(request.user).with_city(), public_id=public_id)
    try:
        found.begin_import(by=request.user)
    except IllegalMove as refused:
        messages.error(request, str(refused))
        return redirect(found)
    if found.is_at_work and found.row_count <= SMALL:
        work_at_once(found)
    return redirect(found)


@for_curators
@require_POST
def upload_undo(request: HttpRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(Upload.objects.of(request.user).with_city(), public_id=public_id)
    try:
        gone = found.undo(by=request.user)
        told = ngettext("%(n)d listing was withdrawn.", "%(n)d listings were withdrawn.", gone)
        messages.success(request, told % {"n": gone})
    except IllegalMove as refused:
        messages.error(request, str(refused))
    return redirect(found)


def _saved(form: UploadForm, request: HttpRequest) -> str:
    saved = form.save(by=request.user)
    if saved.row_count <= SMALL:
        work_at_once(saved)
    return saved.get_absolute_url()


def _too_large(request: HttpRequest) -> HttpResponse:
    """Nothing of it was read: all that is known is what is wrong with the file."""
    form = UploadForm(None, user=request.user)
    form.errors["file"] = form.error_class(
        [_("The file is larger than %(most)d MB.") % {"most": MOST_BYTES // 1_000_000}]
    )
    return _page(request, form, HTTPStatus.CONTENT_TOO_LARGE)


def _page(request: HttpRequest, form: UploadForm, status: int) -> HttpResponse:
    found = Upload.objects.of(request.user).with_city().newest_first()
    context = {"form": form, "page": Paginator(found, PAGE).get_page(request.GET.get("page"))}
    return render(request, "bulk/uploads.html", context, status=status)
