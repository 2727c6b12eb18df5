"""How allauth speaks here: its mails go through our outbox, and what must stay secret is stored encrypted."""

import base64
from functools import cache
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from initiatives.models import User

SITE = "Commons Directory"


class AccountAdapter(DefaultAccountAdapter):
    def add_message(self, *_: Any, **__: Any) -> None:
        """Our views say what was done, in our words."""

    def send_notification_mail(self, template_prefix: str, user: User, *_: Any, **__: Any) -> None:
        """That a way to sign in was added or taken away: whoever did not do that should know."""
        user.tell_of_changed_factors()


class FactorAdapter(DefaultMFAAdapter):
    def get_totp_issuer(self) -> str:
        return SITE

    def _get_site_name(self) -> str:
        return SITE

    def encrypt(self, text: str) -> str:
        """A copy of the database alone opens no account."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()


@cache
def _fernet() -> MultiFernet:
    """With the secret of the site, or one that it had before (SECRET_KEY_FALLBACKS)."""
    return MultiFernet([Fernet(_derived(key)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _derived(secret: str) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"second factors")
    return base64.urlsafe_b64encode(kdf.derive(secret.encode()))
