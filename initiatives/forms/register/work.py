"""Its field of work, and the words that people may look for."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from initiatives.forms.find_peers import WrittenField
from initiatives.forms.register.page import Page
from initiatives.importing.cleaning import LONGEST_TAG, line
from initiatives.models import Domain
from initiatives.models.initiative import MOST_DOMAINS

MOST_TAGS = 10


class WorkPage(Page):
    slug = "work"
    question = _("What is its field of work?")
    PUBLIC_TEXTS = ("tags",)

    domain = forms.ModelChoiceField(
        Domain.objects.all(),
        to_field_name="slug",
        label=_("Main field of work"),
        empty_label=_("Choose the one that fits best"),
        error_messages={
            "required": _("Choose the field of work that fits best."),
            "invalid_choice": _("Choose a field of work from the list."),
        },
    )
    others = forms.ModelMultipleChoiceField(
        Domain.objects.all(),
        to_field_name="slug",
        label=_("Does it work in others too?"),
        help_text=_("At most three."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose fields of work from the list.")},
    )
    tags = WrittenField(
        longest=MOST_TAGS * (LONGEST_TAG + 2),
        label=_("Words that people may look for"),
        help_text=_("With commas between them: “tool library, repair café”."),
        required=False,
    )
    field_order = ("domain", "others", "tags", "shows_contact")

    def clean_tags(self) -> list[str]:
        told = [line(each) for each in re.split(r"[,;\n]", self.cleaned_data["tags"])]
        tags = list({each.casefold(): each for each in told if each}.values())
        if len(tags) > MOST_TAGS:
            raise ValidationError(
                _now("Give %(most)d words at most: these are %(n)d.") % {"most": MOST_TAGS, "n": len(tags)}
            )
        if any(len(each) > LONGEST_TAG for each in tags):
            raise ValidationError(_now("Put commas between the words: one of them is very long."))
        return tags

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if len(self.domains()) > MOST_DOMAINS:
            self.add_error("others", _("Choose at most three besides the main one."))
        return said

    def domains(self) -> list[Domain]:
        """The main one first."""
        chosen = [self.cleaned_data.get("domain"), *(self.cleaned_data.get("others") or ())]
        return list(dict.fromkeys(each for each in chosen if each))
