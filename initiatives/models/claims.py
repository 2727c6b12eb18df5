"""Somebody asks to keep a listing that another made."""

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiatives.models.acting import ActingRole, acting, role_of
from initiatives.models.fields import one_of
from initiatives.models.moderation import IllegalMove
from initiatives.models.people import User
from initiatives.models.posting import write_to
from initiatives.models.stewardship import Stewardship, StewardshipOrigin


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


class ClaimQuerySet(models.QuerySet["Claim"]):
    def pending(self) -> "ClaimQuerySet":
        return self.filter(state=ClaimState.PENDING)

    def approved(self) -> "ClaimQuerySet":
        return self.filter(state=ClaimState.APPROVED)

    def of(self, person: User) -> "ClaimQuerySet":
        return self.filter(by=person)

    def for_rows(self) -> "ClaimQuerySet":
        return self.select_related("initiative").order_by("-at", "-pk")

    def curated_by(self, user: User) -> "ClaimQuerySet":
        """On the listings that somebody curates."""
        from initiatives.models.initiative import Initiative

        return self.filter(initiative__in=Initiative.objects.curated_by(user).values("pk"))


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

    @property
    def is_approved(self) -> bool:
        return self.state == ClaimState.APPROVED

    # Deeds.

    @transaction.atomic
    def approve(self, *, by: User, reason: str = "") -> None:
        """They keep the listing from now on, beside whoever keeps it already."""
        self._decide(ClaimState.APPROVED, by=by, reason=reason)
        if not self.initiative.is_stewarded_by(self.by):
            new = Stewardship(initiative=self.initiative, person=self.by, origin=StewardshipOrigin.CLAIMED)
            new.begin(role=ActingRole.CLAIMANT, deed="approve")

    def deny(self, *, by: User, reason: str) -> None:
        self._decide(ClaimState.DENIED, by=by, reason=reason)

    @transaction.atomic
    def revoke(self, *, by: User, reason: str) -> None:
        """An approval that was a mistake: what it gave is taken back."""
        self._decide(ClaimState.REVOKED, by=by, reason=reason)
        with acting(by, role=role_of(by, self.initiative), deed="revoke"):
            self.initiative.stewardships.filter(person=self.by, origin=StewardshipOrigin.CLAIMED).delete()

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
            self.state, self.decided_by, self.decided_at, self.reason = state, by, timezone.now(), reason
            self.save(update_fields=["state", "decided_by", "decided_at", "reason"])
        write_to(
            self.by,
            f"claim-{state}",
            key=f"claim-{state}:{self.pk}",
            listing=self.initiative,
            reason=reason,
            edit_path=("listing-edit", self.initiative.public_id),
        )
