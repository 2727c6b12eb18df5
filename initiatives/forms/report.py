"""What a reader says is wrong with a listing."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from initiatives.forms.find_peers import WrittenField
from initiatives.forms.guards import GuardedForm
from initiatives.models import Initiative, Report
from initiatives.models.reports import ReportKind

LONGEST_WORDS = 2_000
# Of these nobody can tell what is meant without words.
NEEDS_WORDS = (ReportKind.WRONG, ReportKind.DUPLICATE)


class ReportForm(GuardedForm):
    kind = forms.ChoiceField(
        choices=ReportKind,
        label=_("What is the matter?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is the matter.")},
    )
    words = WrittenField(
        longest=LONGEST_WORDS,
        required=False,
        label=_("What do you know about it?"),
        help_text=_("What is wrong, or where one can see it. Only those who curate this listing read it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    email = forms.EmailField(
        required=False,
        label=_("Your e-mail address"),
        help_text=_("Only for the answer; it is forgotten after that."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("kind") in NEEDS_WORDS and not said.get("words") and "words" not in self.errors:
            self.add_error("words", _("Say in a few words what is wrong, or of what it is a double."))
        return said

    def report(self, listing: Initiative) -> Report:
        said = {name: self.cleaned_data[name] for name in ("kind", "words", "email")}
        language = (get_language() or "en").split("-")[0]
        return Report.objects.write(listing, **said, language=language, is_suspicious=self.is_suspicious)
