"""What it is called, and what it does."""

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.forms.find_peers import WrittenField
from initiatives.forms.register.page import Page
from initiatives.importing.cleaning import LONGEST_NAME, line
from initiatives.models.initiative import MISSION_LENGTH


class NamePage(Page):
    slug = "name"
    question = _("What is it called, and what does it do?")
    asks_while_typing = True
    PUBLIC_TEXTS = ("name", "mission")

    name = WrittenField(
        longest=LONGEST_NAME,
        label=_("Name of the initiative"),
        error_messages={"required": _("Write the name of the initiative.")},
    )
    mission = WrittenField(
        longest=MISSION_LENGTH,
        label=_("What it does, in a sentence or two"),
        help_text=_("With whom, what, for whom; in your own language. At most 280 characters."),  # MISSION_LENGTH
        error_messages={"required": _("Write in a sentence what it does.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ("name", "mission", "shows_contact")

    def clean_name(self) -> str:
        return line(self.cleaned_data["name"])
