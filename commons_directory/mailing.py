"""Where mails leave by: a mail server that MAIL_HOST names, else files in the data folder, which nobody gets."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

from commons_directory import environment

SITE = "Commons Directory"
# How the connection is kept from being read: from its first byte, after a greeting, or not at all.
SECURITY: dict[str, dict[str, Any]] = {"tls": {"use_ssl": True}, "starttls": {"use_tls": True}, "none": {}}
PORTS = {"tls": 465, "starttls": 587, "none": 25}
# A server that does not answer holds up the other mails for so long.
PATIENCE = 20  # seconds


def mailers(data: Path) -> dict[str, dict[str, Any]]:
    host = environment.text("MAIL_HOST")
    if not host:
        files = {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": data / "mails"},
        }
        return {"default": files}
    security = environment.text("MAIL_SECURITY", "starttls")
    if security not in SECURITY:
        raise ImproperlyConfigured(f"MAIL_SECURITY is “{security}”: write tls, starttls or none.")
    options = {
        "host": host,
        "port": environment.number("MAIL_PORT", PORTS[security], least=1, most=65535),
        "username": environment.text("MAIL_USER"),
        "password": environment.text("MAIL_PASSWORD"),
        "timeout": PATIENCE,
        **SECURITY[security],
    }
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}


def mail_from(base_url: str) -> str:
    """Whom mails come from: the directory, at the site's own host unless told otherwise."""
    if not (address := environment.text("MAIL_FROM")):
        return f"{SITE} <directory@{urlsplit(base_url).hostname or 'localhost'}>"
    try:
        validate_email(address)
    except ValidationError:
        raise ImproperlyConfigured(f"MAIL_FROM is “{address}”: write an e-mail address, without a name.") from None
    return f"{SITE} <{address}>"
