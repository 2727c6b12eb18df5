"""The desk: what waits for an officer or an administrator, the oldest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from initiatives.models import City
from initiatives.models.desk import Desk
from initiatives.models.waiting import BESIDE, DeskKind
from initiatives.views.bounds import for_curators
from initiatives.views.desk.rows import desk_rows
from initiatives.views.desk.undo import undoable

PAGE = 50
# Keys decide quicker; without the script everything is a link or a button.
WITH_KEYS = settings.SECURE_CSP | {"script-src": [CSP.SELF]}


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that narrows the desk."""

    label: str
    url: str
    is_chosen: bool
    count: int | None = None


@for_curators
@csp_override(WITH_KEYS)
@require_safe
def desk(request: HttpRequest, slug: str = "") -> HttpResponse:
    curated = City.objects.curated_by(request.user)
    city = get_object_or_404(curated, slug=slug) if slug else None
    here = Desk(request.user, city, is_nobodys=is_nobodys(request))
    kind = chosen_kind(request)
    page = Paginator(range(here.counts[kind] if kind else here.total), PAGE).get_page(request.GET.get("page"))
    start = max(page.start_index() - 1, 0)
    context = {
        "city": city,
        "desk": here,
        "kinds": kinds(request, here, kind),
        "cities": cities(request, curated.with_officer(), city),
        "rows": desk_rows(here.rows(kind, start=start, most=PAGE), kind=kind),
        "page": place(request, page),
        "puts_aside": kind == DeskKind.SUSPICIOUS and here == Desk(request.user),
        "last_decision": None if here.total else here.last_decision(),
        "undoable": undoable(request.user),
    }
    return render(request, "desk/desk.html", context)


def chosen_kind(request: HttpRequest) -> str:
    """Of a queue that was narrowed; anything unknown narrows nothing."""
    kind = request.GET.get("kind", "")
    return kind if kind in DeskKind.values else ""


def is_nobodys(request: HttpRequest) -> bool:
    """Administrators may look at what no officer keeps alone."""
    return request.user.is_administrator and request.GET.get("officer") == "none"


def kinds(request: HttpRequest, here: Desk, chosen: str) -> list[Choice]:
    everything = Choice(_("Everything"), with_query(request, kind=""), not chosen, here.total)
    return [
        everything,
        *(
            Choice(str(kind.label), with_query(request, kind=kind), kind == chosen, here.counts[kind])
            for kind in DeskKind
            if kind not in BESIDE or here.counts[kind]
        ),
    ]


def cities(request: HttpRequest, own: Iterable[City], chosen: City | None) -> list[Choice]:
    """Nothing to choose for the officer of one city."""
    alone = is_nobodys(request)
    choices = [Choice(str(each), reverse("desk-city", args=[each.slug]), each == chosen) for each in own]
    if request.user.is_administrator:
        nobodys = Choice(_("Without an officer"), f"{reverse('desk')}?officer=none", alone and not chosen)
        choices = [nobodys, *choices]
    everything = Choice(_("All together"), reverse("desk"), chosen is None and not alone)
    return [everything, *choices] if len(choices) > 1 else []


def with_query(request: HttpRequest, **changes: str) -> str:
    kept = {"officer": "none"} if is_nobodys(request) else {}
    query = {name: value for name, value in {**kept, **changes}.items() if value}
    return f"{request.path}?{urlencode(query)}" if query else request.path


def place(request: HttpRequest, page: Any) -> dict[str, Any]:
    """For components/pager.html."""
    kind = chosen_kind(request)
    previous = with_query(request, kind=kind, page=str(page.number - 1)) if page.has_previous() else ""
    following = with_query(request, kind=kind, page=str(page.number + 1)) if page.has_next() else ""
    return {
        "first": page.start_index(),
        "last": page.end_index(),
        "total": page.paginator.count if page.has_other_pages() else 0,
        "previous_url": previous,
        "next_url": following,
    }
