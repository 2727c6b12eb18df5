"""The site as its visitors get it: listings of the demonstration, groups found by the engine, `./run`’s server.

Filling a database takes a while, so it is made once for each state of the files that fill it, and stays in the cluster
of the tests. Pages are only read from it; all processes of a run share it.
"""

import fcntl
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from commons_directory import database, roles
from commons_directory.embedded import PORT, ROOT
from commons_directory.preparing import MANAGE, fingerprint
from commons_directory.supervisor import start_child

# Of so many there are enough in every shape, and what overlaps is found in seconds. The others are withdrawn, so that
# a page that forgets to ask what is public has something to leak.
CITIES = ["amsterdam", "barcelona", "berlin", "bologna", "bristol", "ghent"]
WITHDRAW_OTHERS = """
    UPDATE initiatives_initiative SET review_state = 'withdrawn'
    WHERE listing_kind = 'initiative' AND country <> ''
    AND coalesce(city_id, 0) NOT IN (SELECT id FROM initiatives_city WHERE slug = ANY(%s))
"""
FILLED_BY = ("models", "migrations", "importing", "overlap", "tasks", "management")
KEPT = 3
PATIENCE = 30.0


class Site:
    """Where it is, and its pages as text, to find the way about."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._read: dict[str, str] = {}

    def text(self, path: str) -> str:
        if path not in self._read:
            with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
                self._read[path] = answer.read().decode()
        return self._read[path]

    def first_link(self, path: str, pattern: str) -> str:
        """The first address in that page that is wholly of this pattern."""
        found = re.search(rf'href="({pattern})"', self.text(path))
        assert found, f"No link {pattern} in {path}"
        return found[1]


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    with served(_filled_database()) as address:
        yield Site(address)


@contextmanager
def served(name: str) -> Iterator[str]:
    """The pages of this database, as `./run` serves them."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    address = f"http://localhost:{port}"
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--blocking-threads", "4"]
    server = start_child(
        [*command, "--no-ws", "--log-level", "error", "commons_directory.wsgi:application"],
        _environment(name) | {"BASE_URL": address, "DATABASE_POOL": "6", "PYTHONPATH": str(ROOT)},
    )
    try:
        _wait_for(f"{address}/livez", server)
        yield address
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _environment(name: str) -> dict[str, str]:
    """As `./run` has it, with the people of the demonstration."""
    return os.environ | {database.NAME: name, database.ROLE: "web", "DEMO": "1"}


def _wait_for(address: str, server: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=PATIENCE).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"The web server does not answer at {address}.")


def _filled_database() -> str:
    """One process fills it, the others wait for it."""
    name = f"site_{_key()[:16]}"
    with open(database.data_folder() / "site.lock", "w") as lock, _connection() as connection:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            _fill(connection, name)
    return name


def _fill(connection: psycopg.Connection, name: str) -> None:
    unfinished = f"{name}_unfinished"
    _drop(connection, unfinished)
    create = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}")
    connection.execute(
        create.format(
            sql.Identifier(unfinished),
            sql.Identifier(os.environ[database.TEST_TEMPLATE]),
            sql.Identifier(roles.OWNER),
        )
    )
    _manage("load_vocabulary", unfinished)
    _manage("load_demonstration", unfinished)
    _manage("load_samples", unfinished)
    with _connection(unfinished) as filled:
        filled.execute(WITHDRAW_OTHERS, [CITIES])
    _manage("find_overlaps", unfinished)
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    connection.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(name)))
    old = "SELECT datname FROM pg_database WHERE datname LIKE 'site\\_%%' ORDER BY oid DESC OFFSET %s"
    for (left,) in connection.execute(old, [KEPT]).fetchall():
        _drop(connection, left)


def _manage(command: str, name: str) -> None:
    done = subprocess.run(
        [sys.executable, MANAGE, command, "--verbosity=0"],
        env=_environment(name),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"{command} fails:\n{done.stderr}")


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _connection(name: str = "postgres") -> psycopg.Connection:
    return psycopg.connect(
        host=os.environ[database.SOCKET], port=PORT, user=roles.SUPERUSER, dbname=name, autocommit=True
    )


def _key() -> str:
    code = [file for layer in FILLED_BY for file in Path(ROOT, "initiatives", layer).rglob("*.py")]
    return fingerprint([*code, *Path(ROOT, "fixtures").rglob("*.*"), ROOT / "requirements.txt", Path(__file__)])
