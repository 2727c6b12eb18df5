"""Who keeps a listing, who asks to, and whom a steward invites."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models.fields import one_of


class StewardshipOrigin(models.TextChoices):
    REGISTERED = "registered", _("registered it")
    CLAIMED = "claimed", _("claimed it")
    INVITED = "invited", _("was invited")
    HANDED_OVER = "handed_over", _("took it over")
    MERGED = "merged", _("came with a merged listing")


class Stewardship(models.Model):
    """A person keeps a listing. The row goes when that ends; the history keeps that it was."""

    initiative = models.ForeignKey("Initiative", models.CASCADE, related_name="stewardships")
    person = models.ForeignKey("User", models.CASCADE, related_name="stewardships")
    origin = models.CharField(max_length=11, choices=StewardshipOrigin)
    since = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("since", "pk")
        constraints = (
            one_of("origin", StewardshipOrigin),
            models.UniqueConstraint(fields=["initiative", "person"], name="stewardship_once"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} keeps {self.initiative_id}"


class InvitationKind(models.TextChoices):
    INVITE = "invite", _("to keep it together")
    HAND_OVER = "hand_over", _("to take it over")


class InvitationState(models.TextChoices):
    OPEN = "open", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Invitation(models.Model):
    """A steward asks somebody, by e-mail, to keep the listing too, or instead."""

    initiative = models.ForeignKey("Initiative", models.CASCADE, related_name="invitations")
    email = models.EmailField()
    kind = models.CharField(max_length=9, choices=InvitationKind)
    state = models.CharField(max_length=9, choices=InvitationState, default=InvitationState.OPEN)
    by = models.ForeignKey("User", models.CASCADE, related_name="invitations_made")
    at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            one_of("kind", InvitationKind),
            one_of("state", InvitationState),
            models.UniqueConstraint(
                fields=["initiative", "email"], name="invitation_once_open", condition=models.Q(state="open")
            ),
        )

    def __str__(self) -> str:
        return f"{self.initiative_id}: {self.kind} ({self.state})"


class ClaimState(models.TextChoices):
    PENDING = "pending", _("Waiting for a decision")
    APPROVED = "approved", _("Approved")
    DENIED = "denied", _("Denied")
    REVOKED = "revoked", _("Revoked")


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
