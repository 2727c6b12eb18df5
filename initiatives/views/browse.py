"""Looking for initiatives: the list, and one of them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from initiatives.forms.browse import InitiativeFilter
from initiatives.forms.facets import facets
from initiatives.views import lists, suggestions
from initiatives.views.maps import list_map
from initiatives.views.meaning import same_meaning
from initiatives.views.pictures import groups_among


@login_not_required
@require_safe
def initiatives(request: HttpRequest) -> HttpResponse:
    asked = InitiativeFilter(request.GET)
    if address := lists.canonical_address(request, asked):
        return redirect(address)
    order = lists.chosen_order(request, asked)
    total = asked.results.count()
    shown = facets(asked)
    chips = lists.chips(request, asked, shown)
    context = {
        "asked": asked,
        "heading": lists.heading(shown),
        "facets": shown,
        "chips": chips,
        "page": lists.list_page(request, lists.in_order(asked, order), order=order, total=total),
        "sorts": lists.sorts(request, asked, order),
        "list_url": request.path,
        "first_url": lists.first_page(request),
        "clear_url": request.path,
        "formats": lists.formats(request),
        "map": list_map(asked.results),
        "groups": groups_among(asked.results),
        "alike": same_meaning(asked),
    }
    if not total:
        context["removals"] = list(suggestions.removals(chips))
        context["nearest_city"] = suggestions.nearest_city(request, asked)
    return render(request, "browse/initiatives.html", context)
