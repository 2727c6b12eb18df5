"""When nothing is found: what to take away, and the nearest city that has it. Every offered link has a result."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from initiatives.forms.browse import InitiativeFilter
from initiatives.models import City
from initiatives.views.lists import Chip, changed_address

# Each removal is a count of its own; of more choices than this one rather clears all.
MOST_REMOVALS = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    label: str
    url: str
    count: int


def removals(chips: list[Chip]) -> Iterator[Suggestion]:
    """Choices whose removal finds something."""
    for chip in chips[:MOST_REMOVALS]:
        count = InitiativeFilter(QueryDict(chip.remove_url.partition("?")[2])).results.count()
        if count:
            yield Suggestion(chip.label, chip.remove_url, count)


def nearest_city(request: HttpRequest, asked: InitiativeFilter) -> Suggestion | None:
    """The city next to the first that was asked for in which the other choices have results."""
    here = City.objects.either((), asked.chosen["city"]).first()
    near = City.objects.nearest_with(asked.without("city"), to=here) if here and here.is_located else None
    if near is None:
        return None
    return Suggestion(str(near), changed_address(request, city=near.slug), near.initiative_count)
