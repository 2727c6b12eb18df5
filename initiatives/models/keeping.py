"""What stewards do with a listing of theirs, and what is asked of one who may."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.models.acting import ActingRole, acting, role_of
from initiatives.models.choices import ConfirmationAnswer, Status
from initiatives.models.enriching import Enriched
from initiatives.models.people import User
from initiatives.models.refusals import IllegalMove

if TYPE_CHECKING:
    from initiatives.models.changes import Change
    from initiatives.models.claims import Claim
    from initiatives.models.invitations import Invitation

# A year of silence; a steward is then asked twice, thirty days apart, and the desk has thirty more.
SILENCE = timedelta(days=365)
PATIENCE = timedelta(days=30)
UNCONFIRMED = SILENCE + 3 * PATIENCE


class Kept(Enriched):
    """The deeds of stewards."""

    class Meta:
        abstract = True

    # Questions.

    def is_stewarded_by(self, user: User) -> bool:
        return user.is_authenticated and self.stewardships.filter(person=user).exists()

    @property
    def silent_since(self) -> date:
        """When somebody last said that it is right, or wrote it."""
        return self.confirmed_on or self.changed_at.date()

    @property
    def unconfirmed_since(self) -> date | None:
        """What its page says once nobody has answered; of one that ended nobody asks."""
        is_silent = self.silent_since <= timezone.localdate() - UNCONFIRMED
        return self.silent_since if is_silent and not self.is_closed else None

    # Deeds.

    @transaction.atomic
    def confirm(self, *, by: User, now: datetime | None = None, answer: str = ConfirmationAnswer.RIGHT) -> None:
        """Somebody who knows says that it is right; who was asked has answered with that."""
        now = now or timezone.now()
        with acting(by, role=role_of(by, self), deed="confirm"):
            self.confirmed_on, self.confirmed_by = now.date(), by
            self.save(update_fields=["confirmed_on", "confirmed_by"])
            self.confirmations.unanswered().answer(answer, by=by, now=now)

    def stop(self, *, by: User, now: datetime | None = None) -> "Change | None":
        """It has stopped: its page stays and says since when."""
        now = now or timezone.now()
        closed = max(now.year, self.founded_year or 0)
        values = {"status": Status.CANCELLED.value, "closed_year": closed}
        return self.edit(by=by, version=self.version, values=values, now=now, answer=ConfirmationAnswer.STOPPED)

    @transaction.atomic
    def invite(self, email: str, *, by: User, kind: str = "invite") -> "Invitation":
        """Ask somebody, by e-mail, to keep it too or instead."""
        from initiatives.models.invitations import Invitation

        type(self).objects.select_for_update().get(pk=self.pk)
        if self.stewardships.filter(person__email__iexact=email).exists():
            raise IllegalMove(_("%(email)s keeps this listing already.") % {"email": email})
        if self.invitations.open().to(email).exists():
            raise IllegalMove(_("%(email)s has been invited already, and has not answered yet.") % {"email": email})
        with acting(by, role=role_of(by, self), deed="invite"):
            invitation = Invitation.objects.create(initiative=self, email=email, kind=kind, by=by)
        invitation.send()
        return invitation

    @transaction.atomic
    def claim(self, *, by: User, evidence: str, evidence_url: str = "") -> "Claim":
        """Somebody says that it is theirs to keep. Its stewards, if it has any, are told."""
        from initiatives.models.claims import Claim

        type(self).objects.select_for_update().get(pk=self.pk)
        if not self.is_published or self.is_platform:
            raise IllegalMove(_("“%(name)s” cannot be claimed.") % {"name": self})
        if self.is_stewarded_by(by):
            raise IllegalMove(_("You keep “%(name)s” already.") % {"name": self})
        if self.claims.pending().filter(by=by).exists():
            raise IllegalMove(_("You have claimed “%(name)s” already. The answer will come by mail.") % {"name": self})
        with acting(by, role=ActingRole.CLAIMANT, deed="claim"):
            claim = Claim.objects.create(initiative=self, by=by, evidence=evidence, evidence_url=evidence_url)
        claim.tell_stewards()
        return claim
