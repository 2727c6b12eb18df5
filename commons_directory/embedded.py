"""The embedded PostgreSQL: a cluster in a folder, reached by a unix socket that only this user can open.

`Cluster(folder).use()` starts it, or joins the one that already runs there; after its last user it stops by itself
(keeper.py).
"""

import fcntl
import json
import os
import pwd
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO

import psycopg

from commons_directory.binaries import Binaries, find_binaries
from commons_directory.errors import StartError, trouble
from commons_directory.roles import SUPERUSER, create_database, create_roles
from commons_directory.sockets import private_folder
from commons_directory.unprivileged import becoming, owner_for

ROOT = Path(__file__).resolve().parent.parent
DATABASE = "commons"
PORT = 5432
PATIENCE = 60.0
ATTEMPTS = 20
LARGEST_LOG = 10_000_000
SERVER_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "max_wal_size": "2GB",
    "jit": "off",
    # Its log says what was wrong, never what stood in the row: that can be somebody's address.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "unix_socket_permissions": "0700",
}
# For clusters that may be thrown away, those of tests: nothing is written through to the disk.
FLEETING_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "120",
}


class Cluster:
    def __init__(self, folder: Path | str, *, fleeting: bool = False) -> None:
        self.folder = Path(folder).resolve()
        self.data = self.folder / "postgres"
        self.log = self.folder / "postgres.log"
        self.fleeting = fleeting
        self._lock: IO[str] | None = None

    # Questions

    @property
    def socket_folder(self) -> str:
        """Where its socket lies; empty while no server has written down that it is ready."""
        lines = self._pid_file_lines()
        return lines[4] if len(lines) > 7 and lines[7].strip() == "ready" else ""

    def is_running(self) -> bool:
        if not self.socket_folder:
            return False
        try:
            self.connect(SUPERUSER, "postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def has_server(self) -> bool:
        """Whether its server's process lives; cheaper than `is_running`, and true already while it recovers."""
        lines = self._pid_file_lines()
        return bool(lines) and _runs_in(int(lines[0]), self.data)

    def connect(self, user: str, database: str = DATABASE) -> psycopg.Connection:
        return psycopg.connect(
            host=self.socket_folder,
            port=PORT,
            user=user,
            dbname=database,
            autocommit=True,
            connect_timeout=5,
        )

    # Deeds

    def use(self) -> str:
        """Start it or join the running one, until `leave` or the end of this process; answers the socket's folder."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = open(self.folder / "users.lock", "a")  # noqa: SIM115 - held as long as the database is used
            with open(self.folder / "start.lock", "a") as starting:
                fcntl.flock(self._lock, fcntl.LOCK_SH)
                fcntl.flock(starting, fcntl.LOCK_EX)
                if not self.is_running():
                    self._start()
        except OSError as error:
            message = f"The folder {self.folder} cannot be used: {error.strerror or error}. Choose another with --data."
            raise trouble(message, folder=self.folder) from error
        return self.socket_folder

    def keep_across_exec(self) -> None:
        """The program that replaces this one goes on using it."""
        assert self._lock is not None
        os.set_inheritable(self._lock.fileno(), True)

    def leave(self) -> bool:
        """Stop using it; true when nobody else did, and it has stopped."""
        if self._lock is None:
            return False
        alone = self._is_only_user()
        self._lock.close()
        self._lock = None
        return alone and self._wait(lambda: not (self.data / "postmaster.pid").exists())

    # Private

    def _start(self) -> None:
        binaries = find_binaries()
        user_id = owner_for(self.data)
        if os.geteuid() not in (0, user_id):
            raise StartError(f"The database in {self.data} belongs to another user. Choose another folder with --data.")
        if not self.data.exists():
            self._initialise(binaries, user_id)
        self._check_version(binaries)
        # A server that outlived its keeper may be starting or stopping at this moment.
        if not self._wait(lambda: self.is_running() or not self.has_server()):
            raise StartError(f"The database in {self.data} does not answer: see {self.log}.")
        if not self.is_running():
            self._launch_until_it_runs(binaries, user_id)
        create_roles(self.connect, may_create_databases=self.fleeting)
        create_database(self.connect, DATABASE)

    def _launch_until_it_runs(self, binaries: Binaries, user_id: int) -> None:
        for _ in range(ATTEMPTS):
            # After a crash the process id in the lock file may by now be anybody's, and PostgreSQL would not start.
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            self._wait(partial(self._has_settled, self._launch(binaries, user_id)))
            if self.is_running():
                return
            # The last processes of a server that was killed may still hold its memory.
            if "shared memory" not in self._last_words():
                break
            time.sleep(0.5)
        raise trouble(f"The database did not start: {self._last_words()} (see {self.log}).", folder=self.folder)

    def _has_settled(self, keeper: subprocess.Popen[bytes]) -> bool:
        return self.is_running() or keeper.poll() is not None

    def _initialise(self, binaries: Binaries, user_id: int) -> None:
        """Make it beside its place and move it there whole: an interrupted start leaves nothing by half."""
        new = self.folder / "postgres.new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        os.chown(new, user_id, -1)
        command = [
            binaries.path("initdb"),
            "--pgdata",
            str(new),
            "--username",
            SUPERUSER,
            "--auth=trust",
        ]
        command += [
            "--encoding=UTF8",
            *binaries.locale_options,
            *(["--no-sync"] if self.fleeting else []),
        ]
        made = subprocess.run(
            command,
            env=_environment(),
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=becoming(user_id),
            cwd="/",
        )
        if made.returncode != 0:
            said = _telling_line(made.stderr)
            if user_id != os.geteuid():
                name = pwd.getpwuid(user_id).pw_name
                said += f". Started by root it runs as {name}: --data must name a folder that all may enter"
            raise trouble(f"The database could not be made in {self.folder}: {said}", folder=self.folder)
        new.rename(self.data)

    def _check_version(self, binaries: Binaries) -> None:
        version = (self.data / "PG_VERSION").read_text().strip()
        if version != str(binaries.version):
            raise StartError(
                f"The database in {self.data} was made by PostgreSQL {version}, here is {binaries.version}. "
                "Restore a backup into a new folder (--data), or name the older programs in POSTGRES_BIN."
            )

    def _launch(self, binaries: Binaries, user_id: int) -> subprocess.Popen[bytes]:
        settings = SERVER_SETTINGS | (FLEETING_SETTINGS if self.fleeting else {})
        settings["unix_socket_directories"] = private_folder(self.folder / "socket-folder", user_id)
        command = [binaries.path("postgres"), "-D", str(self.data), "-p", str(PORT)]
        command += [f"--{name}={value}" for name, value in settings.items()]
        order = json.dumps(
            {
                "command": command,
                "user_id": user_id,
                "users": str(self.folder / "users.lock"),
            }
        )
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.rename(self.log.with_suffix(".log.old"))
        with open(self.log, "a") as log:
            return subprocess.Popen(
                [sys.executable, "-S", "-m", "commons_directory.keeper", order],
                env=_environment() | {"PYTHONPATH": str(ROOT)},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _is_only_user(self) -> bool:
        assert self._lock is not None
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _pid_file_lines(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _last_words(self) -> str:
        return _telling_line(self.log.read_text(errors="replace")[-10_000:])

    @staticmethod
    def _wait(done: Callable[[], bool]) -> bool:
        deadline = time.monotonic() + PATIENCE
        while not (answer := done()) and time.monotonic() < deadline:
            time.sleep(0.02)
        return answer


def _environment() -> dict[str, str]:
    """Without PGHOST, PGDATA and their like, which would lead the programs to another server."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}


def _runs_in(process: int, folder: Path) -> bool:
    """Whether that process is a server of this data folder, which is where a server works."""
    try:
        if sys.platform != "linux":
            os.kill(process, 0)
            return True
        return Path(f"/proc/{process}/cwd").resolve(strict=True) == folder
    except OSError:
        return False


def _telling_line(said: str) -> str:
    """The last line that names an error, among those that only tell of cleaning up after it."""
    lines = [line.strip() for line in said.splitlines() if line.strip()] or ["no reason was given"]
    telling = [line for line in lines if any(sign in line for sign in ("FATAL", "PANIC", "error:", "could not"))]
    return (telling or lines)[-1]
