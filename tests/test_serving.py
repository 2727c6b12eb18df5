"""How many web processes a site has, and what it says when it is there."""

import os

import pytest

from commons_directory import embedded, serving
from commons_directory.errors import StartError
from commons_directory.serving import OTHER_CONNECTIONS, POOL, Site, web_workers


class WebWorkersTests:
    @pytest.fixture(autouse=True)
    def _unset(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("WEB_WORKERS", raising=False)

    @pytest.mark.parametrize("cores", [1, 2, 4, 8, 128])
    def test_full_pools_of_all_fit_the_embedded_database(self, cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "process_cpu_count", lambda: cores)
        connections = web_workers(is_embedded=True) * POOL + OTHER_CONNECTIONS
        assert connections <= int(embedded.SERVER_SETTINGS["max_connections"])

    @pytest.mark.parametrize(("asked", "is_embedded", "workers"), [("3", True, 3), ("64", True, 4), ("64", False, 64)])
    def test_as_many_as_asked_for_where_there_is_room(
        self, asked: str, *, is_embedded: bool, workers: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("WEB_WORKERS", asked)
        assert web_workers(is_embedded=is_embedded) == workers

    @pytest.mark.parametrize("cores", [2, None])
    def test_else_as_many_as_there_are_cores(self, cores: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(os, "process_cpu_count", lambda: cores)
        assert web_workers(is_embedded=True) == (cores or 1)

    @pytest.mark.parametrize("asked", ["0", "many", "-1", "1.5"])
    def test_what_is_no_number_is_refused(self, asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("WEB_WORKERS", asked)
        with pytest.raises(StartError, match="WEB_WORKERS is"):
            web_workers(is_embedded=True)

    def test_every_thread_has_a_connection(self) -> None:
        assert POOL >= serving.BLOCKING_THREADS


class WelcomeTests:
    @pytest.mark.parametrize("has_people", [True, False])
    def test_leads_to_the_people_of_the_demonstration_where_there_are_some(self, *, has_people: bool) -> None:
        said = "\n".join(Site(port=8123).welcome("3 initiatives", has_people=has_people))
        assert said.startswith("\nThe Commons Directory is served at http://localhost:8123/\n  3 initiatives\n")
        assert ("http://localhost:8123/demonstration/" in said) == has_people
        assert said.endswith(f"Stop it with Ctrl-C, or: kill {os.getpid()}")
