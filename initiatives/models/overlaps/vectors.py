"""What was read out of each listing, and where that puts it."""

from collections.abc import Iterable

from django.db import models

from initiatives.models.initiative import Initiative
from initiatives.models.overlaps.spaces import OverlapSpace


class OfInitiatives(models.QuerySet):
    def of(self, initiatives: Iterable[int]) -> "OfInitiatives":
        return self.filter(initiative__in=list(initiatives))


class OverlapTraits(models.Model):
    """What the engine read out of a listing (`overlap/traits.py`): reading takes longest, so it is done once and kept
    until the listing changes."""

    initiative = models.OneToOneField(Initiative, models.CASCADE, related_name="overlap_traits")
    # Of which reader, and of what: another digest means that the listing has changed.
    reading = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    told = models.JSONField()
    # The sentence vector, 512 signed bytes, also to compare questions with; NULL where no encoder was installed.
    meaning = models.BinaryField(null=True)

    objects = OfInitiatives.as_manager()


class OverlapVector(models.Model):
    """Where a listing stands in a space: 256 signed bytes of what it says, and a byte for each domain and each kind of
    work. Vectors of a new space stand beside those of the old until it is filled."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="overlap_vectors")
    space = models.ForeignKey(OverlapSpace, models.CASCADE, related_name="vectors")
    cell = models.SmallIntegerField()
    vector = models.BinaryField()
    beside = models.BinaryField()
    language = models.CharField(max_length=20, blank=True)

    objects = OfInitiatives.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["initiative", "space"], name="overlapvector_once"),)
        indexes = (models.Index(fields=["space", "cell"], name="overlapvector_cell"),)
