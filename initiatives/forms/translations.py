"""The texts of a listing in a further language."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.forms.contacts import ContactsAsked
from initiatives.forms.find_peers import WrittenField
from initiatives.forms.keep import LONGEST_DESCRIPTION, LONGEST_IMPORTED_MISSION
from initiatives.forms.languages import language_choices
from initiatives.forms.versions import VersionedForm
from initiatives.models import Initiative


class TranslationForm(ContactsAsked, VersionedForm):
    PUBLIC_TEXTS = ("mission", "description")

    mission = WrittenField(
        longest=LONGEST_IMPORTED_MISSION,
        label=_("What it does, for whom"),
        error_messages={"required": _("Write in a sentence what it does.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    description = WrittenField(
        longest=LONGEST_DESCRIPTION,
        required=False,
        label=_("More about it"),
        widget=forms.Textarea(attrs={"rows": 10}),
    )


class NewTranslationForm(TranslationForm):
    language = forms.ChoiceField(label=_("Language"), error_messages={"required": _("Choose the language.")})
    field_order = ("language",)

    def __init__(self, data: Any = None, *, listing: Initiative, **options: Any) -> None:
        super().__init__(data, **options)
        taken = [listing.language, *listing.translations.values_list("language", flat=True)]
        self.fields["language"].choices = [("", _("Choose one")), *language_choices(besides=taken)]
