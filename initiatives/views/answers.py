"""A question to the directory and what the list and the map both show of its answer."""

from typing import Any

from django.http import HttpRequest

from initiatives.forms.browse import InitiativeFilter
from initiatives.forms.facets import facets
from initiatives.views import lists, suggestions


def answer(request: HttpRequest, asked: InitiativeFilter) -> dict[str, Any]:
    order = lists.chosen_order(request, asked)
    total = asked.results.count()
    shown = facets(asked)
    chips = lists.chips(request, asked, shown)
    return {
        "asked": asked,
        "heading": lists.heading(shown),
        "facets": shown,
        "kept": lists.kept(request),
        "chips": chips,
        "clear_url": request.path,
        "first_url": lists.first_page(request),
        "page": lists.list_page(request, lists.in_order(asked, order), order=order, total=total),
        "sorts": lists.sorts(request, asked, order),
        "removals": [] if total else list(suggestions.removals(chips)),
        "nearest_city": None if total else suggestions.nearest_city(request, asked),
    }
