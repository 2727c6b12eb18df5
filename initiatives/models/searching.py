"""Listings by what they say. The words are those of `search.asked_words`."""

from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchRank
from django.db import models
from django.db.models.functions import Round

if TYPE_CHECKING:
    from initiatives.models.queries import InitiativeQuerySet

# PostgreSQL's normalisation 1, divided by 1 + log of the length, so that a long text does not win by length alone.
BY_LENGTH = 1
# Ranks as whole numbers, so that a page can go on exactly where another ended.
MILLION = 1_000_000


class Searched(models.QuerySet):
    def saying(self: "InitiativeQuerySet", asked: list[str]) -> "InitiativeQuerySet":
        """Listings in which every one of these folded words occurs, unfinished or inflected."""
        from initiatives.models.search import SearchText, matching

        if not asked:
            return self
        return self.filter(pk__in=SearchText.objects.filter(matching(asked)).values("initiative"))

    def ranked(self: "InitiativeQuerySet", asked: list[str]) -> "InitiativeQuerySet":
        """Each with its `nearness` to the words."""
        from initiatives.models.search import SearchText, any_word

        ranks = SearchText.objects.filter(initiative=models.OuterRef("pk")).annotate(
            rank=SearchRank(models.F("vector"), any_word(asked), normalization=BY_LENGTH)
        )
        best = models.Subquery(ranks.order_by("-rank").values("rank")[:1])
        return self.annotate(nearness=Round(best * MILLION, output_field=models.BigIntegerField()))
