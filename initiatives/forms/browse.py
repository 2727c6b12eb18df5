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


class CodesField(forms.Field):
    """Any number of codes or slugs. An unknown one is no error: it matches nothing, and the page says so."""

    widget = forms.SelectMultiple

    def clean(self, value: Iterable[str] | None) -> list[str]:
        said = (code.strip()[:LONGEST_VALUE] for code in value or () if "\0" not in code)
        return list(dict.fromkeys(code for code in said if code))[:MOST_VALUES]


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
        return " ".join((value or "").replace("\0", " ").split())[:LONGEST_QUESTION]


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
    def is_narrowed(self) -> bool:
        return bool(self.said or any(self.chosen.values()))

    @cached_property
    def unknown(self) -> list[tuple[str, str]]:
        """Choices that no facet knows, as (facet, value)."""
        known = {name: self._known(name, values) for name, values in self.chosen.items() if values}
        return [(name, value) for name in known for value in self.chosen[name] if value not in known[name]]

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
        """The results if nothing had been chosen in this facet: what its counts count."""
        if not self.chosen[name]:
            return self.results
        queryset = self.queryset.all()
        for other, value in self.form.cleaned_data.items():
            if other != name:
                queryset = self.filters[other].filter(queryset, value)
        return queryset

    def say(self, queryset: InitiativeQuerySet, _name: str, _value: str) -> InitiativeQuerySet:
        return queryset.saying(self.asked)


CODES = {
    "status": Status,
    "protection": Protection,
    "structure": OrganisationalStructure,
    "scope": GeographicScope,
}
