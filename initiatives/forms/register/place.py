"""Where it is, and how far it reaches."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from initiatives.forms.find_peers import WrittenField
from initiatives.forms.places import CityField
from initiatives.forms.register.page import Page, Said
from initiatives.importing.cleaning import LONGEST_NAME
from initiatives.importing.countries import country_code
from initiatives.models.choices import WIDE, GeographicScope
from initiatives.places import country_name


class PlacePage(Page):
    slug = "place"
    question = _("Where is it?")
    why = _("People look for what is near to them, and the officers of your city look at what is new there.")

    where = CityField(
        label=_("Town or city"),
        error_messages={
            "required": _("Write the town or city. Only what works in a whole country or beyond may leave it out."),
            "unknown": _(
                "No town is known here as “%(name)s”. Check how it is spelled, or write the nearest larger town."
            ),
        },
    )
    reach = forms.ChoiceField(
        label=_("How far does it reach?"),
        widget=forms.RadioSelect,
        initial=GeographicScope.LOCAL,
        choices=[
            (GeographicScope.LOCAL, _("A town, or a part of it")),
            (GeographicScope.REGIONAL, _("Several towns, or a region")),
            (GeographicScope.NATIONAL, _("A whole country")),
            (GeographicScope.INTERNATIONAL, _("Several countries")),
        ],
        error_messages={"required": _("Choose how far it reaches.")},
    )
    country = WrittenField(
        longest=LONGEST_NAME, label=_("Country"), required=False, help_text=_("Only where you named no town.")
    )
    field_order = ("where", "reach", "country", "shows_contact")

    def __init__(self, said: Said | None = None, **options: Any) -> None:
        super().__init__(said, **options)
        self.fields["where"].required = self["reach"].value() not in WIDE

    def clean_country(self) -> str:
        """Its code."""
        told = self.cleaned_data["country"]
        code = country_code(told) if told else ""
        if told and not code:
            raise ValidationError(_now("No country is known here as “%(name)s”."), params={"name": told})
        return code

    def shown(self) -> list[tuple[Any, str]]:
        told = dict(super().shown())
        code = self.value("country")
        return list((told | {self.fields["country"].label: country_name(code) if code else ""}).items())
