"""Where a submission stands: how long its queue is, what the officer asks, why it was declined; and what its steward
answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.signing import TimestampSigner
from django.db import models
from django.urls import reverse

from initiatives.models.acting import ActingRole, acting
from initiatives.models.choices import ReviewState

if TYPE_CHECKING:
    from initiatives.models.moderation import ReviewEvent
    from initiatives.models.people import User

# How long a mailed link to a submission works; whoever keeps the listing can sign in after that.
LINK_WORKS = timedelta(days=90)
SIGNER = TimestampSigner(salt="submission", sep=".")

ANSWERABLE = (ReviewState.NEEDS_INFORMATION, ReviewState.DECLINED, ReviewState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Queue:
    """How many wait before a submission in its city, and since when the first of all."""

    before: int
    oldest: datetime | None


class Submitted(models.Model):
    """What its steward sees of the review, and does about it."""

    class Meta:
        abstract = True

    @property
    def is_submitted(self) -> bool:
        return self.review_state == ReviewState.SUBMITTED

    @property
    def is_asked(self) -> bool:
        """An officer waits for an answer."""
        return self.review_state == ReviewState.NEEDS_INFORMATION

    @property
    def is_decided_by_city(self) -> bool:
        """By its officers; what has no city, or a city without officers, is decided by the administrators."""
        return self.city is not None and self.city.appointments.in_force().exists()

    @property
    def can_be_handed_in(self) -> bool:
        """Once more: with an answer, or after it was declined or withdrawn."""
        return self.review_state in ANSWERABLE

    @property
    def said_by_officer(self) -> "ReviewEvent | None":
        """The question that waits for an answer, or the reason why it was declined."""
        if self.review_state not in (ReviewState.NEEDS_INFORMATION, ReviewState.DECLINED):
            return None
        return self.review_events.in_force().led_to(self.review_state).last()

    @property
    def queue(self) -> Queue:
        waiting = type(self).objects.waiting_beside(self)
        return Queue(waiting.waiting_longer_than(self).count(), waiting.longest_wait())

    def status_path(self, person: "User") -> str:
        """For a mail to this steward: where it stands, without signing in. Of use only while they keep it."""
        return reverse("submission", args=[SIGNER.sign(f"{self.public_id}-{person.pk}")])

    def answer_question(self, *, by: "User", words: str) -> None:
        """Back to the officers, who read the words; so too after it was declined or withdrawn."""
        with acting(by, role=ActingRole.STEWARD, deed="answer"):
            self.submit(by=by, words=words)

    def take_back(self, *, by: "User") -> None:
        """Withdrawn by its steward, who can hand it in again."""
        with acting(by, role=ActingRole.STEWARD, deed="withdraw"):
            self.withdraw(by=by)


def behind(token: str) -> tuple[str, int]:
    """The public id of the listing and the key of the steward that a link is for. Raises BadSignature, of which
    SignatureExpired is one."""
    public_id, _, person = SIGNER.unsign(token, max_age=LINK_WORKS).rpartition("-")
    return public_id, int(person)
