"""`./run`, from outside: a fresh machine, a visitor, a crash, a second start, and what it says when it cannot."""

import os
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from commons_directory.embedded import ROOT, Cluster
from tests.running import PATIENCE, Site, becomes, environment, free_port, page, run


@pytest.fixture(scope="module")
def one_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("site"))
    yield site
    site.end()


@pytest.fixture
def site(one_site: Site) -> Site:
    """Serving: the tests share it, and whoever ends it leaves it to the next to start it again."""
    if not one_site.is_alive():
        one_site.start()
    return one_site


class ServingTests:
    def test_says_where_it_is_what_it_loaded_and_how_to_stop(self, site: Site) -> None:
        assert f"The Commons Directory is served at {site.address}\n" in site.said
        assert re.search(r"\d+ initiatives in \d+ cities, \d+ groups that overlap", site.said)
        # It was started empty: there is nobody one could become.
        assert "demonstration/" not in site.said
        assert "Stop it with Ctrl-C" in site.said

    def test_answers_under_both_names_without_debugging(self, site: Site) -> None:
        assert page(site.address)[0] == 200
        assert page(f"http://127.0.0.1:{site.port}/")[0] == 200
        status, text = page(f"{site.address}nothing/of/the/kind/")
        assert status == 404
        assert "DEBUG" not in text

    def test_started_twice_tells_of_the_first(self, site: Site) -> None:
        second = run("--data", str(site.data), "--port", str(free_port()))
        assert second.returncode == 0
        assert second.stdout == f"The Commons Directory is already running at {site.address}\n"

    def test_revives_a_web_server_that_was_killed(self, site: Site) -> None:
        killed = site.processes_with("granian")
        os.kill(killed[0], signal.SIGKILL)
        assert becomes(set(), lambda: set(killed) & set(site.processes()))
        assert becomes(200, site.status)

    def test_revives_a_database_that_was_killed(self, site: Site) -> None:
        os.kill(site.database(), signal.SIGKILL)
        assert becomes(200, lambda: page(f"{site.address}readyz")[0])

    def test_leaves_no_web_process_when_both_it_and_the_server_are_killed(self, site: Site) -> None:
        killed = site.processes_with("granian")
        assert len(killed) > 1
        os.kill(site.pid, signal.SIGSTOP)
        os.kill(killed[0], signal.SIGKILL)
        assert becomes([], lambda: site.processes_with("granian"))
        site.kill()

    def test_recovers_after_everything_was_killed(self, site: Site) -> None:
        database = site.database()
        site.kill()
        with suppress(ProcessLookupError):
            os.kill(database, signal.SIGKILL)
        assert becomes([], site.processes)
        site.start()
        assert site.status() == 200

    def test_stops_cleanly_when_asked(self, site: Site) -> None:
        assert site.stop(lambda number: os.kill(number, signal.SIGTERM)) == (0, "Stopped.")
        assert not Cluster(site.data).has_server()
        assert site.processes() == []

    def test_stops_cleanly_when_a_terminal_tells_everybody(self, site: Site) -> None:
        assert site.stop(lambda number: os.killpg(number, signal.SIGINT)) == (0, "Stopped.")
        assert site.processes() == []


class HelpTests:
    def test_needs_nothing_installed(self, tmp_path: Path) -> None:
        shutil.copy(ROOT / "run", tmp_path)
        done = subprocess.run([tmp_path / "run", "--help"], capture_output=True, text=True, check=False)
        assert done.returncode == 0
        for word in ("test", "import", "manage", "bench", "--port", "--data"):
            assert word in done.stdout
        assert [entry.name for entry in tmp_path.iterdir()] == ["run"]

    def test_manage_has_its_own(self) -> None:
        assert "makemigrations" in run("manage", "help").stdout


class TroubleTests:
    """Each is a sentence that says what to do, and an exit code that is not 0."""

    def test_taken_port(self, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            done = run("--port", str(port), "--data", str(tmp_path))
        assert done.returncode == 1
        assert done.stderr == f"Port {port} is taken by another program. Choose another: ./run --port {port + 1}\n"

    @pytest.mark.parametrize("port", ["0", "65536", "http"])
    def test_port_that_is_none(self, port: str, tmp_path: Path) -> None:
        done = run("--port", port, "--data", str(tmp_path))
        assert (done.returncode, done.stderr) == (1, f"PORT is “{port}”: write a whole number from 1 to 65535.\n")

    def test_folder_that_cannot_be_written(self) -> None:
        done = run("--data", "/proc/commons")
        assert done.returncode == 1
        assert done.stderr.startswith("The folder /proc/commons cannot be written: ")
        assert "--data" in done.stderr

    def test_full_disk(self, tmp_path: Path) -> None:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=20m", "none", tmp_path], check=False, capture_output=True
        )
        if mounted.returncode:
            pytest.skip("Only root can make a small disk to fill.")
        try:
            done = run("--empty", "--data", str(tmp_path / "data"), "--port", str(free_port()))
        finally:
            subprocess.run(["umount", "--lazy", tmp_path], check=True)
        assert done.returncode == 1
        assert done.stderr.startswith(f"The disk of {tmp_path / 'data'} is full. Make room")

    def test_server_that_does_not_answer(self, tmp_path: Path) -> None:
        done = run(
            *("--data", str(tmp_path), "--port", str(free_port())),
            DATABASE_URL=f"postgresql://nobody@127.0.0.1:{free_port()}/nothing",
            SECRET_KEY="b7Q-zP0vY3kX9sLw_1nR8uTqE5mCj2HfA6dGiK4oZxVyBtNrWpSaUe",
        )
        assert done.returncode == 1
        assert done.stderr.startswith("The database cannot be reached: ")
        assert "Traceback" not in done.stderr


class FreshMachineTests:
    """A copy of what the script reads, on a path that holds less than ours."""

    @pytest.fixture
    def checkout(self, tmp_path: Path) -> Path:
        for name in ("run", "requirements.txt", ".python-version"):
            shutil.copy(ROOT / name, tmp_path)
        return tmp_path

    def start(self, checkout: Path, **more: str) -> subprocess.CompletedProcess[str]:
        tools = checkout / "bin"
        tools.mkdir(exist_ok=True)
        for name in ("sh", "cat", "cksum", "dirname", "env"):
            (tools / name).symlink_to(shutil.which(name))
        offline = {
            "UV_CACHE_DIR": str(checkout / "cache"),
            "UV_DEFAULT_INDEX": "http://127.0.0.1:9/simple",
            "UV_PYTHON_DOWNLOADS": "never",
            "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
            "PIP_RETRIES": "0",
            "PIP_CONFIG_FILE": "/dev/null",
        }
        kept = {name: value for name, value in environment().items() if not name.startswith(("PIP_", "UV_"))}
        return subprocess.run(
            [checkout / "run"],
            env=kept | offline | {"PATH": str(tools)} | more,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    def provide(self, checkout: Path, name: str, script: str) -> None:
        (checkout / "bin").mkdir(exist_ok=True)
        (checkout / "bin" / name).write_text(f"#!/bin/sh\n{script}\n")
        (checkout / "bin" / name).chmod(0o755)

    def test_without_python(self, checkout: Path) -> None:
        done = self.start(checkout)
        assert (done.returncode, done.stderr) == (1, "python3 was not found. Install Python 3.13 and start again.\n")

    def test_without_pip(self, checkout: Path) -> None:
        self.provide(checkout, "python3", "echo 'No module named pip' >&2; exit 1")
        done = self.start(checkout)
        assert done.returncode == 1
        assert done.stderr.startswith("This python3 has no pip. Install it")

    def test_without_an_index(self, checkout: Path) -> None:
        """The real pip, which finds nobody at its index."""
        self.provide(checkout, "python3", f'exec "{ROOT}/.venv/bin/python" "$@"')
        self.provide_pip(checkout)
        done = self.start(checkout, PYTHONPATH=str(checkout / "with-pip"))
        assert done.returncode == 1
        assert "uv could not be fetched" in done.stderr
        assert "package index" in done.stderr

    def provide_pip(self, checkout: Path) -> None:
        """uv's environments have none; ensurepip carries one."""
        import ensurepip

        wheel = next((Path(ensurepip.__file__).parent / "_bundled").glob("pip-*.whl"))
        shutil.unpack_archive(wheel, checkout / "with-pip", format="zip")
