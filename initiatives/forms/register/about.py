"""What else people should know; all of it optional."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from initiatives.forms.find_peers import WrittenField
from initiatives.forms.register.page import Page
from initiatives.importing.cleaning import LONGEST_URL, paragraphs
from initiatives.models.choices import OrganisationalStructure, YearPrecision

LONGEST_DESCRIPTION = 10_000
OLDEST = 1000


class AboutPage(Page):
    slug = "about"
    question = _("What else should people know?")
    why = _("All of this is optional, and can be added later.")
    PUBLIC_TEXTS = ("description",)

    website = forms.URLField(
        label=_("Website"),
        required=False,
        max_length=LONGEST_URL,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
        error_messages={"invalid": _("Write the address of a website, such as example.org.")},
    )
    description = WrittenField(
        longest=LONGEST_DESCRIPTION,
        label=_("More about it"),
        help_text=_("How it works, who takes part, what you learned. As long as you like."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    founded = forms.IntegerField(
        label=_("Since which year?"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "year"}),
        error_messages={"invalid": _("Write the year in four digits, such as 2019.")},
    )
    roughly = forms.BooleanField(label=_("We are not sure of the year"), required=False)
    structure = forms.ChoiceField(
        label=_("What kind of organisation is it?"),
        required=False,
        choices=[("", _("Choose one if one fits")), *OrganisationalStructure.choices],
    )
    field_order = ("website", "description", "founded", "roughly", "structure", "shows_contact")

    def clean_website(self) -> str:
        website = self.cleaned_data["website"]
        if website and not website.startswith(("http://", "https://")):
            raise ValidationError(self.fields["website"].error_messages["invalid"])
        return website

    def clean_description(self) -> str:
        return paragraphs(self.cleaned_data["description"])

    def clean_founded(self) -> int | None:
        year, latest = self.cleaned_data["founded"], date.today().year
        if year is not None and not OLDEST <= year <= latest:
            raise ValidationError(
                _now("Write a year between %(first)d and %(last)d.") % {"first": OLDEST, "last": latest}
            )
        return year

    def shown(self) -> list[tuple[Any, str]]:
        told = dict(super().shown())
        year = self.value("founded")
        about = _now("about %(year)d") if self.value("roughly") else "%(year)d"
        told[self.fields["founded"].label] = about % {"year": year} if year else ""
        del told[self.fields["roughly"].label]
        return list(told.items())

    @property
    def precision(self) -> str:
        if self.value("founded") is None:
            return ""
        return YearPrecision.APPROXIMATE if self.value("roughly") else YearPrecision.EXACT
