"""How it is with an initiative now, and since when it has ended."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from initiatives.forms.versions import VersionedForm
from initiatives.models import Initiative
from initiatives.models.choices import Status


class StatusForm(VersionedForm):
    status = forms.ChoiceField(
        choices=[each for each in Status.choices if each[0] != Status.UNKNOWN],
        label=_("How it is now"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it is now.")},
    )
    closed_year = forms.IntegerField(
        label=_("Ended in"),
        required=False,
        min_value=1000,
        help_text=_("Of an initiative that is completed or has stopped: the year."),
    )

    def __init__(self, data: Any = None, *, listing: Initiative, **options: Any) -> None:
        self.listing = listing
        super().__init__(data, **options)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        year, founded, has_ended = cleaned.get("closed_year"), self.listing.founded_year, self._has_ended(cleaned)
        if year and not has_ended:
            cleaned["closed_year"] = None
        elif year and year > date.today().year:
            self.add_error("closed_year", _("This year has not come yet."))
        elif year and founded and year < founded:
            message = _("It was founded in %(year)d, so it ended after that.") % {"year": founded}
            self.add_error("closed_year", ValidationError(message))
        return cleaned

    def _has_ended(self, cleaned: dict[str, Any]) -> bool:
        return cleaned.get("status") in (Status.COMPLETED, Status.CANCELLED)
