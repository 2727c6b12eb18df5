"""Mails: what the row that a deed has written becomes. Texts are in templates/emails/, one file for each kind."""

import re
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac

from initiatives.models import Mail
from initiatives.models.addresses import refusal_token

LONGEST_SUBJECT = 100
# To somebody who asked for nothing a visitor could send an advertisement as the name of a listing. What is left of it
# is short, and no program makes a link of it.
LONGEST_FOREIGN = 80
# What officers write is no advertisement of a visitor.
OWN_WORDS = frozenset({"reason"})
LINKED = re.compile(r"(?<=\w)\.(?=\w)|:(?=//)")


@dataclass(frozen=True, slots=True)
class Rendered:
    subject: str
    text: str


def render(mail: Mail) -> Rendered:
    """In the mail's own language. The first line of the template is the subject."""
    with translation.override(mail.language):
        written = render_to_string(f"emails/{mail.kind}.txt", _context(mail))
    subject, _, text = written.strip().partition("\n")
    return Rendered(_one_line(subject), _evenly_spaced(text))


def message(mail: Mail) -> EmailMessage:
    """As it leaves. Its Message-ID is that of the deed: where a mail comes twice it is known to be the same."""
    rendered = render(mail)
    headers = {
        "Message-ID": _message_id(mail),
        "Date": formatdate(mail.created_at.timestamp()),
        # So that an absence notice answers nobody (RFC 3834).
        "Auto-Submitted": "auto-generated",
    }
    if mail.is_unverified:
        headers["List-Unsubscribe"] = f"<{refuse_url(mail)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    return EmailMessage(subject=rendered.subject, body=rendered.text, to=[mail.to], headers=headers)


def refuse_url(mail: Mail) -> str:
    """Where they say that they want no mail any more."""
    with translation.override(mail.language):
        return settings.BASE_URL + reverse("mail-refuse", args=[refusal_token(mail.to)])


def _context(mail: Mail) -> dict[str, Any]:
    values = {name: _value(name, value, mail) for name, value in mail.context.items()}
    return {**values, "site": settings.BASE_URL, "refuse_url": refuse_url(mail) if mail.is_unverified else ""}


def _value(name: str, value: Any, mail: Mail) -> Any:
    if name == "path" or name.endswith("_path"):
        return f"{settings.BASE_URL}{value}"
    if isinstance(value, str) and mail.is_unverified and name not in OWN_WORDS:
        return LINKED.sub(lambda found: f"[{found[0]}]", _one_line(value)[:LONGEST_FOREIGN])
    return value


def _one_line(text: str) -> str:
    """A name with a line break in it cannot begin another header."""
    return " ".join(text.split())[:LONGEST_SUBJECT]


def _evenly_spaced(text: str) -> str:
    """Blocks and conditions leave blank lines behind; the dashes before the signature keep their space (RFC 3676)."""
    lines = (line.rstrip() if line.strip() != "--" else "-- " for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _message_id(mail: Mail) -> str:
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    return f"<{salted_hmac('message-id', mail.key, algorithm='sha256').hexdigest()[:32]}@{host}>"
