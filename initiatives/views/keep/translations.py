"""The texts of a listing in further languages."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from initiatives.forms.translations import NewTranslationForm, TranslationForm
from initiatives.models import Initiative, StaleVersion
from initiatives.models.plain import Plain, read_translations
from initiatives.views.bounds import for_signed_in
from initiatives.views.form_pages import form_page, page, posted
from initiatives.views.keep.found import for_editors
from initiatives.views.keep.versions import met

PAGE, FORM = "keep/translations.html", "keep/translation.html"
NOTHING = {"mission": "", "description": ""}


@for_signed_in
@require_safe
@for_editors
def translations(request: HttpRequest, listing: Initiative) -> HttpResponseBase:
    return render(request, PAGE, {"initiative": listing, "translations": listing.translations.all()})


@for_signed_in
@form_page
@for_editors
def add(request: HttpRequest, listing: Initiative) -> HttpResponseBase:
    """Sent twice it is told that there is one in that language already: nothing is doubled."""

    def remake(now: Initiative, merged: Plain | None = None, *, data: Any = None) -> NewTranslationForm:
        return NewTranslationForm(data, listing=now, now=NOTHING, version=now.version, merged=merged)

    form = remake(listing, data=posted(request))
    if not form.is_valid():
        return page(request, FORM, {"initiative": listing, "form": form})
    return save(request, listing, form, language=form.cleaned_data["language"], remake=remake)


@for_signed_in
@form_page
@for_editors
def change(request: HttpRequest, listing: Initiative, language: str) -> HttpResponseBase:
    def remake(now: Initiative, merged: Plain | None = None, *, data: Any = None) -> TranslationForm:
        return TranslationForm(data, now=texts_of(now, language), version=now.version, merged=merged)

    translation = get_object_or_404(listing.translations, language=language)
    form = remake(listing, data=posted(request))
    if not form.is_valid():
        context = {"initiative": listing, "form": form, "translation": translation}
        return page(request, FORM, context)
    return save(request, listing, form, language=language, remake=remake, translation=translation)


@for_signed_in
@require_POST
@for_editors
def remove(request: HttpRequest, listing: Initiative, language: str) -> HttpResponseBase:
    texts_of(listing, language)
    listing.remove_translation(by=request.user, language=language)
    messages.success(request, _("Removed."))
    return redirect("listing-translations", listing.public_id)


def save(
    request: HttpRequest, listing: Initiative, form: TranslationForm, *, language: str, remake: Any, **context: Any
) -> HttpResponseBase:
    try:
        version = form.cleaned_data["version"]
        listing.translate(by=request.user, version=version, language=language, **form.values(), **form.agreed())
    except StaleVersion:
        return met(request, FORM, form, remake=remake, context={"initiative": listing, **context})
    messages.success(request, _("Saved."))
    return redirect("listing-translations", listing.public_id)


def texts_of(listing: Initiative, language: str) -> Plain:
    rows = {row.pop("language"): row for row in read_translations(listing)}
    if language not in rows:
        raise Http404
    return rows[language]
