"""Looking for initiatives: the list."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from initiatives.forms.browse import InitiativeFilter
from initiatives.views import lists
from initiatives.views.answers import answer
from initiatives.views.maps import list_map
from initiatives.views.meaning import same_meaning
from initiatives.views.pictures import groups_among


@login_not_required
@require_safe
def initiatives(request: HttpRequest) -> HttpResponse:
    asked = InitiativeFilter(request.GET)
    if address := lists.canonical_address(request, asked):
        return redirect(address)
    context = answer(request, asked) | {
        "list_url": request.path,
        "formats": lists.formats(request),
        "map": list_map(asked.results, query=lists.plain_query(request)),
        "groups": groups_among(asked.results),
        "alike": same_meaning(asked),
    }
    return render(request, "browse/initiatives.html", context)
