"""What `./run` serves: the database, the web server and the worker of one data folder."""

import fcntl
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from http import HTTPStatus
from typing import IO

from commons_directory import embedded
from commons_directory.database import LOOPBACK, data_folder, use_embedded_unless_told
from commons_directory.errors import StartError
from commons_directory.health import status_of
from commons_directory.preparing import MANAGE, prepare
from commons_directory.supervisor import Process, Stopped, ignore_signals, stop, stop_on_signals, supervise

BLOCKING_THREADS = 8
# One connection a thread, and some more for the exports that are being streamed.
POOL = BLOCKING_THREADS + 4
# What the embedded database keeps for itself, for the worker, and for the commands that somebody runs beside the site.
OTHER_CONNECTIONS = 12
FIRST_PAGE_PATIENCE = 30.0
# After a kill -9 the web processes of the site that was there may take this long to end.
PORT_PATIENCE = 10.0


def serve(*, port: int, demonstration: bool) -> int:
    site = Site(port=port)
    if running_at := site.claim():
        tell(f"The Commons Directory is already running at {running_at}")
        return 0
    stop_on_signals()
    try:
        site.start(demonstration=demonstration)
        supervise(site.processes, beat=site.keep_database, report=tell)
    except Stopped:
        tell("\nStopping …")
    finally:
        ignore_signals()
        site.end()
    tell("Stopped.")
    return 0


def web_workers(*, is_embedded: bool) -> int:
    """Web processes: as many as there are cores or as WEB_WORKERS says; on the embedded database no more than it has
    connections for when every process fills its pool."""
    asked = os.environ.get("WEB_WORKERS") or str(os.process_cpu_count() or 1)
    if not asked.isdecimal() or int(asked) < 1:
        raise StartError(f"WEB_WORKERS is “{asked}”: write the number of web processes, such as 2.")
    most = (int(embedded.SERVER_SETTINGS["max_connections"]) - OTHER_CONNECTIONS) // POOL
    return min(int(asked), most) if is_embedded else int(asked)


def tell(line: str) -> None:
    print(line, flush=True)


class Site:
    def __init__(self, *, port: int) -> None:
        self.port = port
        self.bind = os.environ.get("BIND", "127.0.0.1")
        self.folder = data_folder()
        self.address = f"http://localhost:{port}/"
        self.processes: list[Process] = []
        self._cluster: embedded.Cluster | None = None
        self._claim: IO[str] | None = None

    def claim(self) -> str:
        """Take the data folder for this process; answers the address of the site that already has it, if one does."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._claim = open(self.folder / "site.lock", "a+")  # noqa: SIM115 - held until the end
        except OSError as error:
            reason = error.strerror or str(error)
            raise StartError(
                f"The folder {self.folder} cannot be written: {reason}. Choose another with --data."
            ) from error
        self._claim.seek(0)
        self._last_address = self._claim.read().strip()
        try:
            fcntl.flock(self._claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return self._last_address or "an address that it will tell in a moment"
        self._note(self.address)
        return ""

    def start(self, *, demonstration: bool) -> None:
        self._check_port()
        self._describe_to_children()
        self._cluster = use_embedded_unless_told()
        has_people = demonstration and self.is_demonstration
        loaded = prepare(self.folder, demonstration=has_people, tell=tell)
        self._start(self._web())
        self._wait_for_first_page()
        for line in self.welcome(loaded, has_people=has_people):
            tell(line)
        # Last, so that it does not take the processor from the first page.
        self._start(self._worker())

    def keep_database(self) -> None:
        if self._cluster and not self._cluster.has_server():
            tell("The database ended; it starts again.")
            self._cluster.use()

    def end(self) -> None:
        stop(self.processes)
        if self._cluster and not self._cluster.leave():
            tell("The database runs on for another program that uses it.")
        self._note("")

    def welcome(self, loaded: str, *, has_people: bool) -> Iterator[str]:
        """What is said once the first page answers."""
        yield f"\nThe Commons Directory is served at {self.address}\n  {loaded}\n  data: {self.folder}"
        if has_people:
            yield f"  try it as a steward or an officer: {self.address}demonstration/"
        yield f"Stop it with Ctrl-C, or: kill {os.getpid()}"

    @property
    def is_demonstration(self) -> bool:
        """For a visitor on this very machine, never for a site on the net."""
        return not os.environ.get("DATABASE_URL") and self.bind in LOOPBACK

    # Private

    def _start(self, process: Process) -> None:
        self.processes.append(process)
        process.start()

    def _note(self, address: str) -> None:
        if self._claim:
            self._claim.truncate(0)
            self._claim.write(address)
            self._claim.flush()

    def _check_port(self) -> None:
        deadline = time.monotonic() + (PORT_PATIENCE if self._last_address == self.address else 0)
        while not self._port_is_free():
            if time.monotonic() > deadline:
                raise StartError(
                    f"Port {self.port} is taken by another program. Choose another: ./run --port {self.port + 1}"
                )
            time.sleep(0.2)

    def _port_is_free(self) -> bool:
        """Also on the IPv6 loopback, where a browser that is told “localhost” looks first."""
        with suppress(OSError), socket.create_connection(("::1", self.port), timeout=1):
            return False
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.bind, self.port))
            except PermissionError as error:
                raise StartError(
                    f"Port {self.port} is reserved for the system. Choose one above 1023 with --port."
                ) from error
            except OSError:
                return False
        return True

    def _describe_to_children(self) -> None:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commons_directory.settings")
        os.environ.setdefault("BASE_URL", self.address.rstrip("/"))
        os.environ["BIND"] = self.bind
        os.environ["DEMO"] = "1" if self.is_demonstration else os.environ.get("DEMO", "0")

    def _web(self) -> Process:
        workers = str(web_workers(is_embedded=self._cluster is not None))
        command = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            self.bind,
            "--port",
            str(self.port),
        ]
        command += ["--workers", workers, "--blocking-threads", str(BLOCKING_THREADS), "--respawn-failed-workers"]
        command += ["--no-ws", "--http", "1", "--log-level", "error", "--workers-kill-timeout", "15"]
        command += ["commons_directory.wsgi:application"]
        return Process("The web server", command, os.environ | {"DATABASE_POOL": str(POOL), "COMMONS_SUPERVISED": "1"})

    def _worker(self) -> Process:
        return Process("The worker", [sys.executable, MANAGE, "work"], dict(os.environ))

    def _wait_for_first_page(self) -> None:
        deadline = time.monotonic() + FIRST_PAGE_PATIENCE
        while time.monotonic() < deadline and not self.processes[0].has_ended():
            if status := status_of("/", port=self.port):
                if status >= HTTPStatus.BAD_REQUEST:
                    tell(f"The first page answers with error {status}: see above.")
                return
            time.sleep(0.1)
        raise StartError("The web server did not start: see above.")
