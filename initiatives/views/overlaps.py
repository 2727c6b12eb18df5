"""Groups of initiatives that overlap, and why."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from initiatives.models import Group
from initiatives.views.networks import members_by_city, network, pairs_in_words
from initiatives.views.pictures import shown

PAGE = 30


@login_not_required
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    order = "newest" if request.GET.get("sort") == "newest" else "largest"
    found = Group.objects.public()
    ordered = found.newest_first() if order == "newest" else found.largest_first()
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    return render(request, "overlaps/groups.html", {"page": page, "groups": shown(page), "order": order})


@login_not_required
@require_safe
def group(request: HttpRequest, public_id: str) -> HttpResponse:
    known = get_object_or_404(Group.objects.select_related("moved_to"), public_id=public_id)
    if known.moved_to:
        return redirect(known.moved_to, permanent=True)
    found = get_object_or_404(Group.objects.public(), pk=known.pk)
    (group,) = shown([found])
    pairs = pairs_in_words(group)
    context = {
        "group": group,
        "cities": members_by_city(group),
        "network": network(group, pairs),
        "pairs": pairs,
    }
    return render(request, "overlaps/group.html", context)
