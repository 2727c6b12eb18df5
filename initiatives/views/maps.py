"""The same set as the list, on a map: small beside the list, large on a page with the list beside it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from initiatives.drawing.map import Disc, Map, Place, discs, name_and_count
from initiatives.drawing.outlines import Paper, paper
from initiatives.forms.browse import MOST_VALUES, InitiativeFilter
from initiatives.models import City
from initiatives.models.queries import InitiativeQuerySet
from initiatives.views import lists
from initiatives.views.answers import answer

# About as large as they are shown, so that targets are as large as they are drawn: a phone is 320 pixels wide,
# less the gutters and the border.
SMALL, LARGE = (286, 240), (560, 560)


@dataclass(frozen=True, slots=True)
class MapShown:
    """For `components/map.html`. What lies in no known place is neither located nor beyond."""

    map: Map
    total: int
    located: int
    beyond: int  # farther away than the paper reaches
    beyond_keys: list[str]  # their cities, when one address can ask for all of them
    query: QueryDict  # what else was asked for, kept in the links of the discs
    most_keys: int = MOST_VALUES

    @property
    def is_whole(self) -> bool:
        return self.located == self.total

    @property
    def placeless(self) -> int:
        return self.total - self.located - self.beyond


def list_map(
    results: InitiativeQuerySet, *, size: tuple[int, int] = SMALL, query: QueryDict | None = None
) -> MapShown | None:
    """None where no initiative names a city."""
    counts = dict(results.count_by_city())
    cities = [city for city in City.objects.either(counts, ()) if city.is_located]
    if not cities:
        return None
    sheet = _sheet(cities, counts, size)
    places = [_place(city, counts[city.pk], sheet) for city in cities]
    beyond = [place for place in places if not sheet.shows(place.x, place.y)]
    on_paper = discs(places, width=sheet.width, height=sheet.height, say=said_of)
    drawn = Map(sheet.width, sheet.height, sheet.land, tuple(on_paper), sheet.borders)
    keys = [place.key for place in beyond]
    return MapShown(
        drawn,
        total=results.count(),
        located=sum(disc.count for disc in on_paper),
        beyond=sum(place.count for place in beyond),
        beyond_keys=keys if len(keys) <= MOST_VALUES else [],
        query=query or QueryDict(),
    )


def said_of(disc: Disc) -> str:
    """“Ghent 12”; “Bristol and 2 near: 6” where cities too near to be told apart share a disc."""
    if not disc.others:
        return name_and_count(disc)
    return ngettext("%(name)s and 1 near: %(total)s", "%(name)s and %(n)s near: %(total)s", disc.others) % {
        "name": disc.first.name,
        "n": disc.others,
        "total": disc.count,
    }


def _sheet(cities: Iterable[City], counts: dict[int, int], size: tuple[int, int]) -> Paper:
    points = [(city.latitude, city.longitude) for city in cities]
    return paper(points, width=size[0], height=size[1], counts=[counts[city.pk] for city in cities])


def _place(city: City, count: int, sheet: Paper) -> Place:
    return Place(city.slug, str(city), count, *sheet.place(city.latitude, city.longitude))


@login_not_required
@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    asked = InitiativeFilter(request.GET)
    if address := lists.canonical_address(request, asked):
        return redirect(address)
    query = lists.plain_query(request)
    context = answer(request, asked) | {
        "map": list_map(asked.results, size=LARGE, query=query),
        "map_url": request.path,
        "list_url": lists.with_query(reverse("initiatives"), query),
    }
    return render(request, "browse/map.html", context)
