"""The same set as the list, on a map."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from initiatives.models.queries import InitiativeQuerySet


def list_map(results: InitiativeQuerySet) -> None:
    return None


@login_not_required
@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    return redirect("initiatives")
