"""What means the same as the words that were asked for: a short list of its own, never counted."""

from initiatives.forms.browse import InitiativeFilter
from initiatives.models import Initiative
from initiatives.models.meaning import nearest_in_meaning

MOST = 5


def same_meaning(asked: InitiativeFilter) -> list[Initiative]:
    """Among what else was chosen, such as a city."""
    if not asked.said or asked.is_wordless:
        return []
    among = asked.without("q") if any(asked.chosen.values()) else None
    return nearest_in_meaning(asked.said, among=among, besides=asked.results, most=MOST)
