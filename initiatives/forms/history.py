"""What administrators narrow the trail of everything that happened by."""

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.forms.places import CityField
from initiatives.models.acting import ActingRole
from initiatives.models.fields import PUBLIC_ID_LENGTH
from initiatives.models.remembering.trail import KINDS

EVERYTHING = ("", _("Everything"))
EVERYBODY = ("", _("Everybody"))


class TrailForm(forms.Form):
    kind = forms.ChoiceField(label=_("What"), choices=[EVERYTHING, *KINDS.items()], required=False)
    role = forms.ChoiceField(label=_("By whom"), choices=[EVERYBODY, *ActingRole.choices], required=False)
    city = CityField(label=_("City"), required=False)
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    listing = forms.CharField(
        label=_("Listing"),
        help_text=_("Its address, or the ten characters in it, such as 6jfpxf9rq8."),
        max_length=500,
        required=False,
    )

    def clean_listing(self) -> str:
        parts = self.cleaned_data["listing"].strip().split("/")
        return next((part for part in parts if len(part) == PUBLIC_ID_LENGTH), parts[-1])
