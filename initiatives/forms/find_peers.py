"""What somebody says who looks for others: only what they do is asked for, the rest makes the answer better."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from initiatives.forms.browse import readable_words
from initiatives.forms.places import CityField
from initiatives.importing.languages import detected
from initiatives.importing.sentences import lead
from initiatives.models import City, Domain
from initiatives.models.choices import ItemType
from initiatives.models.initiative import UNKNOWN_LANGUAGE
from initiatives.models.telling.asker import ASKER
from initiatives.overlap.values import Direction, Exchange, Listing
from initiatives.text import words

LONGEST_TEXT = 2_000
LONGEST_TITLE = 200


class WrittenField(forms.CharField):
    """Words that somebody writes or pastes. Its length is said in an error and not in `maxlength`, with which browsers
    cut what is pasted without a word."""

    default_error_messages = {
        "too_long": _("Use %(limit_value)d characters at most: these are %(show_value)d."),
        "no_words": _("Write it in words."),
    }

    def __init__(self, *, longest: int, **options: object) -> None:
        super().__init__(**options)
        self.allow(longest)

    def allow(self, longest: int) -> None:
        """Fields of one form class share their validators, so another length is another validator."""
        others = [each for each in self.validators if not isinstance(each, MaxLengthValidator)]
        self.validators = [*others, MaxLengthValidator(longest, self.error_messages["too_long"])]

    def to_python(self, value: str | None) -> str:
        # A word processor's invisible characters are nobody's mistake.
        return "\n".join((value or "").replace("\0", " ").split("\r\n")).strip()

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not words(value[:LONGEST_TEXT]):
            raise ValidationError(self.error_messages["no_words"], code="no_words")


class FindPeersForm(forms.Form):
    doing = WrittenField(
        longest=LONGEST_TEXT,
        label=_("What do you do?"),
        help_text=_("One or two sentences, in your own language: with whom, what, for whom."),
        error_messages={"required": _("Write what you do: a sentence is enough.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    where = CityField(label=_("Where?"), required=False, help_text=_("A town or city."))
    domain = forms.ModelChoiceField(
        Domain.objects.all(),
        to_field_name="slug",
        label=_("Field of work"),
        required=False,
        empty_label=_("Choose one if one fits"),
        error_messages={"invalid_choice": _("Choose a field of work from the list, or none.")},
    )
    need = WrittenField(longest=LONGEST_TITLE, label=_("What do you need?"), required=False)
    offer = WrittenField(longest=LONGEST_TITLE, label=_("What can you offer?"), required=False)

    @classmethod
    def prefilled(cls, query: QueryDict) -> "FindPeersForm":
        """With a place or field that a link names; what somebody does never stands in an address."""
        where = readable_words(query.get("where", ""))
        city = City.objects.at(where) if where else None
        return cls(initial={"where": str(city or where), "domain": readable_words(query.get("domain", ""))})

    def __init__(self, data: QueryDict | None = None, **options: object) -> None:
        """NUL, which no page may hold, is a space also where a field is drawn again."""
        if isinstance(data, QueryDict):
            data = data.copy()
            for name in data:
                data.setlist(name, [value.replace("\0", " ") for value in data.getlist(name)])
        super().__init__(data, **options)

    @property
    def can_be_answered(self) -> bool:
        """Whether it says what they do; a place that nobody knows does not stand in the way."""
        return self.is_bound and "doing" not in self.errors

    @property
    def has_exchanges(self) -> bool:
        return any(self[name].value() for name in ("need", "offer"))

    @property
    def city(self) -> City | None:
        return self.cleaned_data.get("where")

    @property
    def domain_chosen(self) -> Domain | None:
        return self.cleaned_data.get("domain")

    def asked(self) -> Listing:
        """As the engine sees a listing; this one is kept nowhere."""
        text = self.cleaned_data["doing"]
        mission, description = lead(text)
        return Listing(
            key=ASKER,
            name="",
            mission=mission,
            description=description,
            language=_language(text),
            country=self.city.country if self.city else "",
            city=self.city.pk if self.city else None,
            city_name=self.city.name if self.city else "",
            domains=(self.domain_chosen.code,) if self.domain_chosen else (),
            exchanges=(*self._exchanges("want", "need"), *self._exchanges("offer", "offer")),
        )

    def _exchanges(self, direction: Direction, name: str) -> tuple[Exchange, ...]:
        """One for each kind of thing it could be: only what a listing says of its own tells which it is."""
        title = self.cleaned_data.get(name)
        return tuple(Exchange(direction=direction, title=title, item_type=each) for each in ItemType) if title else ()


def _language(text: str) -> str:
    """Of few words nobody can tell: they are most likely in the language of the page."""
    language = detected(text)
    return (get_language() or "en").split("-")[0] if language == UNKNOWN_LANGUAGE else language
