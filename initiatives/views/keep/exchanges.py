"""Needs and offers, one by one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from initiatives.forms.exchanges import ExchangeForm
from initiatives.models import Initiative, StaleVersion
from initiatives.models.choices import ExchangeType
from initiatives.models.plain import EXCHANGE, Plain, read_exchanges
from initiatives.views.bounds import for_signed_in
from initiatives.views.form_pages import form_page, page, posted
from initiatives.views.keep.found import for_editors
from initiatives.views.keep.versions import met
from initiatives.views.once import once

PAGE, FORM = "keep/exchanges.html", "keep/exchange.html"
NOTHING = dict.fromkeys(EXCHANGE, "") | {"exchange_type": ExchangeType.WANT.value}


@for_signed_in
@require_safe
@for_editors
def exchanges(request: HttpRequest, listing: Initiative) -> HttpResponseBase:
    return render(request, PAGE, {"initiative": listing, "exchanges": listing.exchanges.all()})


@for_signed_in
@form_page
@for_editors
def add(request: HttpRequest, listing: Initiative) -> HttpResponseBase:
    form = ExchangeForm(posted(request), now=NOTHING, version=listing.version)
    if not form.is_valid():
        context = {"initiative": listing, "form": form, "is_new": True}
        return page(request, FORM, context)

    def deed() -> str:
        listing.add_exchange(by=request.user, row=form.said(), **form.agreed())
        return reverse("listing-needs", args=[listing.public_id])

    messages.success(request, _("Added."))
    return once(request, form, deed)


@for_signed_in
@form_page
@for_editors
def change(request: HttpRequest, listing: Initiative, exchange_id: str) -> HttpResponseBase:
    def remake(now: Initiative, merged: Plain | None = None, *, data: Any = None) -> ExchangeForm:
        return ExchangeForm(data, now=row_of(now, exchange_id), version=now.version, merged=merged)

    form = remake(listing, data=posted(request))
    if not form.is_valid():
        context = {"initiative": listing, "form": form}
        return page(request, FORM, context)
    try:
        version = form.cleaned_data["version"]
        listing.change_exchange(exchange_id, by=request.user, version=version, row=form.values(), **form.agreed())
    except StaleVersion:
        return met(request, FORM, form, remake=remake, context={"initiative": listing})
    messages.success(request, _("Saved."))
    return redirect("listing-needs", listing.public_id)


@for_signed_in
@require_POST
@for_editors
def remove(request: HttpRequest, listing: Initiative, exchange_id: str) -> HttpResponseBase:
    row_of(listing, exchange_id)
    listing.remove_exchange(exchange_id, by=request.user)
    messages.success(request, _("Removed."))
    return redirect("listing-needs", listing.public_id)


def row_of(listing: Initiative, exchange_id: str) -> Plain:
    rows = {row.pop("public_id"): row for row in read_exchanges(listing)}
    if exchange_id not in rows:
        raise Http404
    return rows[exchange_id]
