"""What an administrator says of people and their roles."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.forms.guards import OnceForm
from initiatives.forms.places import CityField
from initiatives.models import Appointment, User
from initiatives.models.roles import Role

LONGEST_SEARCH = 200


class FindPeopleForm(forms.Form):
    q = forms.CharField(label=_("Name or e-mail address"), max_length=LONGEST_SEARCH, required=False)

    def clean_q(self) -> str:
        return self.cleaned_data["q"].replace("\0", " ").strip()


class AppointForm(OnceForm):
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role."), "invalid_choice": _("Choose a role from the list.")},
    )
    city = CityField(label=_("City"), required=False, help_text=_("Of an officer: the city they decide for."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_officer, has_city = cleaned.get("role") == Role.OFFICER, bool(cleaned.get("city"))
        if is_officer and not has_city and "city" not in self.errors:
            self.add_error("city", _("Write the city that they are officer of."))
        if has_city and not is_officer and "role" in cleaned:
            self.add_error("city", _("Only officers have a city: leave this empty."))
        return cleaned

    def appoint(self, person: User, *, by: User) -> Appointment:
        given = self.cleaned_data
        return Appointment.objects.appoint(person, role=given["role"], city=given["city"] or None, by=by)
