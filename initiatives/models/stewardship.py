"""Who keeps a listing."""

from datetime import datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models.acting import acting, role_of
from initiatives.models.fields import one_of
from initiatives.models.mail import Mail
from initiatives.models.people import User
from initiatives.models.posting import write_to


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

    @transaction.atomic
    def begin(self, *, role: str, deed: str, tell_at: datetime | None = None) -> None:
        """Written by whoever may: an invitation that was accepted, a claim that was approved. The others are told, now
        or when it can be undone no more."""
        with acting(self.person, role=role, deed=deed):
            self.save()
        for other in self.others():
            write_to(
                other.person,
                "steward-joined",
                key=f"{self._joined_key}{other.person_id}",
                listing=self.initiative,
                not_before=tell_at,
                name=str(self.person),
                stewards_path=("listing-stewards", self.initiative.public_id),
            )

    @transaction.atomic
    def forget(self) -> None:
        """It was a mistake of a moment ago, of which nobody has been told yet."""
        Mail.objects.drop(self._joined_key)
        self.delete()

    @property
    def _joined_key(self) -> str:
        return f"steward-joined:{self.pk}:"

    @transaction.atomic
    def end(self, *, by: User, reason: str = "") -> None:
        """They leave, or an officer ends it with a reason. What they had asked of others is asked no more."""
        key, others = self.pk, list(self.others())
        with acting(by, role=role_of(by, self.initiative), deed="leave" if by == self.person else "end"):
            self.initiative.invitations.open().of(self.person).withdraw(now=timezone.now())
            self.delete()
        if by != self.person:
            write_to(
                self.person, "stewardship-ended", key=f"stewardship-ended:{key}", listing=self.initiative, reason=reason
            )
        for other in others:
            write_to(
                other.person,
                "steward-left",
                key=f"steward-left:{key}:{other.person_id}",
                listing=self.initiative,
                name=str(self.person),
                stewards_path=("listing-stewards", self.initiative.public_id),
            )

    def others(self) -> "models.QuerySet[Stewardship]":
        return self.initiative.stewardships.exclude(person=self.person).select_related("person")
