"""Groups of initiatives that overlap, and why."""

from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from initiatives.models import Group
from initiatives.views.home import in_short
from initiatives.views.networks import close_by, members_by_city, network, pairs_in_words
from initiatives.views.pictures import shown

PAGE = 30


@login_not_required
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    order = "newest" if request.GET.get("sort") == "newest" else "largest"
    found = Group.objects.public()
    page = Paginator(found.newest_first() if order == "newest" else found.largest_first(), PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "place": place_of(page, order),
        "groups": [in_short(group) for group in shown(page)],
        "sorts": [
            {"label": _("size"), "url": "?", "chosen": order == "largest"},
            {"label": _("newest first"), "url": "?sort=newest", "chosen": order == "newest"},
        ],
        "formats": [{"label": "CSV", "url": f"{request.path.rstrip('/')}.csv"}],
    }
    return render(request, "overlaps/groups.html", context)


def place_of(page: Page, order: str) -> dict[str, Any]:
    """For `components/pager.html`. Groups are thousands at most, so these pages have numbers."""
    sort = {"sort": order} if order != "largest" else {}
    return {
        "first": page.start_index(),
        "last": page.end_index(),
        "total": page.paginator.count,
        "previous_url": f"?{urlencode({'page': page.previous_page_number(), **sort})}" if page.has_previous() else "",
        "next_url": f"?{urlencode({'page': page.next_page_number(), **sort})}" if page.has_next() else "",
    }


@login_not_required
@require_safe
def group(request: HttpRequest, public_id: str) -> HttpResponse:
    known = get_object_or_404(Group.objects.select_related("moved_to"), public_id=public_id)
    if known.moved_to:
        # Not for good: the next computation may part them again.
        return redirect(known.moved_to)
    found = Group.objects.public().with_keys([known.pk]).first()
    if not found:
        return dissolved(request)
    (group,) = shown([found])
    pairs = pairs_in_words(group)
    context = {
        "group": group,
        "cities": members_by_city(group),
        "close_by": close_by(group),
        "network": network(group, pairs),
        "table": [{"one": p.pair.a, "other": p.pair.b, "reasons": [r.sentence for r in p.reasons]} for p in pairs],
        "formats": [{"label": "CSV", "url": f"{request.path.rstrip('/')}.csv"}],
    }
    return render(request, "overlaps/group.html", context)


def dissolved(request: HttpRequest) -> HttpResponse:
    """Fewer than two of its members are left to see; it may come back, so nobody shall keep this answer."""
    response = render(request, "overlaps/dissolved.html", status=HTTPStatus.GONE)
    add_never_cache_headers(response)
    return response
