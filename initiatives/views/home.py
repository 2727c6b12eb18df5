"""The front page, and the pages that say what this is."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from initiatives.drawing.fields import field_plan
from initiatives.models import City, Domain, Group, Initiative
from initiatives.models.telling import and_list
from initiatives.views.charts import founded_chart
from initiatives.views.pictures import GroupShown, shown

NEWEST_GROUPS = 4
LARGEST_CITIES = 12
# Among these one is looked for whose ground is yellow, so that the front page can show what that means.
CANDIDATES = 12
# When the accessibility statement was last read against the pages.
STATEMENT_REVIEWED = date(2026, 11, 23)


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    listings = Initiative.objects.published()
    groups = Group.objects.public()
    cities = list(City.objects.with_initiatives().by_size())
    chart = founded_chart(listings)
    newest = shown(groups.newest_first()[:NEWEST_GROUPS])
    context = {
        "counts": {
            "initiatives": listings.count(),
            "cities": len(cities),
            "groups": groups.count(),
            "dated": chart.total if chart else 0,
        },
        "fields": field_plan([(row, row.family, row.initiative_count) for row in Domain.objects.with_counts()]),
        "featured_group": featured(groups.largest_first()[:CANDIDATES]),
        "newest_groups": [in_short(group) for group in newest],
        "cities": cities[:LARGEST_CITIES],
        "founded": chart,
    }
    return render(request, "home/home.html", context)


def featured(groups: Any) -> GroupShown | None:
    """A group whose members all share something, of a size that a picture shows well."""
    shared = [group for group in shown(groups) if group.badge.is_shared]
    return min(shared, key=lambda group: abs(group.member_count - 8), default=None)


def in_short(group: GroupShown) -> dict[str, Any]:
    """As `components/group.html` wants it: where its members are, and the widest of its reasons."""
    return {"group": group, "note": whereabouts(group), "reason": group.reasons[0].sentence if group.reasons else ""}


def whereabouts(group: GroupShown) -> SafeString:
    """“5 initiatives in Berlin, Bologna and Bristol”; “8 initiatives in 6 cities”; as HTML."""
    cities = sorted({str(member.initiative.city) for member in group.members if member.initiative.city})
    count = group.member_count
    if not cities:
        said = ngettext("%(n)s initiative", "%(n)s initiatives", count)
    else:
        said = ngettext("%(n)s initiative in %(where)s", "%(n)s initiatives in %(where)s", count)
    where = and_list(cities) if len(cities) <= 4 else _("%(n)s cities") % {"n": len(cities)}
    # A list of several is escaped already, a single name is not.
    return mark_safe(said % {"n": count, "where": conditional_escape(where)})  # noqa: S308


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "home/about.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "home/accessibility.html", {"reviewed": STATEMENT_REVIEWED})


@login_not_required
@require_safe
def platforms(request: HttpRequest) -> HttpResponse:
    return render(request, "home/platforms.html", {"platforms": Initiative.objects.platforms().for_rows()})
