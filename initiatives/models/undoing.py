"""A decision can be taken back for a moment, by whoever made it; until then nobody is told of it."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.models.refusals import IllegalMove

UNDO_WITHIN = timedelta(seconds=30)
# A little after the decision can be undone no more: no mail leaves while somebody undoes what it tells.
MAIL_AFTER = UNDO_WITHIN + timedelta(seconds=10)


def refuse_undo(*, is_own_last: bool, decided_at: datetime | None) -> None:
    """Raises IllegalMove, unless it is the last decision, of whoever undoes it, and of this moment."""
    if not is_own_last or decided_at is None:
        raise IllegalMove(_("Only your own last decision can be undone."))
    if decided_at + UNDO_WITHIN < timezone.now():
        raise IllegalMove(_("That was more than 30 seconds ago. Decide anew instead."))
