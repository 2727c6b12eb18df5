"""What a reader may ask of the list of initiatives: words and facets, all of it in the address."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, Filter, FilterSet

from initiatives.models import City, Domain, Initiative, Tag
from initiatives.models.choices import GeographicScope, OrganisationalStructure, Protection, Status
from initiatives.models.queries import InitiativeQuerySet
from initiatives.models.search import asked_words, spelled
from initiatives.places import is_country, is_language

MOST_VALUES = 40  # of one facet: more than anybody ticks, and a bound to what one address may cost
LONGEST_VALUE = 120
LONGEST_QUESTION = 200
# Besides the filters: how a list is sorted, where in it one is, and which dialect its file speaks.
OTHER_PARAMETERS = frozenset({"sort", "after", "before", "excel"})
NOT_A_LETTER = "\ufffd"  # stands for NUL, which no name holds and the database cannot be asked for


def readable_codes(said: Iterable[str]) -> list[str]:
    """What was chosen in a facet, each once; what no name can be stays a value that matches nothing."""
    codes = (code.replace("\0", NOT_A_LETTER).strip() for code in said)
    return list(dict.fromkeys(_cut(code) for code in codes if code))


def _cut(code: str) -> str:
    return code if len(code) <= LONGEST_VALUE else f"{code[: LONGEST_VALUE - 1]}…"


def readable_words(said: str) -> str:
    return " ".join(said.replace("\0", NOT_A_LETTER).split())[:LONGEST_QUESTION]


class CodesField(forms.Field):
    """Any number of codes or slugs. An unknown one is no error: it matches nothing, and the page says so."""

    widget = forms.SelectMultiple

    def clean(self, value: Iterable[str] | None) -> list[str]:
        return readable_codes(value or ())[:MOST_VALUES]


class CodesFilter(Filter):
    """OR inside a facet: asks the QuerySet's method of that name."""

    field_class = CodesField

    def __init__(self, *, method_name: str, **options: Any) -> None:
        super().__init__(**options)
        self.method_name = method_name

    def filter(self, qs: InitiativeQuerySet, value: list[str]) -> InitiativeQuerySet:
        return getattr(qs, self.method_name)(value) if value else qs


class WordsField(forms.CharField):
    def clean(self, value: str | None) -> str:
        return readable_words(value or "")


class WordsFilter(CharFilter):
    field_class = WordsField


class InitiativeFilter(FilterSet):
    """Words and facets; AND across facets, and every choice stands in the address."""

    q = WordsFilter(method="say", label=_("Words"))
    domain = CodesFilter(method_name="in_domains", label=_("Domain"))
    city = CodesFilter(method_name="in_cities", label=_("City"))
    country = CodesFilter(method_name="in_countries", label=_("Country"))
    status = CodesFilter(method_name="with_status", label=_("Status"))
    protection = CodesFilter(method_name="with_protection", label=_("Protection by licence"))
    structure = CodesFilter(method_name="with_structure", label=_("Structure"))
    scope = CodesFilter(method_name="with_scope", label=_("Reach"))
    language = CodesFilter(method_name="in_languages", label=_("Language of the text"))
    tag = CodesFilter(method_name="tagged", label=_("Tag"))

    class Meta:
        model = Initiative
        fields: tuple[str, ...] = ()

    FACETS = ("domain", "city", "country", "status", "protection", "structure", "scope", "language", "tag")

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, queryset=Initiative.objects.published())
        self.data = data  # which is else replaced where nothing was asked

    # What was asked.

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        """The choices of each facet, cleaned."""
        self.form.is_valid()
        return {name: self.form.cleaned_data.get(name) or [] for name in self.FACETS}

    @cached_property
    def said(self) -> str:
        self.form.is_valid()
        return self.form.cleaned_data.get("q") or ""

    @cached_property
    def asked(self) -> list[str]:
        """The words to look for: as they were said or, when nothing says that, set right."""
        asked = asked_words(self.said)
        if not asked or self.queryset.saying(asked).exists():
            return asked
        mended = spelled(asked)
        return mended if mended != asked and self.queryset.saying(mended).exists() else asked

    @property
    def mended(self) -> str:
        """The words that were searched instead of those that were said; empty where they are the same."""
        return "" if self.asked == asked_words(self.said) else " ".join(self.asked)

    @property
    def is_wordless(self) -> bool:
        """Something was said, but no word (“!!!”): it matches nothing, rather than everything."""
        return bool(self.said) and not asked_words(self.said)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.said or any(self.chosen.values()))

    @cached_property
    def unknown(self) -> list[tuple[str, str]]:
        """Choices that no facet knows, as (facet, value)."""
        known = {name: self._known(name, values) for name, values in self.chosen.items() if values}
        return [(name, value) for name in known for value in self.chosen[name] if value not in known[name]]

    @cached_property
    def overfull(self) -> list[str]:
        """Facets of which more was chosen than is looked at."""
        return [name for name in self.FACETS if len(readable_codes(self.data.getlist(name))) > MOST_VALUES]

    @cached_property
    def strange(self) -> list[str]:
        """Parameters that say nothing here: a slip in the name of a filter."""
        return [name for name in self.data if name not in self.base_filters and name not in OTHER_PARAMETERS]

    @property
    def is_slip(self) -> bool:
        """Whether a part of the question says nothing: pages pass over that, files refuse it."""
        return bool(self.is_wordless or self.unknown or self.overfull or self.strange)

    @cached_property
    def renamed(self) -> dict[str, dict[str, str]]:
        """For each facet the choices that go by another name here, with that name: `{"city": {"gent": "ghent"}}`."""
        cities = [value for name, value in self.unknown if name == "city"]
        found = {
            "city": {name: slug for name in cities if (slug := City.objects.slug_called(name))},
            "country": {code: code.lower() for name, code in self.unknown if name == "country" and is_country(code)},
            "tag": Tag.objects.own_slugs(self.chosen["tag"]) if self.chosen["tag"] else {},
        }
        return {name: own for name, own in found.items() if own}

    def _known(self, name: str, values: list[str]) -> set[str]:
        match name:
            case "city":
                return set(City.objects.filter(slug__in=values).values_list("slug", flat=True))
            case "domain":
                return set(Domain.objects.filter(slug__in=values).values_list("slug", flat=True))
            case "tag":
                return set(Tag.objects.public().filter(slug__in=values).values_list("slug", flat=True))
            case "country":
                return {value for value in values if value.islower() and is_country(value)}
            case "language":
                return {value for value in values if is_language(value)}
        return set(CODES[name].values)

    # What answers.

    @cached_property
    def results(self) -> InitiativeQuerySet:
        self.form.is_valid()
        return self.filter_queryset(self.queryset.all())

    def without(self, name: str) -> InitiativeQuerySet:
        """The results if nothing had been chosen in this facet: what its counts count. So for the words (`q`)."""
        self.form.is_valid()
        if not self.form.cleaned_data.get(name):
            return self.results
        queryset = self.queryset.all()
        for other, value in self.form.cleaned_data.items():
            if other != name:
                queryset = self.filters[other].filter(queryset, value)
        return queryset

    def say(self, queryset: InitiativeQuerySet, _name: str, _value: str) -> InitiativeQuerySet:
        return queryset.none() if self.is_wordless else queryset.saying(self.asked)


CODES = {
    "status": Status,
    "protection": Protection,
    "structure": OrganisationalStructure,
    "scope": GeographicScope,
}
