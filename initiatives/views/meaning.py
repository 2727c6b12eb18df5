"""What means the same as the words that were asked for: a short list of its own, never counted."""

from initiatives.forms.browse import InitiativeFilter
from initiatives.models import Initiative
from initiatives.models.meaning import nearest_in_meaning

MOST = 5


def same_meaning(asked: InitiativeFilter) -> list[Initiative]:
    if not asked.said:
        return []
    return nearest_in_meaning(asked.said, besides=asked.results, most=MOST)
