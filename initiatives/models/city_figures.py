"""How well a city's directory is kept, in figures that everybody may read: no names."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Count, Max, Min
from django.utils import timezone

from initiatives.models.choices import ReviewState
from initiatives.models.city import City
from initiatives.models.initiative import Initiative
from initiatives.models.moderation import DECISIONS, ReviewEvent

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class CityFigures:
    """`decided`: in the last year, by state; `days_to_decide`: in the middle of them, if there were any."""

    waiting: int
    oldest: datetime | None
    published: int
    confirmed: int
    decided: dict[str, int]
    days_to_decide: float | None
    last_decided: datetime | None

    @property
    def percent_confirmed(self) -> int | None:
        return round(100 * self.confirmed / self.published) if self.published else None

    @property
    def decisions(self) -> int:
        return sum(self.decided.values())


def city_figures(city: City) -> CityFigures:
    """Six queries."""
    now = timezone.now()
    here = Initiative.objects.in_cities([city.slug])
    waiting = here.filter(review_state=ReviewState.SUBMITTED).aggregate(n=Count("pk"), oldest=Min("review_since"))
    listings = here.published()
    decisions = ReviewEvent.objects.decisions().filter(initiative__city=city, at__gte=now - YEAR)
    # A question is no answer yet: what somebody waited for is the decision.
    answered = decisions.filter(was_since__isnull=False).exclude(became=ReviewState.NEEDS_INFORMATION)
    waited = [(at - since).total_seconds() / 86_400 for at, since in answered.values_list("at", "was_since")]
    counted = dict(decisions.order_by().values("became").annotate(n=Count("pk")).values_list("became", "n"))
    return CityFigures(
        waiting=waiting["n"],
        oldest=waiting["oldest"],
        published=listings.count(),
        confirmed=listings.filter(confirmed_on__gte=(now - YEAR).date()).count(),
        decided={state: counted.get(state, 0) for state in DECISIONS},
        days_to_decide=median(waited) if waited else None,
        last_decided=decisions.aggregate(last=Max("at"))["last"],
    )
