"""A list that an officer brings for their city."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from initiatives.forms.find_peers import WrittenField
from initiatives.forms.guards import OnceForm
from initiatives.forms.places import CityField
from initiatives.importing.bounds import MOST_BYTES, count_rows, text_of
from initiatives.importing.verdicts import Unreadable
from initiatives.models import City, Upload, User

# Under which somebody may give on what a list says.
LICENCES = ("CC0-1.0", "PDDL-1.0", "CC-BY-4.0", "ODC-By-1.0", "CC-BY-SA-4.0", "ODbL-1.0")


class UploadForm(OnceForm):
    city = CityField(label=_("City"), error_messages={"required": _("Write the name of the city.")})
    name = WrittenField(
        longest=60,
        label=_("What is the list called?"),
        help_text=_("Each listing says that its facts come from there."),
        error_messages={"required": _("Write what the list is called.")},
    )
    source_url = forms.URLField(
        label=_("Where is it published?"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": _("Write a web address, such as https://example.org.")},
    )
    data_licence = forms.ChoiceField(
        label=_("Under which licence may it be used?"),
        help_text=_("Only lists that everybody may use can be imported."),
        choices=[(code, code) for code in LICENCES],
    )
    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("At most 5 MB and 5,000 rows. It needs a column “name”."),
        error_messages={
            "required": _("Choose a CSV file."),
            "empty": _("The file is empty."),
        },
    )

    def __init__(self, *arguments: Any, user: User, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.user = user
        self.fields["city"].initial = City.objects.first_curated_by(user)

    def clean_city(self) -> City:
        city = self.cleaned_data["city"]
        if not self.user.may_curate(city.pk):
            raise ValidationError(_("You are no officer of %(city)s."), params={"city": city})
        return city

    def clean_file(self) -> str:
        """As text; bounded before anything reads it."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than %(most)d MB.") % {"most": MOST_BYTES // 1_000_000})
        try:
            text = text_of(file.read())
            self.row_count = count_rows(text)
        except Unreadable as error:
            raise ValidationError(str(error)) from error
        return text

    def save(self, *, by: User) -> Upload:
        Upload.objects.forget_old()
        said = {name: self.cleaned_data[name] for name in ("city", "name", "source_url", "data_licence")}
        upload = Upload.objects.create(content=self.cleaned_data["file"], row_count=self.row_count, by=by, **said)
        upload.call_worker()
        return upload
