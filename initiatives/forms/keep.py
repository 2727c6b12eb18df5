"""What a steward may say of a listing: its texts, where it is, what it is about, its facts and its licences."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from initiatives.forms.contacts import ContactsAsked
from initiatives.forms.find_peers import WrittenField
from initiatives.forms.languages import language_choices
from initiatives.forms.lines import CommaField, SeveralField, WebsiteField
from initiatives.forms.places import CityField, as_written
from initiatives.forms.versions import VersionedForm
from initiatives.importing.cleaning import LONGEST_NAME, LONGEST_TAG
from initiatives.models import City, Domain, Initiative, Licence
from initiatives.models.choices import (
    WIDE,
    GeographicScope,
    OrganisationalStructure,
    OutputKind,
    SelfDescription,
    YearPrecision,
)
from initiatives.models.initiative import MISSION_LENGTH, MOST_DOMAINS, UNKNOWN_LANGUAGE
from initiatives.models.plain import Plain
from initiatives.places import country_choices

LONGEST_DESCRIPTION = 20_000
LONGEST_IMPORTED_MISSION = 2_000
MOST_TAGS = 20
MOST_MEMBERS = 100_000_000
# Of one kind of output: more than anybody has, and a bound to what a form may cost.
MOST_LICENCES = 5
# Fields of the listing that the form draws under the same name.
SAME = (
    "name nickname primary_url urls mission description language country geographic_scope street_address postal_code "
    "founded_year organisational_structure self_description number_of_members tags contact shows_contact"
).split()
NAMES = (*SAME, "city", "domains", "licences", "founded_precision")


class EditForm(ContactsAsked, VersionedForm):
    PUBLIC_TEXTS = ("name", "nickname", "mission", "description", "street_address", "tags")

    name = WrittenField(
        longest=LONGEST_NAME, label=_("Name"), error_messages={"required": _("Write what it is called.")}
    )
    nickname = SeveralField(
        each=WrittenField(longest=LONGEST_NAME),
        label=_("Other names it goes by"),
        help_text=_("One on each line: people find it by these too."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    mission = WrittenField(
        longest=MISSION_LENGTH,
        label=_("What it does, for whom"),
        help_text=_("One or two sentences, %(most)d characters at most.") % {"most": MISSION_LENGTH},
        error_messages={"required": _("Write in a sentence what it does.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    description = WrittenField(
        longest=LONGEST_DESCRIPTION,
        required=False,
        label=_("More about it"),
        help_text=_("An empty line makes a paragraph, *stars* make it stressed, a line that begins with - is a list."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    language = forms.ChoiceField(label=_("Language of these texts"))

    where = CityField(label=_("Town or city"), required=False, help_text=_("Leave it empty if it has none."))
    country = forms.ChoiceField(
        label=_("Country"), required=False, help_text=_("Only where there is no town: else it is the town’s.")
    )
    geographic_scope = forms.ChoiceField(label=_("How far it reaches"))
    street_address = WrittenField(
        longest=300,
        required=False,
        label=_("Street and number"),
        help_text=_("Leave it empty where it is somebody’s home."),
    )
    postal_code = forms.CharField(max_length=20, required=False, label=_("Postal code"))

    domain = forms.ModelChoiceField(
        Domain.objects.all(),
        to_field_name="slug",
        label=_("Main field of work"),
        empty_label=_("Choose one"),
        error_messages={"required": _("Choose the field that fits best.")},
    )
    more_domains = forms.ModelMultipleChoiceField(
        Domain.objects.all(),
        to_field_name="slug",
        required=False,
        label=_("Further fields"),
        help_text=_("Three at most."),
        widget=forms.CheckboxSelectMultiple,
    )
    tags = CommaField(
        each=WrittenField(longest=LONGEST_TAG),
        most=MOST_TAGS,
        label=_("Tags"),
        help_text=_("With commas between them."),
    )

    primary_url = WebsiteField(label=_("Website"), required=False)
    urls = SeveralField(
        each=WebsiteField(),
        label=_("Other addresses on the web"),
        help_text=_("One on each line."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    contact = forms.EmailField(
        label=_("E-mail address for messages"),
        required=False,
        help_text=_("Never shown to anybody."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    founded_year = forms.IntegerField(label=_("Founded in"), required=False, min_value=1000)
    founded_about = forms.BooleanField(label=_("The year is approximate"), required=False)
    organisational_structure = forms.ChoiceField(label=_("Structure"), required=False)
    self_description = forms.MultipleChoiceField(
        choices=SelfDescription, label=_("What it calls itself"), required=False, widget=forms.CheckboxSelectMultiple
    )
    number_of_members = forms.IntegerField(
        label=_("Number of members"), required=False, min_value=0, max_value=MOST_MEMBERS
    )

    def __init__(self, data: Any = None, *, listing: Initiative, **options: Any) -> None:
        self.listing = listing
        super().__init__(data, **options)
        self._fit_the_listing()
        self.fields |= {name: field for name, _output, field in self._licence_fields()}

    def _fit_the_listing(self) -> None:
        """What came from a list may lack what a registration is asked for."""
        fields, is_imported = self.fields, bool(self.listing.source)
        language = [(UNKNOWN_LANGUAGE, _("Not known"))] if self.listing.language == UNKNOWN_LANGUAGE else []
        fields["language"].choices = [*language, *language_choices(also=[self.listing.language])]
        scopes = [each for each in GeographicScope.choices if each[0] in (self.now["geographic_scope"], *KNOWN_SCOPES)]
        fields["geographic_scope"].choices = scopes
        fields["country"].choices = [("", _("Choose one")), *country_choices()]
        fields["organisational_structure"].choices = [("", _("Not told")), *OrganisationalStructure.choices]
        fields["founded_year"].max_value = date.today().year
        fields["mission"].required = fields["domain"].required = not is_imported
        if is_imported:
            fields["mission"].allow(LONGEST_IMPORTED_MISSION)
            fields["mission"].help_text = _("One or two sentences.")

    # Between fields and plain values.

    def drawn(self, values: Plain) -> dict[str, Any]:
        city = City.objects.at(values["city"]) if values["city"] else None
        first, *more = values["domains"] or [""]
        return {
            **{name: values[name] for name in SAME},
            "where": as_written(city) if city else "",
            "domain": first,
            "more_domains": more,
            "founded_about": values["founded_precision"] == YearPrecision.APPROXIMATE,
            **{f"licence_{output}_{place}": spdx for output, place, spdx in numbered(values["licences"])},
        }

    def said(self) -> Plain:
        cleaned, city = self.cleaned_data, self.cleaned_data["where"]
        precision = YearPrecision.APPROXIMATE if cleaned["founded_about"] else YearPrecision.EXACT
        return {
            **{name: cleaned[name] for name in SAME},
            "city": city.slug if city else "",
            "country": city.country if city else cleaned["country"],
            "domains": [domain.slug for domain in self._domains()],
            "tags": sorted(cleaned["tags"]),
            "licences": sorted(self._licences()),
            "founded_precision": precision.value if cleaned["founded_year"] else "",
        }

    def _domains(self) -> list[Domain]:
        chosen = [self.cleaned_data.get("domain"), *self.cleaned_data.get("more_domains", ())]
        return list(dict.fromkeys(domain for domain in chosen if domain))

    # Licences: for each kind of output as many as there are, and one to add.

    def _licence_fields(self) -> list[tuple[str, str, forms.Field]]:
        found = []
        for output, label in OutputKind.choices:
            mine = [name for name in self.data if name.startswith(f"licence_{output}_")]
            number = sum(kind == output for _spdx, kind in self.now["licences"])
            for place in range(min(max(number + 1, len(mine)), MOST_LICENCES) if number or mine else 1):
                field = forms.ModelChoiceField(
                    Licence.objects.all(),
                    to_field_name="spdx_id",
                    required=False,
                    empty_label=_("None, or not known"),
                    label=label if not place else _("%(output)s: a further licence") % {"output": label},
                )
                found.append((f"licence_{output}_{place}", output, field))
        return found

    def _licences(self) -> list[list[str]]:
        chosen = {
            (licence.spdx_id, output)
            for name, output, _field in self._licence_names
            if (licence := self.cleaned_data.get(name))
        }
        return [list(each) for each in chosen]

    @cached_property
    def _licence_names(self) -> list[tuple[str, str, forms.Field]]:
        return [(name, name.split("_")[1], field) for name, field in self.fields.items() if name.startswith("licence_")]

    @property
    def licence_fields(self) -> list[forms.BoundField]:
        return [self[name] for name, _output, _field in self._licence_names]

    # What fields say together.

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if len(self._domains()) > MOST_DOMAINS:
            self.add_error("more_domains", _("Choose three further fields at most."))
        self._check_place(cleaned)
        self._check_years(cleaned)
        return cleaned

    def _check_place(self, cleaned: dict[str, Any]) -> None:
        scope = cleaned.get("geographic_scope")
        needs_city = scope and scope not in WIDE and not self.listing.source
        if needs_city and "where" in cleaned and not cleaned["where"]:
            self.add_error("where", _("Write the town: only what reaches over a whole country or further has none."))

    def _check_years(self, cleaned: dict[str, Any]) -> None:
        founded, closed = cleaned.get("founded_year"), self.listing.closed_year
        if founded and founded > date.today().year:
            self.add_error("founded_year", _("This year has not come yet."))
        elif founded and closed and founded > closed:
            message = _("It ended in %(year)d, so it was founded before.") % {"year": closed}
            self.add_error("founded_year", ValidationError(message))


KNOWN_SCOPES = tuple(code for code in GeographicScope.values if code != GeographicScope.UNKNOWN)


def numbered(licences: list[list[str]]) -> list[tuple[str, int, str]]:
    """Each licence with its place among those of its kind of output."""
    counts: dict[str, int] = {}
    found = []
    for spdx, output in licences:
        found.append((output, counts.get(output, 0), spdx))
        counts[output] = counts.get(output, 0) + 1
    return found
