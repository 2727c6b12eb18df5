"""How quickly a city answers, and how much of its directory is confirmed: for everybody, without names."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from initiatives.models import City
from initiatives.models.choices import ReviewState
from initiatives.models.city_figures import city_figures


@login_not_required
@require_safe
def city_moderation(request: HttpRequest, slug: str) -> HttpResponse:
    city = get_object_or_404(City, slug=slug)
    figures = city_figures(city)
    decided = [(ReviewState(state).label, number) for state, number in figures.decided.items()]
    has_officer = City.objects.with_officer().contains(city)
    context = {"city": city, "figures": figures, "decided": decided, "has_officer": has_officer}
    return render(request, "places/moderation.html", context)
