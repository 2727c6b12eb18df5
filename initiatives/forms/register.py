"""The six pages on which somebody registers an initiative: what each asks, and what it takes for an answer."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from initiatives.forms.contacts import ContactsAsked
from initiatives.forms.find_peers import LONGEST_TITLE, WrittenField
from initiatives.forms.places import CityField
from initiatives.importing.cleaning import LONGEST_NAME, LONGEST_TAG, LONGEST_URL, line, paragraphs
from initiatives.importing.countries import country_code
from initiatives.models import Domain
from initiatives.models.choices import (
    ExchangeType,
    GeographicScope,
    ItemType,
    OrganisationalStructure,
    TransactionType,
    YearPrecision,
)
from initiatives.models.initiative import MISSION_LENGTH, MOST_DOMAINS
from initiatives.places import country_name

LONGEST_DESCRIPTION = 10_000
LONGEST_KEPT = 2 * LONGEST_DESCRIPTION  # characters of a page that is left unfinished
MOST_TAGS = 10
MOST_EXCHANGES = 2  # of needs, and of offers; more can be added once it is listed
OLDEST = 1000
WIDE = (GeographicScope.NATIONAL, GeographicScope.INTERNATIONAL)

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
        """Whether it can be kept although something is wrong with it: what is sent without end cannot."""
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


class PlacePage(Page):
    slug = "place"
    question = _("Where is it?")
    why = _("People look for what is near to them, and the officers of your city look at what is new there.")

    where = CityField(
        label=_("Town or city"),
        error_messages={
            "required": _("Write the town or city. Only what works in a whole country or beyond may leave it out."),
            "unknown": _(
                "No town is known here as “%(name)s”. Check how it is spelled, or write the nearest larger town."
            ),
        },
    )
    reach = forms.ChoiceField(
        label=_("How far does it reach?"),
        widget=forms.RadioSelect,
        initial=GeographicScope.LOCAL,
        choices=[
            (GeographicScope.LOCAL, _("A town, or a part of it")),
            (GeographicScope.REGIONAL, _("Several towns, or a region")),
            (GeographicScope.NATIONAL, _("A whole country")),
            (GeographicScope.INTERNATIONAL, _("Several countries")),
        ],
        error_messages={"required": _("Choose how far it reaches.")},
    )
    country = WrittenField(
        longest=LONGEST_NAME, label=_("Country"), required=False, help_text=_("Only where you named no town.")
    )
    field_order = ("where", "reach", "country", "shows_contact")

    def __init__(self, said: Said | None = None, **options: Any) -> None:
        super().__init__(said, **options)
        self.fields["where"].required = self["reach"].value() not in WIDE

    def clean_country(self) -> str:
        """Its code."""
        told = self.cleaned_data["country"]
        code = country_code(told) if told else ""
        if told and not code:
            raise ValidationError(_now("No country is known here as “%(name)s”."), params={"name": told})
        return code

    def shown(self) -> list[tuple[Any, str]]:
        told = dict(super().shown())
        code = self.value("country")
        return list((told | {self.fields["country"].label: country_name(code) if code else ""}).items())


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


class AboutPage(Page):
    slug = "about"
    question = _("What else should people know?")
    why = _("All of this is optional, and can be added later.")
    PUBLIC_TEXTS = ("description",)

    website = forms.URLField(
        label=_("Website"),
        required=False,
        max_length=LONGEST_URL,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
        error_messages={"invalid": _("Write the address of a website, such as example.org.")},
    )
    description = WrittenField(
        longest=LONGEST_DESCRIPTION,
        label=_("More about it"),
        help_text=_("How it works, who takes part, what you learned. As long as you like."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    founded = forms.IntegerField(
        label=_("Since which year?"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "year"}),
        error_messages={"invalid": _("Write the year in four digits, such as 2019.")},
    )
    roughly = forms.BooleanField(label=_("We are not sure of the year"), required=False)
    structure = forms.ChoiceField(
        label=_("What kind of organisation is it?"),
        required=False,
        choices=[("", _("Choose one if one fits")), *OrganisationalStructure.choices],
    )
    field_order = ("website", "description", "founded", "roughly", "structure", "shows_contact")

    def clean_website(self) -> str:
        website = self.cleaned_data["website"]
        if website and not website.startswith(("http://", "https://")):
            raise ValidationError(self.fields["website"].error_messages["invalid"])
        return website

    def clean_description(self) -> str:
        return paragraphs(self.cleaned_data["description"])

    def clean_founded(self) -> int | None:
        year, latest = self.cleaned_data["founded"], date.today().year
        if year is not None and not OLDEST <= year <= latest:
            raise ValidationError(
                _now("Write a year between %(first)d and %(last)d.") % {"first": OLDEST, "last": latest}
            )
        return year

    def shown(self) -> list[tuple[Any, str]]:
        told = dict(super().shown())
        year = self.value("founded")
        about = _now("about %(year)d") if self.value("roughly") else "%(year)d"
        told[self.fields["founded"].label] = about % {"year": year} if year else ""
        del told[self.fields["roughly"].label]
        return list(told.items())

    @property
    def precision(self) -> str:
        if self.value("founded") is None:
            return ""
        return YearPrecision.APPROXIMATE if self.value("roughly") else YearPrecision.EXACT


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


class EmailPage(Page):
    slug = "email"
    question = _("What is your e-mail address?")
    why = _(
        "It is never shown. We mail you a link to confirm what you write here, and tell you what the officers decide."
    )

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write an e-mail address in the right form, such as name@example.org."),
        },
    )
    field_order = ("email", "shows_contact")


PAGES: tuple[type[Page], ...] = (NamePage, PlacePage, WorkPage, AboutPage, ExchangePage, EmailPage)
BY_SLUG = {page.slug: page for page in PAGES}
