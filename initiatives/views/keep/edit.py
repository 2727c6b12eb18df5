"""Editing a listing: all its texts and facts on one page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from initiatives.forms.keep import NAMES, EditForm
from initiatives.forms.status import StatusForm
from initiatives.models import Initiative, StaleVersion
from initiatives.models.plain import Plain, plain
from initiatives.views.bounds import for_signed_in
from initiatives.views.form_pages import form_page, page, posted
from initiatives.views.keep.found import after, for_editors
from initiatives.views.keep.versions import met

EDIT, STATUS = "keep/edit.html", "keep/status.html"
STATUS_NAMES = ("status", "closed_year")


@for_signed_in
@form_page
@for_editors
def edit(request: HttpRequest, listing: Initiative) -> HttpResponseBase:
    form = edit_form(listing, data=posted(request))
    is_preview = "preview" in request.POST and form.is_valid()
    if is_preview or not form.is_valid():
        context = {"initiative": listing, "form": form, "is_preview": is_preview}
        return page(request, EDIT, context)
    try:
        listing.edit(by=request.user, version=form.cleaned_data["version"], values=form.values())
    except StaleVersion:
        return met(request, EDIT, form, remake=edit_form, context={"initiative": listing})
    messages.success(request, saved(listing))
    return after(listing)


@for_signed_in
@form_page
@for_editors
def status(request: HttpRequest, listing: Initiative) -> HttpResponseBase:
    form = status_form(listing, data=posted(request))
    if not form.is_valid():
        return page(request, STATUS, {"initiative": listing, "form": form})
    try:
        listing.edit(by=request.user, version=form.cleaned_data["version"], values=form.values())
    except StaleVersion:
        return met(request, STATUS, form, remake=status_form, context={"initiative": listing})
    messages.success(request, saved(listing))
    return after(listing)


def edit_form(listing: Initiative, merged: Plain | None = None, *, data: Any = None) -> EditForm:
    return EditForm(data, listing=listing, now=plain(listing, NAMES), version=listing.version, merged=merged)


def status_form(listing: Initiative, merged: Plain | None = None, *, data: Any = None) -> StatusForm:
    now = plain(listing, STATUS_NAMES)
    return StatusForm(data, listing=listing, now=now, version=listing.version, merged=merged)


def saved(listing: Initiative) -> str:
    if listing.is_published:
        return _("Saved. Everybody sees it at once.")
    return _("Saved.")
