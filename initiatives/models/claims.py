"""Somebody asks to keep a listing that another made."""

from datetime import datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiatives.models.acting import ActingRole, acting, role_of
from initiatives.models.curated import CuratedWithListing
from initiatives.models.fields import one_of
from initiatives.models.mail import Mail
from initiatives.models.people import User
from initiatives.models.posting import write_to
from initiatives.models.refusals import IllegalMove
from initiatives.models.stewardship import Stewardship, StewardshipOrigin
from initiatives.models.undoing import MAIL_AFTER, UNDO_WITHIN, refuse_undo


class ClaimState(models.TextChoices):
    PENDING = "pending", _("Waiting for a decision")
    APPROVED = "approved", _("Approved")
    DENIED = "denied", _("Denied")
    REVOKED = "revoked", _("Revoked")


MOVES = {
    ClaimState.PENDING: frozenset({ClaimState.APPROVED, ClaimState.DENIED}),
    ClaimState.APPROVED: frozenset({ClaimState.REVOKED}),
    ClaimState.DENIED: frozenset(),
    ClaimState.REVOKED: frozenset(),
}

UNDOABLE = (ClaimState.APPROVED, ClaimState.DENIED)


class ClaimQuerySet(CuratedWithListing, models.QuerySet["Claim"]):
    def pending(self) -> "ClaimQuerySet":
        return self.filter(state=ClaimState.PENDING)

    def approved(self) -> "ClaimQuerySet":
        return self.filter(state=ClaimState.APPROVED)

    def of(self, person: User) -> "ClaimQuerySet":
        return self.filter(by=person)

    def for_rows(self) -> "ClaimQuerySet":
        return self.select_related("initiative").order_by("-at", "-pk")

    def undoable_by(self, user: User) -> "ClaimQuerySet":
        """What they approved or denied a moment ago; an approval that stood longer is revoked with a reason."""
        recent = self.filter(decided_by=user, decided_at__gt=timezone.now() - UNDO_WITHIN, state__in=UNDOABLE)
        return recent.select_related("initiative").order_by("-decided_at")


class Claim(models.Model):
    """Somebody says that a listing is theirs to keep, and how that can be seen."""

    initiative = models.ForeignKey("Initiative", models.CASCADE, related_name="claims")
    by = models.ForeignKey("User", models.CASCADE, related_name="claims")
    evidence = models.TextField()
    evidence_url = models.URLField(max_length=500, blank=True)
    state = models.CharField(max_length=8, choices=ClaimState, default=ClaimState.PENDING)
    at = models.DateTimeField(default=timezone.now, editable=False)
    decided_by = models.ForeignKey("User", models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, editable=False)
    reason = models.TextField(blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            one_of("state", ClaimState),
            models.UniqueConstraint(
                fields=["initiative", "by"], name="claim_once_pending", condition=models.Q(state="pending")
            ),
        )

    def __str__(self) -> str:
        return f"{self.initiative_id} by {self.by_id} ({self.state})"

    @property
    def is_pending(self) -> bool:
        return self.state == ClaimState.PENDING

    # Deeds.

    @transaction.atomic
    def approve(self, *, by: User, reason: str = "") -> None:
        """They keep the listing from now on, beside whoever keeps it already."""
        self._decide(ClaimState.APPROVED, by=by, reason=reason)
        if not self.initiative.is_stewarded_by(self.by):
            new = Stewardship(initiative=self.initiative, person=self.by, origin=StewardshipOrigin.CLAIMED)
            new.begin(role=ActingRole.CLAIMANT, deed="approve", tell_at=self.decided_at + MAIL_AFTER)

    def deny(self, *, by: User, reason: str) -> None:
        self._decide(ClaimState.DENIED, by=by, reason=reason)

    @transaction.atomic
    def revoke(self, *, by: User, reason: str) -> None:
        """An approval that was a mistake: what it gave is taken back."""
        self._decide(ClaimState.REVOKED, by=by, reason=reason)
        with acting(by, role=role_of(by, self.initiative), deed="revoke"):
            self._given.delete()

    def reopen(self, *, by: User) -> None:
        """Undo an approval or a denial, within the time in which nobody was told of it: it waits again."""
        with acting(by, role=role_of(by, self.initiative), deed="undo"):
            self.refresh_from_db(from_queryset=Claim.objects.select_for_update())
            is_own_last = self.decided_by_id == by.pk and self.state in UNDOABLE
            refuse_undo(is_own_last=is_own_last, decided_at=self.decided_at)
            Mail.objects.filter(key=self._answer_key).delete()
            if self.state == ClaimState.APPROVED:
                for given in self._given:
                    given.forget()
            self._set(ClaimState.PENDING, by=None, at=None, reason="")

    @transaction.atomic
    def withdraw(self) -> None:
        """Whoever asked takes it back before it is decided; their words go with it."""
        self._hold(to=None)
        with acting(self.by, role=ActingRole.CLAIMANT, deed="withdraw-claim"):
            self.delete()

    def tell_stewards(self) -> None:
        """Those who keep it already hear that somebody asks, and can tell the officer."""
        for steward in self.initiative.stewardships.select_related("person"):
            write_to(
                steward.person,
                "claim-asked",
                key=f"claim-asked:{self.pk}:{steward.person_id}",
                listing=self.initiative,
            )

    def _hold(self, *, to: str | None) -> None:
        """Hold the row, and refuse what its state does not allow; `to` is nothing for taking it back."""
        state = Claim.objects.select_for_update().values_list("state", flat=True).get(pk=self.pk)
        is_allowed = state == ClaimState.PENDING if to is None else to in MOVES[state]
        if not is_allowed:
            raise IllegalMove(
                gettext("This claim has been decided already: %(state)s.")
                % {"state": str(ClaimState(state).label).lower()}
            )

    @transaction.atomic
    def _decide(self, state: str, *, by: User, reason: str) -> None:
        self._hold(to=state)
        with acting(by, role=role_of(by, self.initiative), deed=f"claim-{state}"):
            self._set(state, by=by, at=timezone.now(), reason=reason)
        write_to(
            self.by,
            f"claim-{state}",
            key=self._answer_key,
            listing=self.initiative,
            not_before=self.decided_at + MAIL_AFTER,
            reason=reason,
            edit_path=("listing-edit", self.initiative.public_id),
        )

    def _set(self, state: str, *, by: User | None, at: datetime | None, reason: str) -> None:
        self.state, self.decided_by, self.decided_at, self.reason = state, by, at, reason
        self.save(update_fields=["state", "decided_by", "decided_at", "reason"])

    @property
    def _given(self) -> models.QuerySet[Stewardship]:
        """What its approval gave."""
        return self.initiative.stewardships.filter(person=self.by, origin=StewardshipOrigin.CLAIMED)

    @property
    def _answer_key(self) -> str:
        return f"claim-{self.state}:{self.pk}"
