"""Django's DATABASES, from the environment: a server of one's own (DATABASE_URL) or the embedded one."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from commons_directory import embedded, roles

DEFAULT_DATA = embedded.ROOT / ".data"
LOOPBACK = ("127.0.0.1", "::1", "localhost")
# Set by whoever started the embedded database, for the processes it starts in turn.
SOCKET = "COMMONS_SOCKET"
ROLE = "COMMONS_ROLE"
NAME = "COMMONS_DATABASE"
TEST_TEMPLATE = "COMMONS_TEST_TEMPLATE"
# Held until this process ends: a cluster that nobody refers to any more would close its lock, and so stop.
_in_use: list[embedded.Cluster] = []


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    return Path(environ.get("COMMONS_DATA") or DEFAULT_DATA).resolve()


def use_embedded_unless_told() -> embedded.Cluster | None:
    """Start or join the embedded database, and take its folder's key, unless the environment already names a server."""
    if os.environ.get("DATABASE_URL") or os.environ.get(SOCKET):
        return None
    cluster = embedded.Cluster(data_folder())
    os.environ[SOCKET] = cluster.use()
    os.environ.setdefault("SECRET_KEY", secret_key(cluster.folder))
    _in_use.append(cluster)
    return cluster


def secret_key(folder: Path) -> str:
    """The key of an installation in a folder: made once, readable by its user alone."""
    file = folder / "secret-key"
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w") as new:
            new.write(secrets.token_urlsafe(64))
    return file.read_text()


def databases(environ: Mapping[str, str] = os.environ) -> dict[str, dict[str, Any]]:
    """COMMONS_ROLE=owner asks for the role that migrates; everything else runs as the role that only serves."""
    owner = environ.get(ROLE) == "owner"
    url = (owner and environ.get("DATABASE_OWNER_URL")) or environ.get("DATABASE_URL")
    found = _from_url(url) if url else _embedded(environ, owner=owner)
    found["OPTIONS"] |= _options(environ)
    test = {"TEMPLATE": environ[TEST_TEMPLATE]} if TEST_TEMPLATE in environ else {}
    return {"default": found | {"ENGINE": "django.db.backends.postgresql", "CONN_HEALTH_CHECKS": True, "TEST": test}}


def _embedded(environ: Mapping[str, str], *, owner: bool) -> dict[str, Any]:
    return {
        "NAME": environ.get(NAME) or embedded.DATABASE,
        "USER": roles.OWNER if owner else roles.WEB,
        # Without a folder libpq would look for a server of the machine itself: name one that cannot be there.
        "HOST": environ.get(SOCKET) or "/no-database-was-started",
        "PORT": str(embedded.PORT),
        "OPTIONS": {},
    }


def _from_url(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    name = unquote(parts.path.lstrip("/"))
    try:
        port = str(parts.port or "")
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL: {error}.") from error
    if parts.scheme not in ("postgres", "postgresql") or not name:
        raise ImproperlyConfigured("DATABASE_URL must look like postgresql://user:password@host:5432/name.")
    return {
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": options.pop("port", port),
        "OPTIONS": options,
    }


def _options(environ: Mapping[str, str]) -> dict[str, Any]:
    """A web process gets a pool and a limit to any one statement; a command gets one connection and its time."""
    threads = environ.get("DATABASE_POOL", "")
    if not threads:
        return {}
    if not threads.isdecimal() or int(threads) < 1:
        raise ImproperlyConfigured(
            "DATABASE_POOL must be the number of connections a web process may hold, such as 10."
        )
    return {
        "pool": {"min_size": 1, "max_size": int(threads), "timeout": 10},
        "options": "-c statement_timeout=10s -c lock_timeout=5s -c idle_in_transaction_session_timeout=60s",
    }
