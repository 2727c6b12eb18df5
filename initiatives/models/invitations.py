"""A steward asks somebody to keep a listing too, or instead."""

from datetime import datetime, timedelta

from django.core import signing
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiatives.models.acting import ActingRole, acting, role_of
from initiatives.models.fields import one_of
from initiatives.models.mail import Mail
from initiatives.models.people import User
from initiatives.models.posting import about, path_in, write_to
from initiatives.models.refusals import IllegalMove
from initiatives.models.stewardship import Stewardship, StewardshipOrigin

SALT = "invitation"
OPEN_FOR = timedelta(days=30)


class InvitationKind(models.TextChoices):
    INVITE = "invite", _("to keep it together")
    HAND_OVER = "hand_over", _("to take it over")


class InvitationState(models.TextChoices):
    OPEN = "open", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        return self.filter(state=InvitationState.OPEN)

    def to(self, email: str) -> "InvitationQuerySet":
        return self.filter(email__iexact=email)

    def of(self, inviter: User) -> "InvitationQuerySet":
        return self.filter(by=inviter)

    def for_rows(self) -> "InvitationQuerySet":
        return self.select_related("initiative", "by")

    def withdraw(self, *, now: datetime) -> None:
        self.update(state=InvitationState.WITHDRAWN, answered_at=now)

    def with_token(self, token: str) -> "Invitation | None":
        """That of a mailed link, while the link is good."""
        try:
            key = signing.loads(token, salt=SALT, max_age=OPEN_FOR)
        except signing.BadSignature:
            return None
        return self.select_related("initiative", "by").filter(pk=key).first()


class Invitation(models.Model):
    """Known by a signed link in a mail: whoever holds it reads the mails of that address."""

    initiative = models.ForeignKey("Initiative", models.CASCADE, related_name="invitations")
    email = models.EmailField()
    kind = models.CharField(max_length=9, choices=InvitationKind)
    state = models.CharField(max_length=9, choices=InvitationState, default=InvitationState.OPEN)
    by = models.ForeignKey("User", models.CASCADE, related_name="invitations_made")
    at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

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

    # Questions.

    @property
    def is_open(self) -> bool:
        return self.state == InvitationState.OPEN

    @property
    def is_hand_over(self) -> bool:
        return self.kind == InvitationKind.HAND_OVER

    @property
    def token(self) -> str:
        return signing.dumps(self.pk, salt=SALT)

    def is_for(self, user: User) -> bool:
        return user.is_authenticated and user.email.casefold() == self.email.casefold()

    def account(self) -> User | None:
        """Of whoever has that address, if they have one yet."""
        return User.objects.filter(email__iexact=self.email).first()

    # Deeds.

    def send(self) -> None:
        known = self.account()
        language = known.language if known else self.by.language
        Mail.objects.post(
            "invitation",
            to=self.email,
            key=f"invitation:{self.pk}",
            context={
                **about(self.initiative, language),
                "name": str(self.by),
                "is_hand_over": self.is_hand_over,
                "invitation_path": path_in(language, "invitation", self.token),
            },
            language=language,
            person=known,
            is_unverified=known is None,
        )

    @transaction.atomic
    def accept(self) -> User:
        """Their account keeps the listing from now on; who has none gets one. Answers whose it is."""
        self._answer(InvitationState.ACCEPTED)
        person = User.objects.at(self.email, language=self.by.language)
        origin = StewardshipOrigin.HANDED_OVER if self.is_hand_over else StewardshipOrigin.INVITED
        if not self.initiative.is_stewarded_by(person):
            new = Stewardship(initiative=self.initiative, person=person, origin=origin)
            new.begin(role=ActingRole.STEWARD, deed="accept")
        if self.is_hand_over:
            self._let_go(to=person)
        return person

    def decline(self) -> None:
        self._answer(InvitationState.DECLINED)

    def withdraw(self, *, by: User) -> None:
        with transaction.atomic(), acting(by, role=role_of(by, self.initiative), deed="withdraw-invitation"):
            self._answer(InvitationState.WITHDRAWN)

    def _answer(self, state: str) -> None:
        locked = Invitation.objects.select_for_update().get(pk=self.pk)
        if not locked.is_open:
            raise IllegalMove(
                gettext("This invitation is no longer open: it was %(state)s.") % {"state": locked.get_state_display()}
            )
        self.state, self.answered_at = state, timezone.now()
        self.save(update_fields=["state", "answered_at"])

    def _let_go(self, *, to: User) -> None:
        """Who handed it over keeps it no more, and is told that it is in good hands."""
        gone, _rows = self.initiative.stewardships.filter(person=self.by).delete()
        if gone:
            write_to(self.by, "handed-over", key=f"handed-over:{self.pk}", listing=self.initiative, name=str(to))
