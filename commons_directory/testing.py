"""A pytest plugin: every run has a database of its own, in a cluster of its own, and none of the machine's.

It is loaded with `-p`, since pytest-django reads the settings before any conftest. The cluster stays in `.cache/tests`,
without fsync; in it lies a migrated database for each state of the migrations, which the runs copy (TEST["TEMPLATE"]).
"""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from commons_directory import database, preparing
from commons_directory.catalogues import compile_catalogues
from commons_directory.embedded import ROOT, Cluster
from commons_directory.errors import StartError
from commons_directory.roles import SUPERUSER, create_database

FOLDER = ROOT / ".cache" / "tests"
TEMPLATES_KEPT = 3
FIRST_KEY = 10_000
OF_OTHER_PLACES = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "DATABASE_POOL",
    "DEBUG",
    "DEMO",
    "BASE_URL",
    "BIND",
    "ALLOWED_HOSTS",
)

_clusters: list[Cluster] = []


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Before pytest-django reads the settings. The workers of xdist find everything in the environment."""
    if database.TEST_TEMPLATE in os.environ:
        return
    for name in [name for name in os.environ if name.startswith("PG") or name in OF_OTHER_PLACES]:
        del os.environ[name]
    _keep_bytecode()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "commons_directory.settings",
        "COMMONS_DATA": str(FOLDER),
        "SECRET_KEY": "for tests alone, in which nothing is worth a secret",
        database.ROLE: "owner",
    }
    try:
        cluster = _use_cluster()
        os.environ[database.SOCKET] = cluster.socket_folder
        with open(FOLDER / "prepare.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            compile_catalogues()
            _collect_static()
            _drop_left_databases(cluster)
            os.environ[database.TEST_TEMPLATE] = _migrated_template(cluster)
    except StartError as error:
        raise pytest.UsageError(str(error)) from error
    # Two runs at once, in two terminals, each have their own.
    os.environ[database.NAME] = f"run_{os.getpid()}"


def _keep_bytecode() -> None:
    """As `./run` does, for those who call pytest themselves."""
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        sys.dont_write_bytecode = False
        sys.pycache_prefix = os.environ.setdefault("PYTHONPYCACHEPREFIX", str(ROOT / ".cache" / "bytecode"))


def _use_cluster() -> Cluster:
    cluster = Cluster(FOLDER, fleeting=True)
    try:
        cluster.use()
    except StartError:
        # Without fsync a power cut may have ruined it; nothing in it is worth keeping.
        cluster.leave()
        shutil.rmtree(FOLDER / "postgres", ignore_errors=True)
        cluster.use()
    _clusters.append(cluster)
    return cluster


def _migrated_template(cluster: Cluster) -> str:
    name = f"template_{_migrations_key()[:16]}"
    unfinished = f"{name}_unfinished"
    with cluster.connect(SUPERUSER, "postgres") as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return name
        _drop(connection, unfinished)
        create_database(cluster.connect, unfinished)
        _migrate(unfinished)
        _begin_keys_high(cluster, unfinished)
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(name))
        )
        old = connection.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%%' ORDER BY oid DESC OFFSET %s",
            [TEMPLATES_KEPT],
        )
        for (database_name,) in old.fetchall():
            _drop(connection, database_name)
    return name


def _migrations_key() -> str:
    return preparing.fingerprint(
        [
            *(ROOT / "initiatives/migrations").glob("*.py"),
            # The triggers of the history, which are put in after them.
            *(ROOT / "initiatives/models/remembering" / name for name in ("remember.sql", "tables.py")),
            ROOT / "fixtures/data_classes.toml",
            ROOT / "commons_directory/settings.py",
            ROOT / "requirements-test.txt",
            Path(__file__),
        ]
    )


def _migrate(name: str) -> None:
    done = subprocess.run(
        [sys.executable, preparing.MANAGE, "migrate", "--verbosity=0"],
        env=os.environ | {database.NAME: name},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise StartError(f"The migrations fail:\n{done.stderr}")


def _begin_keys_high(cluster: Cluster, name: str) -> None:
    """As in a directory of some size: a key that a page writes as a number for people (10,001) is found by no form."""
    with cluster.connect(SUPERUSER, name) as connection:
        connection.execute(
            "SELECT setval(seqrelid, %s) FROM pg_sequence JOIN pg_class ON pg_class.oid = seqrelid"
            " WHERE relname LIKE 'initiatives\\_%%' AND seqtypid = 'bigint'::regtype",
            [FIRST_KEY],
        )


def _drop_left_databases(cluster: Cluster) -> None:
    """Those of runs that were killed."""
    with cluster.connect(SUPERUSER, "postgres") as connection:
        left = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_run\\_%'").fetchall()
        for (name,) in left:
            if not Path(f"/proc/{name.split('_')[2]}").exists():
                _drop(connection, name)


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _collect_static() -> None:
    preparing.Static(FOLDER).finish(lambda _: None)
