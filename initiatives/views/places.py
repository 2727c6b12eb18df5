"""Cities: all that have initiatives, and one of them."""

from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from initiatives.models import City, Domain, Initiative, Pair
from initiatives.text import fold
from initiatives.views.charts import founded_chart
from initiatives.views.lists import shelf
from initiatives.views.maps import list_map
from initiatives.views.networks import in_words
from initiatives.views.pictures import most_among

MOST_GROUPS = 12
MOST_PAIRS = 8


@login_not_required
@require_safe
def cities(request: HttpRequest) -> HttpResponse:
    rows = sorted(City.objects.with_initiatives(), key=lambda city: (fold(city.country_name), fold(str(city))))
    countries = [(name, list(these)) for name, these in groupby(rows, key=lambda city: city.country_name)]
    context = {"countries": countries, "total": len(rows), "map": list_map(Initiative.objects.published())}
    return render(request, "places/cities.html", context)


@login_not_required
@require_safe
def city(request: HttpRequest, slug: str) -> HttpResponse:
    found = City.objects.at(slug)
    if found is None:
        if other := City.objects.slug_called(slug):
            return redirect("city", other)
        raise Http404
    here = Initiative.objects.published().in_cities([slug])
    groups = dict(here.count_by_group())
    context = {
        "city": found,
        "shelf": shelf(here, city=slug),
        "domains": Domain.objects.counting(here),
        "groups": most_among(groups, MOST_GROUPS),
        "group_count": len(groups),
        "groups_url": f"{reverse('groups')}?{urlencode({'city': slug})}",
        "overlaps": in_words(Pair.objects.public().within(here).strongest_first().with_families()[:MOST_PAIRS]),
        "chart": founded_chart(here),
        "nearby": City.objects.around(found),
    }
    return render(request, "places/city.html", context)
