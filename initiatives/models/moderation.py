"""How a listing enters the directory and leaves it."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.models.acting import ActingRole, acting, role_of
from initiatives.models.choices import ReviewState
from initiatives.models.decision_mails import drop_mails, tell_stewards
from initiatives.models.outbox import Outbox, OutboxKind
from initiatives.models.people import User
from initiatives.models.refusals import IllegalMove
from initiatives.models.undoing import UNDO_WITHIN, refuse_undo

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

# What officers may answer to a submission.
DECISIONS = (ReviewState.PUBLISHED, ReviewState.NEEDS_INFORMATION, ReviewState.DECLINED)
UNDOABLE = (*DECISIONS, ReviewState.WITHDRAWN)
# What the history calls a move.
DEEDS = {
    ReviewState.SUBMITTED: "submit",
    ReviewState.PUBLISHED: "publish",
    ReviewState.NEEDS_INFORMATION: "ask",
    ReviewState.DECLINED: "decline",
    ReviewState.WITHDRAWN: "withdraw",
    ReviewState.MERGED: "merge",
}


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

    def submit(self, *, by: User | None = None, words: str = "") -> None:
        """`words` are what the steward answers to a question, or says beside it."""
        self._move(ReviewState.SUBMITTED, by=by, reason=words)

    def publish(self, *, by: User | None = None, reason: str = "") -> "ReviewEvent":
        return self._decide(ReviewState.PUBLISHED, by=by, reason=reason)

    def ask(self, *, by: User | None = None, question: str) -> "ReviewEvent":
        """It waits for its steward, who reads the question and submits it again."""
        if not question.strip():
            raise IllegalMove(_("Write what you would like to know."))
        return self._decide(ReviewState.NEEDS_INFORMATION, by=by, reason=question)

    def decline(self, *, by: User | None = None, reason: str) -> "ReviewEvent":
        if not reason.strip():
            raise IllegalMove(_("Write why: the steward reads it."))
        return self._decide(ReviewState.DECLINED, by=by, reason=reason)

    def withdraw(self, *, by: User | None = None, reason: str = "") -> "ReviewEvent":
        """Take it out of the directory; its overlaps go with it at once."""
        return self._decide(ReviewState.WITHDRAWN, by=by, reason=reason)

    def undo_decision(self, event: "ReviewEvent", *, by: User) -> "ReviewEvent":
        """It is again what it was, waits since it waited, and nobody is told of the decision. No move of the table:
        within this short time the decision has not been made."""
        with self._acting(by, "undo"):
            return self._undo(event, by=by)

    def _undo(self, event: "ReviewEvent", *, by: User) -> "ReviewEvent":
        state = self._hold()
        last = self.review_events.order_by("pk").last()
        is_own_last = event == last and event.by_id == by.pk and event.became == state and event.is_decision
        refuse_undo(is_own_last=is_own_last, decided_at=event.at)
        drop_mails(event)
        return self._become(event.was, by=by, undoes=event, since=event.was_since)

    @transaction.atomic
    def _decide(self, target: str, *, by: User | None, reason: str) -> "ReviewEvent":
        event = self._move(target, by=by, reason=reason.strip())
        tell_stewards(self, event)
        return event

    def _move(self, target: str, *, by: User | None, reason: str = "", **beside: Any) -> "ReviewEvent":
        with self._acting(by, DEEDS[target]):
            self._refuse_move(self._hold(), target)
            return self._become(target, by=by, reason=reason, **beside)

    def _acting(self, by: User | None, deed: str) -> AbstractContextManager[None]:
        return acting(by, role=role_of(by, self) if by else ActingRole.SYSTEM, deed=deed)

    def _refuse_move(self, state: str, target: str) -> None:
        if target not in TRANSITIONS[state]:
            raise IllegalMove(
                _("“%(name)s” is %(state)s and cannot become %(target)s.")
                % {
                    "name": self,
                    "state": ReviewState(state).label.lower(),
                    "target": ReviewState(target).label.lower(),
                }
            )

    def _hold(self) -> str:
        """The state as it is in the database; nobody else moves it meanwhile."""
        held = type(self).objects.select_for_update().values_list("review_state", "review_since").get(pk=self.pk)
        self.review_state, self.review_since = held
        return self.review_state

    def _become(
        self, target: str, *, since: datetime | None = None, merged_into: Self | None = None, **said: Any
    ) -> "ReviewEvent":
        was, was_since, now = self.review_state, self.review_since, timezone.now()
        self.review_state, self.merged_into = target, merged_into
        self.changed_at, self.review_since = now, since or now
        self.save(update_fields=["review_state", "review_since", "merged_into", "changed_at"])
        if was == ReviewState.PUBLISHED:
            self._leave_overlaps()
        if target == ReviewState.PUBLISHED:
            self._enter_search()
        Outbox.objects.put(OutboxKind.OVERLAP, [{"initiatives": [self.pk]}])
        return ReviewEvent.objects.create(
            initiative_id=self.pk, was=was, became=target, was_since=was_since, at=now, **said
        )

    def _enter_search(self) -> None:
        """By what it says today: while it was hidden its edits were not searched for."""
        from initiatives.models import search

        search.refresh([self.pk])

    def _leave_overlaps(self) -> None:
        from initiatives.models.leaving import leave_overlaps

        leave_overlaps([self.pk])


class ReviewEventQuerySet(models.QuerySet["ReviewEvent"]):
    def in_force(self) -> "ReviewEventQuerySet":
        """Neither undone nor an undoing."""
        return self.filter(undoes=None, undone_by=None)

    def led_to(self, state: str) -> "ReviewEventQuerySet":
        """Those by which a listing came to a state."""
        return self.filter(became=state)

    def decisions(self) -> "ReviewEventQuerySet":
        """What officers answered to a submission."""
        return self.in_force().filter(was=ReviewState.SUBMITTED, became__in=DECISIONS)

    def undoable_by(self, user: User) -> "ReviewEventQuerySet":
        """Their decisions of the last moment, where nothing came after them. That of a merge which was undone is none:
        whoever wants it back merges anew."""
        decisions = self.in_force().filter(became__in=UNDOABLE).exclude(was=ReviewState.MERGED)
        recent = decisions.filter(by=user, at__gt=timezone.now() - UNDO_WITHIN)
        later = ReviewEvent.objects.filter(initiative=models.OuterRef("initiative"), pk__gt=models.OuterRef("pk"))
        return recent.exclude(models.Exists(later)).select_related("initiative").order_by("-pk")


class ReviewEvent(models.Model):
    """A move of a listing; only ever added."""

    initiative = models.ForeignKey("Initiative", models.CASCADE, related_name="review_events")
    was = models.CharField(max_length=17, choices=ReviewState)
    became = models.CharField(max_length=17, choices=ReviewState)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    reason = models.TextField(blank=True)
    # When it came into the state that it leaves: how long somebody waited for this.
    was_since = models.DateTimeField(null=True, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    undoes = models.OneToOneField("self", models.CASCADE, null=True, related_name="undone_by")

    objects = ReviewEventQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.initiative_id}: {self.was} → {self.became}"

    @property
    def is_decision(self) -> bool:
        """Not the undoing of one, nor of a merge."""
        return not self.undoes_id and self.was != ReviewState.MERGED

    @property
    def days_waited(self) -> float | None:
        """How long it was in the state that it left; not known of what was decided before that was written down."""
        return (self.at - self.was_since).total_seconds() / 86_400 if self.was_since else None
