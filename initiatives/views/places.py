"""Cities: all that have initiatives, and one of them."""

from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from initiatives.models import City, Domain, Initiative
from initiatives.text import fold
from initiatives.views.charts import founded_chart
from initiatives.views.lists import shelf
from initiatives.views.maps import list_map
from initiatives.views.pictures import groups_among


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
            return redirect("city", other, permanent=True)
        raise Http404
    here = Initiative.objects.published().in_cities([slug])
    context = {
        "city": found,
        "shelf": shelf(here, city=slug),
        "domains": Domain.objects.counting(here),
        "groups": groups_among(here),
        "chart": founded_chart(here),
        "nearby": City.objects.around(found),
    }
    return render(request, "places/city.html", context)
