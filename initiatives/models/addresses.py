"""E-mail addresses as they are told apart, and what is remembered of them: a keyed hash."""

from django.core import signing
from django.utils.crypto import salted_hmac
from django.utils.encoding import punycode

REFUSING = "never write to me again"


def normalised(email: str) -> str:
    """Case, the two spellings of a foreign host and a label after a plus sign make no other reader of it; dots do,
    since only one provider passes them over."""
    local, _, host = email.strip().rpartition("@")
    return f"{local.partition('+')[0].casefold()}@{_ascii(host)}"


def digest(email: str) -> str:
    return salted_hmac("mail-address", normalised(email), algorithm="sha256").hexdigest()


def refusal_token(email: str) -> str:
    """Stands in links of mails for the hash of an address; for good, since a mail can be old."""
    return signing.Signer(salt=REFUSING).sign(digest(email))


def refused_digest(token: str) -> str | None:
    try:
        return signing.Signer(salt=REFUSING).unsign(token)
    except signing.BadSignature:
        return None


def _ascii(host: str) -> str:
    try:
        return punycode(host.casefold())
    except UnicodeError:
        return host.casefold()
