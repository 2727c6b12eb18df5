"""How a listing enters the directory and leaves it."""

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.models.choices import ReviewState
from initiatives.models.outbox import Outbox, OutboxKind
from initiatives.models.people import User

TRANSITIONS: dict[str, frozenset[str]] = {
    state: frozenset(targets.split())
    for state, targets in {
        ReviewState.DRAFT: "submitted withdrawn",
        ReviewState.SUBMITTED: "needs_information published declined withdrawn",
        ReviewState.NEEDS_INFORMATION: "submitted withdrawn",
        ReviewState.PUBLISHED: "withdrawn merged",
        ReviewState.WITHDRAWN: "submitted",
        ReviewState.DECLINED: "submitted",
        ReviewState.MERGED: "published",
    }.items()
}


class IllegalMove(Exception):
    """A deed that the listing's state does not allow, in a sentence fit for people."""


class Moderated(models.Model):
    """The state of a listing's review, and the deeds that move it."""

    review_state = models.CharField(max_length=17, choices=ReviewState, default=ReviewState.DRAFT)
    review_since = models.DateTimeField(default=timezone.now, editable=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_listings")

    class Meta:
        abstract = True

    @property
    def is_published(self) -> bool:
        return self.review_state == ReviewState.PUBLISHED

    def submit(self, *, by: User | None = None) -> None:
        self._move(ReviewState.SUBMITTED, by=by)

    def publish(self, *, by: User | None = None) -> None:
        self._move(ReviewState.PUBLISHED, by=by)

    def decline(self, *, by: User | None = None, reason: str) -> None:
        self._move(ReviewState.DECLINED, by=by, reason=reason)

    def withdraw(self, *, by: User | None = None, reason: str = "") -> None:
        """Take it out of the directory; its overlaps go with it at once."""
        self._move(ReviewState.WITHDRAWN, by=by, reason=reason)

    @transaction.atomic
    def _move(self, target: str, *, by: User | None, reason: str = "") -> None:
        state = type(self).objects.select_for_update().values_list("review_state", flat=True).get(pk=self.pk)
        if target not in TRANSITIONS[state]:
            raise IllegalMove(
                _("“%(name)s” is %(state)s and cannot become %(target)s.")
                % {
                    "name": self,
                    "state": ReviewState(state).label.lower(),
                    "target": ReviewState(target).label.lower(),
                }
            )
        self.review_state, self.merged_into = target, None
        self.changed_at = self.review_since = timezone.now()
        self.save(update_fields=["review_state", "review_since", "merged_into", "changed_at"])
        if state == ReviewState.PUBLISHED:
            self._leave_overlaps()
        ReviewEvent.objects.create(initiative_id=self.pk, was=state, became=target, by=by, reason=reason)
        Outbox.objects.put(OutboxKind.OVERLAP, [{"initiatives": [self.pk]}])

    def _leave_overlaps(self) -> None:
        from initiatives.models.leaving import leave_overlaps

        leave_overlaps([self.pk])


class ReviewEvent(models.Model):
    """A move of a listing; only ever added."""

    initiative = models.ForeignKey("Initiative", models.CASCADE, related_name="review_events")
    was = models.CharField(max_length=17, choices=ReviewState)
    became = models.CharField(max_length=17, choices=ReviewState)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    undoes = models.OneToOneField("self", models.CASCADE, null=True, related_name="undone_by")

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.initiative_id}: {self.was} → {self.became}"
