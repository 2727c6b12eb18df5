"""What the pages have in common: how answers are read, kept, and told again in words."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise

from initiatives.forms.contacts import ContactsAsked

# Characters of a page that is kept: more than the longest answers have together.
LONGEST_KEPT = 20_000

Said = Mapping[str, list[str]]


class Page(ContactsAsked):
    """One page: its place in the address, the question it asks, and why."""

    slug: ClassVar[str]
    question: ClassVar[Promise]
    why: ClassVar[Promise | str] = ""
    # Whether what exists already is shown while somebody types.
    asks_while_typing: ClassVar[bool] = False

    def __init__(self, said: Said | None = None, **options: Any) -> None:
        """NUL, which neither database nor page may hold, is a space."""
        data = None
        if said is not None:
            values = said.lists() if isinstance(said, MultiValueDict) else said.items()
            data = MultiValueDict({name: [each.replace("\0", " ") for each in several] for name, several in values})
        super().__init__(data, **options)

    @classmethod
    def again(cls, said: Said | None) -> "Page":
        """As it was left: not yet checked, since nobody is told of a mistake before they go on."""
        form = cls()
        for name, values in (said or {}).items():
            if name in form.fields:
                form.initial[name] = values if _takes_several(form.fields[name]) else values[0]
        return form

    @property
    def said(self) -> dict[str, list[str]]:
        """What was said here and nothing else, as the draft keeps it."""
        return {name: self.data.getlist(name) for name in self.fields if name in self.data}

    def value(self, name: str) -> Any:
        """What a field was answered with; nothing where it was not, or not so that it can be read."""
        if not self.is_bound:
            return None
        self.is_valid()
        return self.cleaned_data.get(name)

    @property
    def is_short(self) -> bool:
        """Whether it can be kept, even where something is wrong with it: what is sent without end cannot."""
        return sum(len(value) for values in self.said.values() for value in values) <= LONGEST_KEPT

    @property
    def drawn(self) -> list[forms.BoundField]:
        """The fields to draw: one asks about contacts only where there are some."""
        return [field for field in self if field.name != "shows_contact" or self.asks_about_contacts]

    def shown(self) -> list[tuple[Any, str]]:
        """Each field with its answer in words, for the page on which answers are checked."""
        return [(field.label, self._in_words(field)) for field in self if field.name != "shows_contact"]

    def _in_words(self, field: forms.BoundField) -> str:
        value = self.value(field.name)
        if isinstance(field.field, forms.ChoiceField) and not isinstance(field.field, forms.ModelChoiceField):
            return str(dict(field.field.choices).get(value, "")) if value else ""
        if isinstance(value, (list, tuple)) or hasattr(value, "iterator"):
            return ", ".join(map(str, value))
        return "" if value in (None, False, "") else str(value)


def _takes_several(field: forms.Field) -> bool:
    return bool(getattr(field.widget, "allow_multiple_selected", False))
