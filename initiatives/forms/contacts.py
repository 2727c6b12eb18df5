"""E-mail addresses and telephone numbers in texts that everybody reads: only where their owner says so."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.importing.cleaning import EMAIL, LOCAL_PHONE, PHONE

LONGEST_READ = 20_000  # characters: more than any text here may have
FOUND = _(
    "This has an e-mail address or telephone number in it (%(found)s), which everybody would read. Take it out, or "
    "say below that it may be read by everybody."
)


def contacts_in(text: str) -> list[str]:
    """The e-mail addresses and telephone numbers in a text, in order, each once."""
    read = text[:LONGEST_READ]
    numbers = [each for pattern in (PHONE, LOCAL_PHONE) for each in pattern.finditer(read) if _begins(each)]
    found = [*EMAIL.finditer(read), *numbers]
    whole = [each for each in found if not any(_inside(each, other) for other in found)]
    return list(dict.fromkeys(each[0].strip() for each in sorted(whole, key=lambda each: each.start())))


def _begins(number: re.Match[str]) -> bool:
    """Not in the middle of another: “14.00-17.00” is an hour."""
    before = number.string[: number.start()][-1:]
    return not before.isalnum() and before not in tuple(".,/-")


def _inside(one: re.Match[str], other: re.Match[str]) -> bool:
    return one is not other and other.start() <= one.start() and one.end() <= other.end() and one[0] != other[0]


class ContactsAsked(forms.Form):
    """Texts with a contact in them are refused until somebody says that everybody may read it: the box for that is
    drawn (`asks_about_contacts`) once there is a reason to ask."""

    PUBLIC_TEXTS: tuple[str, ...] = ()

    shows_contact = forms.BooleanField(
        label=_("These may be read by everybody: they are ours, or their owner agrees."), required=False
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not said.get("shows_contact"):
            for name in self.PUBLIC_TEXTS:
                self._refuse_contacts(name, said.get(name))
        return self.cleaned_data

    def agreed(self) -> dict[str, bool]:
        """What a listing keeps of the box."""
        return {"shows_contact": True} if self.cleaned_data.get("shows_contact") else {}

    @property
    def asks_about_contacts(self) -> bool:
        return bool(self["shows_contact"].value()) or any(
            error.code == "contacts" for name in self.PUBLIC_TEXTS for error in self.errors.as_data().get(name, ())
        )

    def _refuse_contacts(self, name: str, said: str | Iterable[str] | None) -> None:
        text = said if isinstance(said, str) else "\n".join(said or ())
        if found := contacts_in(text):
            self.add_error(name, forms.ValidationError(FOUND, code="contacts", params={"found": ", ".join(found)}))
