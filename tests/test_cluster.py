"""The embedded database: where it lies, who may do what in it, and that it survives what happens to it."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Thread

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from commons_directory import testing
from commons_directory.embedded import ROOT, Cluster
from commons_directory.roles import OWNER, SUPERUSER, WEB

FORBIDDEN_TO_WHO_SERVES = (
    "DROP TABLE thing",
    "TRUNCATE thing",
    "ALTER TABLE thing DISABLE TRIGGER ALL",
    "CREATE TABLE other ()",
    "CREATE ROLE friend",
)
# Uses a cluster until it is killed.
USER = """
import sys, time
from commons_directory.embedded import Cluster
cluster = Cluster(sys.argv[1], fleeting=True)
cluster.use()
print("started", flush=True)
time.sleep(60)
"""


def server_process(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().splitlines()[0])


def ask(connected: psycopg.Connection, question: str) -> object:
    row = connected.execute(question).fetchone()
    assert row
    return row[0]


@pytest.fixture
def cluster(tmp_path: Path):
    """In a folder whose name is as awkward as people's are."""
    cluster = Cluster(tmp_path / "données d’Élise", fleeting=True)
    cluster.use()
    yield cluster
    cluster.leave()


@pytest.mark.django_db
class TestDatabaseTests:
    """Tests run on a cluster of their own."""

    def test_lies_in_our_own_folder(self) -> None:
        with Cluster(testing.FOLDER).connect(SUPERUSER, settings.DATABASES["default"]["NAME"]) as connected:
            assert ask(connected, "SHOW data_directory") == str(testing.FOLDER / "postgres")
            assert ask(connected, "SHOW listen_addresses") == ""
            assert ask(connected, "SHOW fsync") == "off"
            assert ask(connected, "SHOW unix_socket_directories") == connection.settings_dict["HOST"]

    def test_is_the_one_that_django_uses(self) -> None:
        with Cluster(testing.FOLDER).connect(SUPERUSER, "postgres") as connected, connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (ours,) = cursor.fetchone()
            (role,) = connected.execute("SELECT usename FROM pg_stat_activity WHERE pid = %s", [ours]).fetchone()
        assert role == OWNER

    def test_is_migrated_by_copying(self) -> None:
        assert settings.DATABASES["default"]["TEST"]["TEMPLATE"].startswith("template_")


class MachineTests:
    def test_its_own_servers_are_left_alone(self) -> None:
        """Everything in the environment points at a decoy, and nobody comes to it."""
        visits = []
        with socket.create_server(("127.0.0.1", 0)) as decoy:
            decoy.settimeout(0.2)
            port, done = decoy.getsockname()[1], Event()

            def watch() -> None:
                while not done.is_set():
                    try:
                        visits.append(decoy.accept())
                    except TimeoutError:
                        continue

            watcher = Thread(target=watch)
            watcher.start()
            ours = ("COMMONS_", "PYTEST_")
            inherited = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
            decoys = {
                "DATABASE_URL": f"postgresql://somebody@127.0.0.1:{port}/theirs",
                "PGHOST": "127.0.0.1",
                "PGPORT": str(port),
                "PGDATABASE": "theirs",
            }
            run = subprocess.run(
                [sys.executable, "-m", "pytest", "-q", "tests/test_cluster.py::TestDatabaseTests"],
                cwd=ROOT,
                env=inherited | decoys,
                capture_output=True,
                text=True,
                check=False,
            )
            done.set()
            watcher.join()
        assert run.returncode == 0, run.stdout + run.stderr
        assert "3 passed" in run.stdout
        assert visits == []


class RoleTests:
    def test_neither_is_a_superuser(self, cluster: Cluster) -> None:
        for role in (OWNER, WEB):
            with cluster.connect(role) as connected:
                powers = "SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
                assert ask(connected, powers) is False

    def test_the_owner_makes_tables_and_extensions(self, cluster: Cluster) -> None:
        with cluster.connect(OWNER) as connected:
            connected.execute("CREATE EXTENSION pg_trgm")
            connected.execute("CREATE EXTENSION unaccent")
            connected.execute("CREATE TABLE thing (name text)")

    def test_who_serves_reads_and_writes_rows_and_changes_no_table(self, cluster: Cluster) -> None:
        with cluster.connect(OWNER) as connected:
            connected.execute("CREATE TABLE thing (id bigint GENERATED ALWAYS AS IDENTITY, name text)")
        with cluster.connect(WEB) as connected:
            connected.execute("INSERT INTO thing (name) VALUES ('saw')")
            assert ask(connected, "SELECT name FROM thing") == "saw"
            for forbidden in FORBIDDEN_TO_WHO_SERVES:
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connected.execute(forbidden)


class LifeTests:
    def test_joins_the_one_that_runs(self, cluster: Cluster) -> None:
        other = Cluster(cluster.folder, fleeting=True)
        assert other.use() == cluster.socket_folder
        before = server_process(cluster)
        assert other.leave() is False
        assert server_process(cluster) == before
        assert cluster.is_running()

    def test_stops_after_its_last_user(self, cluster: Cluster) -> None:
        assert cluster.leave() is True
        assert not cluster.has_server()

    def test_loses_nothing_when_its_server_is_killed(self, tmp_path: Path) -> None:
        cluster = Cluster(tmp_path)
        cluster.use()
        with cluster.connect(OWNER) as connected:
            connected.execute("CREATE TABLE thing (name text)")
            connected.execute("INSERT INTO thing VALUES ('saw')")
        os.kill(server_process(cluster), signal.SIGKILL)
        cluster.use()
        with cluster.connect(OWNER) as connected:
            assert ask(connected, "SELECT name FROM thing") == "saw"
        cluster.leave()

    def test_stops_when_its_user_is_killed(self, tmp_path: Path) -> None:
        user = subprocess.Popen([sys.executable, "-c", USER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE)
        assert user.stdout
        user.stdout.readline()
        cluster = Cluster(tmp_path)
        assert cluster.is_running()
        user.kill()
        user.communicate()
        deadline = time.monotonic() + 10
        while cluster.has_server() and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not cluster.has_server()

    def test_starts_beside_a_lock_file_that_names_somebody_else(self, cluster: Cluster) -> None:
        """After a crash the number in it may be anybody's."""
        lines = (cluster.data / "postmaster.pid").read_text().splitlines()
        cluster.leave()
        (cluster.data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
        cluster.use()
        assert cluster.is_running()

    def test_socket_is_private(self, cluster: Cluster) -> None:
        folder = Path(cluster.socket_folder)
        assert folder.stat().st_mode & 0o777 == 0o700
        assert len(str(folder)) < 90
