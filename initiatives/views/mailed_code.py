"""A code that somebody gets by mail and types in the browser that asked for it.

allauth mails codes too, but only to addresses that it knows. Here whoever asks gets one, so that nobody learns from
the answer who has an account; and an account begins with the first code that was typed.
"""

import string
import time
from typing import Any
from uuid import uuid4

from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from initiatives.models import Mail, User

KEPT_AS = "mailed_code"
DIGITS = 8
LASTS = 15 * 60
MOST_TRIES = 5


class TooMany(Exception):
    """Codes or tries, in a sentence fit for people."""


class MailedCode:
    """The one code that a session waits for; `kept` is what whoever asked wants back with it."""

    def __init__(self, request: HttpRequest, purpose: str) -> None:
        self._request = request
        state = request.session.get(KEPT_AS) or {}
        is_ours = state.get("purpose") == purpose and time.time() - state.get("at", 0) < LASTS
        self._state: dict[str, Any] = state if is_ours else {}

    @classmethod
    def send(cls, request: HttpRequest, purpose: str, *, to: str, **kept: Any) -> None:
        if not ratelimit.consume(request, action="request_login_code", key=to.lower()):
            raise TooMany(_("Many codes were asked for. Wait an hour, then ask for a new one."))
        person = User.objects.with_email(to).first()
        code = get_random_string(DIGITS, string.digits)
        mail = Mail.objects.post(
            purpose,
            to=to,
            key=f"{purpose}:{uuid4().hex}",
            context={"code": f"{code[:4]} {code[4:]}", "minutes": LASTS // 60},
            language=get_language() or "en",
            person=person,
            is_unverified=person is None,
        )
        # Whoever is new gets one mail a day: a second code that nobody is sent must not undo the first.
        earlier = cls(request, purpose)
        if mail.was_refused and earlier and earlier.to == to:
            return
        state = {"purpose": purpose, "to": to, "digest": _digest(code), "at": time.time(), "tries": 0, "kept": kept}
        request.session[KEPT_AS] = state

    def __bool__(self) -> bool:
        return bool(self._state)

    @property
    def to(self) -> str:
        return self._state["to"]

    @property
    def kept(self) -> dict[str, Any]:
        return self._state["kept"]

    @property
    def tries_left(self) -> int:
        return max(0, MOST_TRIES - self._state.get("tries", 0))

    def accepts(self, typed: str) -> bool:
        """Counts the try first; the right code is accepted once, and after the last try none is."""
        digest = self._state["digest"]
        self._state["tries"] += 1
        # The session alone would miss tries that are made at the same moment.
        may_try = ratelimit.consume(self._request, action="login_failed", key=digest)
        is_right = may_try and constant_time_compare(digest, _digest(typed))
        if is_right or not self.tries_left:
            self._request.session.pop(KEPT_AS, None)
        else:
            self._request.session[KEPT_AS] = self._state
        return is_right


def _digest(code: str) -> str:
    """So that whoever reads the sessions cannot sign in; spaces and dashes are for the eye."""
    digits = "".join(each for each in code if each.isalnum())
    return salted_hmac("initiatives.mailed_code", digits, algorithm="sha256").hexdigest()
