"""What it needs and offers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from initiatives.forms.find_peers import LONGEST_TITLE, WrittenField
from initiatives.forms.register.page import Page, Said
from initiatives.importing.cleaning import line
from initiatives.models.choices import ExchangeType, ItemType, TransactionType

MOST_EXCHANGES = 2  # of needs, and of offers; more can be added once it is listed


class ExchangePage(Page):
    """Needs and offers, each with what kind of thing it is and on which terms."""

    slug = "exchange"
    question = _("What do you need, and what can you offer?")
    why = _("This is how others find out that they can help, or that you can. It is optional, and can be added later.")
    KINDS = (
        ("want", _("What do you need?"), _("Another need")),
        ("offer", _("What can you offer?"), _("Another offer")),
    )

    def __init__(self, said: Said | None = None, **options: Any) -> None:
        super().__init__(said, **options)
        asks = self.fields.pop("shows_contact")
        for kind, first, further in self.KINDS:
            for number in range(1, MOST_EXCHANGES + 1):
                self._add(f"{kind}_{number}", first if number == 1 else further)
        self.fields["shows_contact"] = asks
        self.PUBLIC_TEXTS = tuple(self.titles)

    def _add(self, name: str, label: Promise) -> None:
        self.fields[name] = WrittenField(longest=LONGEST_TITLE, label=label, required=False)
        self.fields[f"{name}_kind"] = forms.ChoiceField(
            label=_("What kind of thing is it?"), required=False, choices=[("", _("Choose one")), *ItemType.choices]
        )
        self.fields[f"{name}_terms"] = forms.ChoiceField(
            label=_("On which terms?"), required=False, choices=[("", _("Choose one")), *TransactionType.choices]
        )

    @property
    def titles(self) -> list[str]:
        return [f"{kind}_{number}" for kind, *_labels in self.KINDS for number in range(1, MOST_EXCHANGES + 1)]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for title in self.titles:
            if said.get(title) and not said.get(f"{title}_kind"):
                self.add_error(f"{title}_kind", _("Choose what kind of thing it is."))
            if said.get(title) and not said.get(f"{title}_terms"):
                self.add_error(f"{title}_terms", _("Choose on which terms."))
            if (
                not said.get(title)
                and title not in self.errors
                and (said.get(f"{title}_kind") or said.get(f"{title}_terms"))
            ):
                self.add_error(title, _("Say what it is, or choose nothing below."))
        return said

    def exchanges(self) -> list[dict[str, str]]:
        """Those that are told whole."""
        return [row for row in map(self._exchange, self.titles) if all(row.values())]

    def _exchange(self, title: str) -> dict[str, str]:
        return {
            "exchange_type": str(ExchangeType(title.partition("_")[0])),
            "title": line(self.value(title) or ""),
            "item_type": self.value(f"{title}_kind") or "",
            "transaction_type": self.value(f"{title}_terms") or "",
        }

    def groups(self) -> Iterable[list[forms.BoundField]]:
        """A need or an offer each."""
        return [[self[name], self[f"{name}_kind"], self[f"{name}_terms"]] for name in self.titles]

    def shown(self) -> list[tuple[Any, str]]:
        rows = self.exchanges()
        return [
            (first, "; ".join(_of_kind(row) for row in rows if row["exchange_type"] == kind))
            for kind, first, _further in self.KINDS
        ]


def _of_kind(row: dict[str, str]) -> str:
    """“A shed (space, to borrow or lend)”."""
    kind = ItemType(row["item_type"]).label.lower()
    return f"{row['title']} ({kind}, {TransactionType(row['transaction_type']).label})"
