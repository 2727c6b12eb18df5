"""Numbers over the years, ready to be drawn."""

from django.utils import timezone

from initiatives.drawing.chart import Chart, year_chart
from initiatives.models.queries import InitiativeQuerySet


def founded_chart(results: InitiativeQuerySet) -> Chart | None:
    """None where no listing carries a year."""
    return year_chart(dict(results.count_by_founded_year()), until=timezone.localdate().year)
