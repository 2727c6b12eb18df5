"""What every list of initiatives shows round its rows: place in the list, orders, chosen filters, files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.forms.browse import MOST_VALUES, InitiativeFilter, readable_codes, readable_words
from initiatives.forms.facets import Facet
from initiatives.models import Domain, Initiative
from initiatives.models.paging import Page
from initiatives.models.queries import InitiativeQuerySet
from initiatives.places import country_in_sentence
from initiatives.views.pictures import GroupShown, groups_of

PAGE = 25
ORDER_NAMES = {
    "nearest": gettext_lazy("what is nearest to your words"),
    "name": gettext_lazy("name"),
    "founded": gettext_lazy("newest first"),
    "confirmed": gettext_lazy("last confirmed"),
}


@dataclass(frozen=True, slots=True)
class Row:
    initiative: Initiative
    number: int
    group: GroupShown | None

    @property
    def domains(self) -> list[Domain]:
        return self.initiative.own_domains


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list, as `components/pager.html` and `row.html` want it."""

    rows: list[Row]
    first: int
    last: int
    total: int
    previous_url: str
    next_url: str


def list_page(request: HttpRequest, results: InitiativeQuerySet, *, order: str, total: int) -> ListPage:
    found = results.for_rows().page(
        order, after=request.GET.get("after", ""), before=request.GET.get("before", ""), size=PAGE
    )
    return ListPage(
        list(_rows(found)),
        found.first,
        found.last,
        total,
        changed_address(request, before=str(found.previous)) if found.previous else "",
        changed_address(request, after=str(found.next)) if found.next else "",
    )


def _rows(page: Page) -> Iterator[Row]:
    groups = groups_of(page.rows)
    for number, initiative in enumerate(page.rows, start=page.first):
        yield Row(initiative, number, groups.get(initiative.pk))


def chosen_order(request: HttpRequest, asked: InitiativeFilter) -> str:
    """What was asked for if it can be; else nearest to the words, or by name where there are none."""
    order = request.GET.get("sort", "")
    possible = orders(asked)
    return order if order in possible else possible[0]


def orders(asked: InitiativeFilter) -> list[str]:
    return [name for name in ORDER_NAMES if name != "nearest" or asked.asked]


def in_order(asked: InitiativeFilter, order: str) -> InitiativeQuerySet:
    return asked.results.ranked(asked.asked) if order == "nearest" else asked.results


def sorts(request: HttpRequest, asked: InitiativeFilter, order: str) -> list[dict[str, Any]]:
    """For `components/sorts.html`; the first order needs no parameter."""
    possible = orders(asked)
    return [
        {
            "label": ORDER_NAMES[name],
            "url": changed_address(request, sort="" if name == possible[0] else name),
            "chosen": name == order,
        }
        for name in possible
    ]


def kept(request: HttpRequest) -> list[tuple[str, str]]:
    """What the form of the facets carries on beside its own fields: the order."""
    return [(name, value) for name, value in plain_query(request).items() if name == "sort"]


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    remove_url: str


def chips(request: HttpRequest, asked: InitiativeFilter, facets: list[Facet]) -> list[Chip]:
    """One for each choice, unknown ones too, with the address that takes it away."""
    shown = [Chip(f"“{asked.said}”", without(request, "q"))] if asked.said else []
    for facet in facets:
        labels = {option.value: option.label for option in facet.options if option.checked}
        shown += [
            Chip(labels.get(value, value), without(request, facet.name, value)) for value in asked.chosen[facet.name]
        ]
    return shown


def without(request: HttpRequest, name: str, value: str | None = None) -> str:
    """The address of this list with one choice taken away."""
    query = plain_query(request)
    query.setlist(name, [other for other in query.getlist(name) if value is not None and other != value])
    return with_query(request.path, query)


def first_page(request: HttpRequest) -> str:
    return with_query(request.path, plain_query(request))


def formats(request: HttpRequest) -> list[dict[str, str]]:
    """The same list as a file."""
    return _formats(request.path, plain_query(request))


def _formats(path: str, query: QueryDict) -> list[dict[str, str]]:
    return [{"label": "CSV", "url": with_query(f"{path.rstrip('/')}.csv", query)}]


def canonical_address(request: HttpRequest, asked: InitiativeFilter) -> str:
    """Where something was asked for by another of its names (`gent`, `Gand`): the same list under its own."""
    if not asked.renamed:
        return ""
    query = plain_query(request)
    for name, own in asked.renamed.items():
        query.setlist(name, list(dict.fromkeys(own.get(value, value) for value in query.getlist(name))))
    return with_query(request.path, query)


def plain_query(request: HttpRequest) -> QueryDict:
    """What was asked as far as it means something here, without where in the list one is.

    Cleaned and bounded: a page repeats it in every link.
    """
    query = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        if name in InitiativeFilter.FACETS:
            query.setlist(name, readable_codes(values)[:MOST_VALUES])
        elif name == "q" and (said := readable_words(values[-1])):
            query["q"] = said
        elif name == "sort" and values[-1] in ORDER_NAMES:
            query["sort"] = values[-1]
        elif name == "excel":
            query["excel"] = "1" if values[-1] == "1" else "0"
    return query


def changed_address(request: HttpRequest, **changes: str) -> str:
    """The address of this list from its beginning, asked a little differently."""
    query = plain_query(request)
    for name, value in changes.items():
        query.setlist(name, [value] if value else [])
    return with_query(request.path, query)


def with_query(path: str, query: QueryDict) -> str:
    encoded = query.urlencode()
    return f"{path}?{encoded}" if encoded else path


def heading(facets: list[Facet]) -> Mapping[str, Any]:
    """What the list is of, in parts that a sentence can be made of: names of domains, and of cities or countries."""
    chosen = {facet.name: [option for option in facet.options if option.checked] for facet in facets}
    domains = [option.domain.in_sentence for option in chosen["domain"] if option.domain]
    places = [option.label for option in chosen["city"]]
    places += [country_in_sentence(option.value.upper()) for option in chosen["country"]]
    return {"domains": _or(domains), "places": _or(places), "place_count": len(places)}


def _or(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s or %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def list_address(**query: str) -> str:
    """The list narrowed to something, for links from elsewhere."""
    parameters = QueryDict(mutable=True)
    parameters.update(query)
    return with_query(reverse("initiatives"), parameters)


@dataclass(frozen=True, slots=True)
class Shelf:
    """The beginning of a list, on the page of a city, a domain, a licence or a tag, and where the rest is."""

    rows: list[Row]
    total: int
    list_url: str
    formats: list[dict[str, str]]


def shelf(results: InitiativeQuerySet, **query: str) -> Shelf:
    """`query` is what the list has to be asked for to show the same."""
    address = list_address(**query)
    page = results.for_rows().page("name", size=PAGE)
    asked = QueryDict(address.partition("?")[2])
    return Shelf(list(_rows(page)), results.count(), address, _formats(reverse("initiatives"), asked))
