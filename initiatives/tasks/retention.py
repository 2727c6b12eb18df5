"""What is forgotten by itself, and after how long: once a day by the worker, or by `manage.py retention`.

docs/operating.md and the page on privacy tell the same: tests/tasks/test_retention.py compares.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection, models, transaction
from django.utils import timezone

from initiatives.models import (
    Claim,
    GroupMove,
    HistoryEvent,
    Initiative,
    Invitation,
    Mail,
    MailAddress,
    MailBudget,
    OneTimeKey,
    Outbox,
    OverlapRun,
    Registration,
    Report,
    ReviewEvent,
)
from initiatives.models.acting import ActingRole, acting
from initiatives.models.bulk.deeds import KEPT_PREPARED as PREPARED_KEPT
from initiatives.models.bulk.deeds import BulkDeed
from initiatives.models.bulk.uploads import KEPT as UPLOADS_KEPT
from initiatives.models.bulk.uploads import Upload
from initiatives.models.choices import ReviewState
from initiatives.models.claims import ClaimState
from initiatives.models.mail import CODES_KEPT
from initiatives.models.mail import KEPT as MAILS_KEPT
from initiatives.models.registering import KEPT as DRAFTS_KEPT
from initiatives.models.remembering import Move
from initiatives.models.reports import ReportState

# Long enough to look again at a decision that somebody objects to.
DECIDED_KEPT = timedelta(days=90)
INVITATIONS_KEPT = timedelta(days=90)
# A form that is sent twice is sent twice within a day; the key of one left open over a weekend still counts.
KEYS_KEPT = timedelta(days=7)
STRANGERS_KEPT = timedelta(days=365)
RUNS_KEPT = timedelta(days=90)
OUTBOX_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Rule:
    """`kept`: None for what ends by itself. `forget` answers how many it forgot."""

    what: str
    kept: timedelta | None
    forget: Callable[[], int]

    @property
    def period(self) -> str:
        if self.kept is None:
            return "when over"
        return f"{self.kept.days} days" if self.kept.days else f"{self.kept.seconds // 3600} hour"


def forget(_today: date) -> None:
    forget_all()


def forget_all(*, dry_run: bool = False) -> dict[str, int]:
    """How much of each was forgotten, each rule in a transaction of its own; in a dry run nothing is."""
    forgotten = {}
    for rule in RULES:
        with transaction.atomic():
            with acting(None, role=ActingRole.SYSTEM, deed="forget"):
                forgotten[rule.what] = rule.forget()
            transaction.set_rollback(dry_run)
    return forgotten


def _before(kept: timedelta) -> datetime:
    return timezone.now() - kept


def _withdrawn_unseen() -> int:
    """Withdrawn before anybody published them."""
    published = ReviewEvent.objects.filter(initiative=models.OuterRef("pk"), became=ReviewState.PUBLISHED)
    withdrawn = Initiative.objects.filter(review_state=ReviewState.WITHDRAWN, source="", merged_listings=None)
    return _deleted(withdrawn.filter(~models.Exists(published), review_since__lt=_before(DECIDED_KEPT)))


def _history_of_the_unseen() -> int:
    """Of drafts that are gone, by whatever way, without anybody but their writer having seen them."""
    gone = HistoryEvent.objects.filter(kind="initiative", move=Move.REMOVED).values_list("row", flat=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT forget_unseen_listings(%s)", [list(gone)])
        return cursor.fetchone()[0]


def _registered_addresses() -> int:
    """Who keeps the listing has an account of their own by then, and signs in."""
    old = Registration.objects.filter(confirmed_at__lt=_before(DECIDED_KEPT)).exclude(email="")
    return old.update(email="")


def _reports() -> int:
    decided = Report.objects.filter(decided_at__lt=_before(DECIDED_KEPT)).exclude(state=ReportState.OPEN)
    return decided.exclude(words="", email="").update(words="", email="")


def _claims() -> int:
    decided = Claim.objects.filter(decided_at__lt=_before(DECIDED_KEPT)).exclude(state=ClaimState.PENDING)
    return decided.exclude(evidence="", evidence_url="").update(evidence="", evidence_url="")


def _invitations() -> int:
    return _deleted(Invitation.objects.filter(at__lt=_before(INVITATIONS_KEPT)))


def _strangers() -> int:
    """Addresses, as hashes, that were written to and never answered. Who wants no mail stays known."""
    idle = MailAddress.objects.filter(last_mail_at__lt=_before(STRANGERS_KEPT), took_part_at=None, refused_at=None)
    return _deleted(idle)


def _sessions() -> int:
    """And what is shown of them to whom they belong: from where, and with which browser."""
    ended = _deleted(Session.objects.filter(expire_date__lt=timezone.now()))
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return ended


def _runs() -> int:
    """What a group went through stays; which run it was in, and which listing moved then, does not."""
    newest = OverlapRun.objects.values("pk")[:1]
    old = OverlapRun.objects.filter(started_at__lt=_before(RUNS_KEPT)).exclude(pk__in=newest)
    moves = GroupMove.objects.filter(run__in=old.values("pk")).delete()[0]
    return moves + _deleted(old)


def _cache() -> int:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache WHERE expires < now()")
        return cursor.rowcount


def _deleted(rows: models.QuerySet) -> int:
    """How many of these; what goes with them is not counted."""
    return rows.delete()[1].get(rows.model._meta.label, 0)


RULES = (
    Rule("drafts never sent or confirmed", DRAFTS_KEPT, Registration.objects.forget_old),
    Rule("listings withdrawn before they were published", DECIDED_KEPT, _withdrawn_unseen),
    Rule("history of drafts that are gone", None, _history_of_the_unseen),
    Rule("addresses of confirmed registrations", DECIDED_KEPT, _registered_addresses),
    Rule("words and addresses of decided reports", DECIDED_KEPT, _reports),
    Rule("evidence of decided claims", DECIDED_KEPT, _claims),
    Rule("invitations", INVITATIONS_KEPT, _invitations),
    Rule("codes that were mailed", CODES_KEPT, Mail.objects.forget_codes),
    Rule("addresses and contents of mails", MAILS_KEPT, Mail.objects.forget_old),
    Rule("hashes of addresses that never answered", STRANGERS_KEPT, _strangers),
    Rule("uploaded files", UPLOADS_KEPT, Upload.objects.forget_old),
    Rule("bulk work that was prepared and never done", PREPARED_KEPT, BulkDeed.objects.forget_old),
    Rule("keys of forms", KEYS_KEPT, lambda: _deleted(OneTimeKey.objects.filter(at__lt=_before(KEYS_KEPT)))),
    Rule("budgets of mail that are over", None, MailBudget.objects.forget_ended),
    Rule("sessions that are over", None, _sessions),
    Rule("counts of attempts that are over", None, _cache),
    Rule("computations and their moves", RUNS_KEPT, _runs),
    Rule("outbox that is done", OUTBOX_KEPT, lambda: _deleted(Outbox.objects.done_before(_before(OUTBOX_KEPT)))),
)
