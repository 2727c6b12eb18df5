"""A listing on its way: what somebody without an account has answered so far, until they send and confirm it."""

from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.core.signing import BadSignature, Signer, TimestampSigner
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from initiatives.models.acting import ActingRole, acting
from initiatives.models.budgets import MailAddress
from initiatives.models.choices import ReviewState
from initiatives.models.consent import Consent
from initiatives.models.drafting import Told, draft
from initiatives.models.fields import PublicIdField
from initiatives.models.initiative import Initiative
from initiatives.models.mail import Mail
from initiatives.models.people import User
from initiatives.models.stewardship import Stewardship, StewardshipOrigin

# How long the answers wait for more of them, and for the address to be confirmed.
KEPT = timedelta(days=30)

# Who has the address of a draft wrote it; who has a mailed one also reads the mails of the address in it.
DRAFT_SIGNER = TimestampSigner(salt="registration.draft", sep=".")
MAILED = "registration.mailed"


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def begin(self, *, language: str) -> "Registration":
        """One with an address, of which nothing is kept before the first answer."""
        return self.model(language=language)

    def behind(self, token: str, *, language: str = "en") -> "Registration | None":
        """What a link leads to: nothing where it was forged, or what it led to is gone. A draft that was given its
        address but no answer yet has no row."""
        public_id = token.partition(".")[0]
        row = self.filter(public_id=public_id).first()
        if row and row.email and _same(token, row.mailed_token):
            row.is_mailed = True
            return row
        try:
            DRAFT_SIGNER.unsign(token, max_age=None if row else KEPT)
        except BadSignature:
            return None
        row = row or self.model(public_id=public_id, language=language)
        row.came_by = token
        return row

    @transaction.atomic
    def forget_old(self, *, now: datetime | None = None) -> int:
        """Delete those that nobody went on with or confirmed, with the drafts that they made. Of those that became
        listings the answers go: they stand in the listing. How many were forgotten."""
        old = self.filter(changed_at__lt=(now or timezone.now()) - KEPT)
        old.exclude(confirmed_at=None).exclude(answers={}).update(answers={})
        lost = old.filter(confirmed_at=None)
        drafts = Initiative.objects.filter(registration__in=lost, review_state=ReviewState.DRAFT)
        forgotten = lost.count()
        drafts.delete()
        lost.delete()
        return forgotten


class Registration(models.Model):
    """The answers to the pages of the form. It becomes a listing when it is sent, and the listing waits as a draft
    until the address has been confirmed. `answers` is what was said on each page, by page: forms/register/ reads it
    anew each time, so that an answer can wait unfinished."""

    public_id = PublicIdField()
    answers: Any = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, default="en")
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    initiative = models.OneToOneField("Initiative", models.CASCADE, null=True, related_name="registration")

    is_mailed = False  # whether it was reached through a link that was mailed
    came_by = ""  # the other link through which it was reached

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ("started_at", "pk")
        constraints = (
            models.CheckConstraint(
                name="registration_sent_with_a_listing",
                condition=models.Q(sent_at=None, initiative=None, confirmed_at=None)
                | models.Q(sent_at__isnull=False, initiative__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.public_id

    def get_absolute_url(self) -> str:
        return reverse("registration", args=[self.token])

    # Its links.

    @property
    def draft_token(self) -> str:
        return DRAFT_SIGNER.sign(self.public_id)

    @property
    def mailed_token(self) -> str:
        """Of the address that it has now: whoever corrects a slip in it takes the link from the wrong one."""
        return Signer(salt=f"{MAILED}:{self.email}", sep=".").sign(self.public_id)

    @property
    def token(self) -> str:
        """What the links of a page begin with, so that what was proven stays proven."""
        return self.mailed_token if self.is_mailed else self.came_by or self.draft_token

    # Questions.

    @property
    def is_expired(self) -> bool:
        return not self.confirmed_at and self.changed_at < timezone.now() - KEPT

    @property
    def expires_on(self) -> datetime:
        return self.changed_at + KEPT

    @property
    def steward(self) -> User | None:
        """Who confirmed it, while they keep it."""
        return User.objects.filter(email__iexact=self.email, stewardships__initiative=self.initiative).first()

    # Deeds.

    @transaction.atomic
    def answer(self, page: str, said: dict[str, Any]) -> None:
        """Keep what was said on a page; of what has been sent nothing changes any more."""
        self._hold()
        if self.is_mailed:
            MailAddress.objects.took_part(self.email)
        if not self.sent_at:
            self._save(answers=self.answers | {page: said})

    @transaction.atomic
    def address_to(self, email: str) -> None:
        """From now on its mails go there: until it is confirmed a slip in the address can be put right. Nobody has
        proven yet that the new one is theirs."""
        self._hold()
        if self.confirmed_at or self.email == email:
            return
        self._save(email=email, answers=self.answers | {"email": {"email": [email]}})
        self.is_mailed = False
        if self.initiative:
            self.initiative.contact = email
            self.initiative.save(update_fields=["contact"])

    @transaction.atomic
    def mail_link(self, *, language: str) -> None:
        """The link with which it goes on and, once it is sent, is confirmed; one a day and address."""
        self._hold()
        if not self.confirmed_at:
            self._save(language=language)
            self._mail_link("confirm-registration" if self.sent_at else "registration-saved")

    @transaction.atomic
    def send(self, told: Told, *, consent: str, language: str) -> None:
        """It becomes a listing, once however often it is sent, and waits until the address has been confirmed: that is
        so already for whoever came here by the mailed link."""
        self._hold()
        if self.sent_at:
            return
        with acting(None, role=ActingRole.VISITOR, deed="register"):
            listing = draft(told, contact=self.email)
            Consent.objects.create(initiative=listing, version=consent, language=language)
        self._save(initiative=listing, sent_at=timezone.now(), language=language)
        if self.is_mailed:
            self.confirm()
        else:
            self._mail_link("confirm-registration")

    @transaction.atomic
    def confirm(self) -> None:
        """Who reads the mails of its address sent it: from now on they keep it, and the officers decide. Done once."""
        self._hold()
        if self.confirmed_at or not self.sent_at:
            return
        MailAddress.objects.took_part(self.email)
        person = User.objects.at(self.email, language=self.language)
        self._save(confirmed_at=timezone.now())
        with acting(person, role=ActingRole.STEWARD, deed="register"):
            self.initiative.consents.update(person=person)
            Stewardship.objects.get_or_create(
                initiative=self.initiative, person=person, defaults={"origin": StewardshipOrigin.REGISTERED}
            )
            self._say_that_it_is_right(person)
            self.initiative.submit(by=person)
        Mail.objects.post(
            "registration-received",
            to=person.email,
            key=f"registration-received:{self.pk}",
            context={"name": self.initiative.name, "path": self.initiative.status_path(person)},
            language=self.language,
            person=person,
        )

    # Private.

    def _hold(self) -> None:
        """As it stands, with nobody else at it until the deed is done; made by the first answer."""
        if self.pk is None:
            defaults = {"language": self.language}
            self.pk = type(self).objects.get_or_create(public_id=self.public_id, defaults=defaults)[0].pk
        proven = self.email
        self.refresh_from_db(from_queryset=type(self).objects.select_for_update())
        self.is_mailed = self.is_mailed and self.email == proven

    def _save(self, **values: Any) -> None:
        values["changed_at"] = timezone.now()
        for name, value in values.items():
            setattr(self, name, value)
        self.save(update_fields=values)

    def _say_that_it_is_right(self, person: User) -> None:
        self.initiative.confirmed_on, self.initiative.confirmed_by = timezone.localdate(), person
        self.initiative.save(update_fields=["confirmed_on", "confirmed_by"])

    def _mail_link(self, kind: str) -> None:
        """One mail a day and address, whichever deed asks for it first: its link serves both. It says nothing that
        was written here: nobody has asked for it yet who is known to read it."""
        token = self.mailed_token
        Mail.objects.post(
            kind,
            to=self.email,
            key=f"registration:{self.pk}:{timezone.localdate():%Y-%m-%d}:{sha256(token.encode()).hexdigest()[:16]}",
            context={"path": reverse("registration", args=[token]), "days": KEPT.days},
            language=self.language,
            is_unverified=True,
        )


def _same(one: str, other: str) -> bool:
    return compare_digest(one.encode(), other.encode())
