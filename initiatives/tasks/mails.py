"""The postman: sends the mails that wait, in a thread of its own, so that none waits for a computation.

A mail is marked before it is sent and after it was. Of one that is cut short in between nobody knows whether it left:
it is sent once more, and not again if that is cut short too. Both carry the same Message-ID, by which mail programs
know the second for the first.
"""

import logging
import smtplib
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.mail import mailers
from django.db import connection, transaction
from django.utils import timezone

from initiatives.emails import message
from initiatives.models import Mail
from initiatives.models.mail import MailState
from initiatives.tasks.loop import Loop

log = logging.getLogger(__name__)

# Longer than any mail takes to leave: whoever marked it so long ago was killed.
LEASE = timedelta(minutes=10)
# A server that refuses for now is asked again after so many minutes: a mail waits for two days at most.
PAUSES = (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60)
UNKNOWN = "it is not known whether it left"
GONE_FOR_GOOD = 500  # replies of a mail server from here on do not change by waiting (RFC 5321, 4.2.1)


@dataclass
class Postman(Loop):
    def run(self) -> None:
        super().run()
        connection.close()

    def work_once(self) -> int:
        """One after the other, until none is due or the server takes none."""
        sent = 0
        with closing(Line()) as line:
            while not self.stop.is_set() and line.is_open and (mail := take_one()):
                sent += line.send(mail)
        return sent


class Line:
    """One connection for many mails. After an error a new one is made; when none can be had, no further mail is tried:
    it would only be marked as having failed."""

    def __init__(self) -> None:
        self._mailer = mailers.default
        self.is_open = True

    def send(self, mail: Mail) -> bool:
        try:
            written = message(mail)
            self._open()
            self._mailer.send_messages([written])
        except Exception as error:
            self.close()
            _failed(mail, error)
            return False
        _end(mail, MailState.SENT, sent_at=timezone.now())
        return True

    def close(self) -> None:
        # It says goodbye to a server that may have gone.
        with suppress(OSError):
            self._mailer.close()

    def _open(self) -> None:
        try:
            self._mailer.open()
        except OSError:
            self.is_open = False
            raise


@transaction.atomic
def take_one() -> Mail | None:
    """The next that is due, marked as being sent; of two postmen each takes another."""
    now = timezone.now()
    mail = Mail.objects.due(now).select_for_update(skip_locked=True, of=("self",)).first()
    if mail is None:
        return None
    was_cut_short = mail.state == MailState.SENDING
    if was_cut_short and mail.trouble == UNKNOWN:
        _end(mail, MailState.FAILED, trouble=UNKNOWN)
        return take_one()
    mail.state, mail.not_before = MailState.SENDING, now + LEASE
    mail.attempts += 1
    mail.trouble = UNKNOWN if was_cut_short else ""
    mail.save(update_fields=["state", "not_before", "attempts", "trouble"])
    return mail


def _failed(mail: Mail, error: Exception) -> None:
    """The reply of a server often repeats the address, so it is told by its kind and number alone."""
    trouble = " ".join(map(str, (type(error).__name__, *_codes(error)[:1])))
    if _is_final(error) or mail.attempts > len(PAUSES):
        log.error("Mail %d (%s) could not be sent: %s", mail.pk, mail.kind, trouble)
        _end(mail, MailState.FAILED, trouble=trouble)
    else:
        _end(mail, MailState.WAITING, trouble=trouble, not_before=_later(mail.attempts))


def _is_final(error: Exception) -> bool:
    """Whether the server refused this mail for good, or it cannot even be written."""
    if not isinstance(error, OSError):
        return True
    # What a server says of the site itself, whoever runs the site will mend.
    is_about_it = isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError)
    codes = _codes(error) if is_about_it else []
    return bool(codes) and min(codes) >= GONE_FOR_GOOD


def _codes(error: Exception) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _ in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []


def _later(attempts: int) -> datetime:
    return timezone.now() + timedelta(minutes=PAUSES[attempts - 1])


def _end(mail: Mail, state: str, **values: object) -> None:
    for name, value in {"state": state, "trouble": "", **values}.items():
        setattr(mail, name, value)
    mail.save(update_fields=["state", "trouble", *(name for name in values if name != "trouble")])
