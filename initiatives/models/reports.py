"""What readers say is wrong with a listing."""

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiatives.models.acting import ActingRole, acting, role_of
from initiatives.models.curated import CuratedWithListing
from initiatives.models.fields import PublicIdField, one_of
from initiatives.models.mail import Mail
from initiatives.models.refusals import IllegalMove
from initiatives.models.undoing import MAIL_AFTER, UNDO_WITHIN, refuse_undo

if TYPE_CHECKING:
    from initiatives.models.initiative import Initiative
    from initiatives.models.people import User


class ReportKind(models.TextChoices):
    GONE = "gone", _("It no longer exists")
    WRONG = "wrong", _("Something in it is wrong")
    DUPLICATE = "duplicate", _("It is listed twice")
    NOT_A_COMMONS = "not_a_commons", _("It is not a commons")
    ABOUT_ME = "about_me", _("It is about me: please remove it")


class ReportState(models.TextChoices):
    OPEN = "open", _("Waiting")
    RESOLVED = "resolved", _("Resolved")
    DISMISSED = "dismissed", _("Left as it is")


class ReportQuerySet(CuratedWithListing, models.QuerySet["Report"]):
    def open(self) -> "ReportQuerySet":
        return self.filter(state=ReportState.OPEN)

    def by_people(self) -> "ReportQuerySet":
        return self.filter(is_suspicious=False)

    def suspicious(self) -> "ReportQuerySet":
        return self.filter(is_suspicious=True)

    def dismiss(self, *, by: "User", reason: str) -> int:
        """All of them; answers how many. What somebody else answers meanwhile is answered."""
        dismissed = 0
        for report in self.open().select_related("initiative"):
            with suppress(IllegalMove):
                report.dismiss(by=by, reason=reason)
                dismissed += 1
        return dismissed

    def write(self, listing: "Initiative", **said: Any) -> "Report":
        with acting(None, role=ActingRole.VISITOR, deed="report"):
            return self.create(initiative=listing, **said)

    def undoable_by(self, user: "User") -> "ReportQuerySet":
        recent = self.filter(decided_by=user, decided_at__gt=timezone.now() - UNDO_WITHIN)
        return recent.exclude(state=ReportState.OPEN).select_related("initiative").order_by("-decided_at")


class Report(models.Model):
    """Anybody may write one. Their address is only for the answer, and is forgotten with it."""

    public_id = PublicIdField()
    initiative = models.ForeignKey("Initiative", models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=13, choices=ReportKind)
    words = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, default="en")
    # As a program fills in a form: it stands beside the queue of the desk.
    is_suspicious = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=ReportState, default=ReportState.OPEN)
    at = models.DateTimeField(default=timezone.now, editable=False)
    decided_by = models.ForeignKey("User", models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, editable=False)
    reason = models.TextField(blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        constraints = (one_of("kind", ReportKind), one_of("state", ReportState))

    def __str__(self) -> str:
        return f"{self.initiative_id}: {self.kind}"

    @property
    def is_urgent(self) -> bool:
        return self.kind == ReportKind.ABOUT_ME

    def resolve(self, *, by: "User", words: str) -> None:
        """Something was done; `words` say what, to whoever left an address."""
        self._decide(ReportState.RESOLVED, by=by, reason=words)

    def dismiss(self, *, by: "User", reason: str) -> None:
        self._decide(ReportState.DISMISSED, by=by, reason=reason)

    def reopen(self, *, by: "User") -> None:
        """Undo the decision, within the time in which nobody was told of it."""
        with acting(by, role=role_of(by, self.initiative), deed="undo"):
            self._hold()
            is_own_last = self.decided_by_id == by.pk and self.state != ReportState.OPEN
            refuse_undo(is_own_last=is_own_last, decided_at=self.decided_at)
            answer = Mail.objects.waiting().filter(key=self._answer_key).first()
            email = answer.to if answer else ""
            Mail.objects.filter(key=self._answer_key).delete()
            self._set(ReportState.OPEN, decided_by=None, decided_at=None, reason="", email=email)

    def _decide(self, state: str, *, by: "User", reason: str) -> None:
        if not reason.strip():
            raise IllegalMove(gettext("Write what you decided, and why."))
        with acting(by, role=role_of(by, self.initiative), deed="report"), transaction.atomic():
            self._hold()
            if self.state != ReportState.OPEN:
                raise IllegalMove(gettext("This report has been answered already."))
            # A program wrote somebody's address into it: they are not told that nothing came of it.
            is_answered = bool(self.email) and not (self.is_suspicious and state == ReportState.DISMISSED)
            email = self.email
            self._set(state, decided_by=by, decided_at=timezone.now(), reason=reason.strip(), email="")
            if is_answered:
                self._answer(email)

    def _hold(self) -> None:
        self.refresh_from_db(from_queryset=Report.objects.select_for_update())

    def _set(self, state: str, **values: object) -> None:
        self.state = state
        for name, value in values.items():
            setattr(self, name, value)
        self.save(update_fields=["state", *values])

    def _answer(self, email: str) -> None:
        with translation.override(self.language):
            page = self.initiative.get_absolute_url()
        Mail.objects.post(
            f"report-{self.state}",
            to=email,
            key=self._answer_key,
            context={"name": self.initiative.name, "reason": self.reason, "path": page},
            language=self.language,
            is_unverified=True,
            not_before=self.decided_at + MAIL_AFTER,
        )

    @property
    def _answer_key(self) -> str:
        return f"report:{self.public_id}"
