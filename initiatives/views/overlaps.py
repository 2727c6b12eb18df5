"""Groups of initiatives that overlap, and why."""

from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from initiatives.forms.browse import InitiativeFilter
from initiatives.forms.facets import chosen_facets
from initiatives.models import Group
from initiatives.models.overlaps import GroupQuerySet
from initiatives.models.telling.history import groups_named
from initiatives.views import lists
from initiatives.views.home import in_short
from initiatives.views.networks import close_by, history, members_by_city, network, pairs_in_words
from initiatives.views.pictures import shown

PAGE = 30


@login_not_required
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    asked = InitiativeFilter(request.GET)
    if address := lists.canonical_address(request, asked):
        return redirect(address)
    order = "newest" if request.GET.get("sort") == "newest" else "largest"
    found = groups_asked_for(asked)
    page = Paginator(found.newest_first() if order == "newest" else found.largest_first(), PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "asked": asked,
        "chips": lists.chips(request, asked, chosen_facets(asked)),
        "clear_url": request.path,
        "page": page,
        "place": place_of(request, page, order),
        "groups": [in_short(group) for group in shown(page)],
        "sorts": [
            {"label": _("size"), "url": address_of(request), "chosen": order == "largest"},
            {"label": _("newest first"), "url": address_of(request, sort="newest"), "chosen": order == "newest"},
        ],
        "formats": lists.formats(request),
    }
    return render(request, "overlaps/groups.html", context)


def groups_asked_for(asked: InitiativeFilter) -> GroupQuerySet:
    """Those that have a main member among the initiatives asked for."""
    found = Group.objects.public()
    return found.with_a_member_among(asked.results) if asked.is_narrowed else found


def place_of(request: HttpRequest, page: Page, order: str) -> dict[str, Any]:
    """For `components/pager.html`. Groups are thousands at most, so these pages have numbers."""
    sort = {"sort": order} if order != "largest" else {}
    before = str(page.previous_page_number()) if page.has_previous() else ""
    after = str(page.next_page_number()) if page.has_next() else ""
    return {
        "first": page.start_index(),
        "last": page.end_index(),
        "total": page.paginator.count,
        "previous_url": address_of(request, **sort, page=before) if before else "",
        "next_url": address_of(request, **sort, page=after) if after else "",
    }


def address_of(request: HttpRequest, **more: str) -> str:
    """This list with the same filters. The orders of initiatives are none of groups."""
    query = lists.plain_query(request)
    for name in ("sort", "excel"):
        query.pop(name, None)
    query.update(more)
    return lists.with_query(request.path, query)


@login_not_required
@require_safe
def group(request: HttpRequest, public_id: str) -> HttpResponse:
    known = get_object_or_404(Group.objects.select_related("moved_to"), public_id=public_id)
    if known.moved_to:
        # Not for good: the next computation may part them again.
        return redirect(known.standing)
    events = list(known.events.in_force().newest_first())
    found = shown(Group.objects.public().with_public_ids({known.public_id, *groups_named(events)}))
    group = next((each for each in found if each.group == known), None)
    if not group:
        return dissolved(request)
    pairs = pairs_in_words(group)
    context = {
        "group": group,
        "cities": members_by_city(group),
        "close_by": close_by(group),
        "network": network(group, pairs),
        "history": history(group, events, beside=found),
        "table": [{"one": p.pair.a, "other": p.pair.b, "reasons": [r.sentence for r in p.reasons]} for p in pairs],
        "formats": [{"label": "CSV", "url": f"{request.path.rstrip('/')}.csv"}],
    }
    return render(request, "overlaps/group.html", context)


def dissolved(request: HttpRequest) -> HttpResponse:
    """Fewer than two of its members are left to see; it may come back, so nobody shall keep this answer."""
    response = render(request, "overlaps/dissolved.html", status=HTTPStatus.GONE)
    add_never_cache_headers(response)
    return response
