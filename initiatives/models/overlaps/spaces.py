"""The spaces that vectors are of: found from a whole directory, then kept, so that one listing can be put into it."""

import io

import numpy as np
from django.db import models
from django.utils import timezone

from initiatives.overlap.cells import Cells
from initiatives.overlap.frequencies import Frequencies
from initiatives.overlap.space import Space


class OverlapSpaceQuerySet(models.QuerySet["OverlapSpace"]):
    def current(self) -> "OverlapSpace | None":
        """The one that the pages ask. Others stand beside it while they are being filled."""
        return self.filter(is_current=True).first()

    def outdated(self) -> "OverlapSpaceQuerySet":
        return self.filter(is_current=False)


class OverlapSpace(models.Model):
    """A space, the cells it falls into, and how common words were when it was last computed in."""

    version = models.CharField(max_length=100)
    # Traits of another reading cannot be put into it.
    reading = models.CharField(max_length=100)
    made_at = models.DateTimeField(default=timezone.now)
    # How many listings it was found from.
    population = models.PositiveIntegerField()
    activities = models.JSONField()
    domains = models.JSONField()
    archive = models.BinaryField()
    middles = models.BinaryField()
    frequencies = models.JSONField()
    # Raised by each computation: whoever holds this row in memory reads it again.
    revision = models.PositiveIntegerField(default=1)
    is_current = models.BooleanField(default=False)

    objects = OverlapSpaceQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["is_current"], name="overlapspace_one_current", condition=models.Q(is_current=True)
            ),
        )

    def __str__(self) -> str:
        return self.version

    @property
    def space(self) -> Space:
        return Space.from_bytes(bytes(self.archive))

    @property
    def cells(self) -> Cells:
        return Cells(np.load(io.BytesIO(bytes(self.middles)), allow_pickle=False))

    @cells.setter
    def cells(self, cells: Cells) -> None:
        held = io.BytesIO()
        np.save(held, cells.middles, allow_pickle=False)
        self.middles = held.getvalue()

    @property
    def known_frequencies(self) -> Frequencies:
        return Frequencies.from_data(self.frequencies)
