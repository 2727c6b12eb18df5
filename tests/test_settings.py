"""Settings come from the environment; a wrong one is refused with a sentence that says what to do."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from commons_directory import checks
from commons_directory.database import databases
from commons_directory.embedded import ROOT

# A site on the net, as docs/operating.md describes it; the key is as random as it looks.
PRODUCTION = {
    "SECRET_KEY": "b7Q-zP0vY3kX9sLw_1nR8uTqE5mCj2HfA6dGiK4oZxVyBtNrWpSaUe",
    "ALLOWED_HOSTS": "commons.example",
    "BASE_URL": "https://commons.example",
    "BEHIND_PROXY": "1",
    "MAIL_HOST": "mail.example",
}
FROM_ELSEWHERE = (
    "DJANGO_ALLOW_ASYNC_UNSAFE",
    "DEBUG",
    "DEMO",
    "BIND",
    "DATABASE_URL",
    "COMMONS_DATA",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
)


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own, since settings are read once; on the cluster of the tests."""
    inherited = {name: value for name, value in os.environ.items() if name not in FROM_ELSEWHERE}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
    )


class ProductionTests:
    def test_is_clean(self) -> None:
        """Trust promise S-1."""
        done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
        assert (done.returncode, done.stdout + done.stderr) == (0, "System check identified no issues (0 silenced).\n")

    def test_names_its_cookies_for_one_host(self) -> None:
        script = (
            "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.DEBUG, s.DEMO)"
        )
        done = manage("shell", "--no-imports", "-c", script, **PRODUCTION)
        assert done.stdout.split() == ["__Host-session", "__Host-csrf", "False", "False"]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY is missing or short: set it to at least 50 random characters."),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS is “*”: name the hosts"),
        ("BASE_URL", "commons.example", "BASE_URL is “commons.example”: write the site's whole address"),
        ("DEBUG", "perhaps", "DEBUG is “perhaps”: write 1 for yes or 0 for no."),
        ("DATABASE_URL", "mysql://here/x", "DATABASE_URL must look like postgresql://user:password@host:5432/name."),
        ("DATABASE_URL", "postgresql://here:port/x", "DATABASE_URL: Port could not be cast to integer"),
        ("MAIL_SECURITY", "ssl", "MAIL_SECURITY is “ssl”: write tls, starttls or none."),
        ("MAIL_FROM", "Commons <a@b.example>", "MAIL_FROM is “Commons <a@b.example>”: write an e-mail address"),
        ("MAIL_PORT", "smtp", "MAIL_PORT is “smtp”: write a whole number"),
        ("DATABASE_POOL", "many", "DATABASE_POOL must be the number of connections"),
    ],
)
class WrongValueTests:
    def test_is_refused_with_a_sentence(self, name: str, value: str, sentence: str) -> None:
        done = manage("check", **(PRODUCTION | {name: value}))
        assert done.returncode == 1
        assert done.stderr.startswith(sentence)
        assert "Traceback" not in done.stderr


class DemonstrationTests:
    @pytest.mark.parametrize(
        ("name", "value"), [("BIND", "0.0.0.0"), ("DATABASE_URL", "postgresql://somebody@db.example/commons")]
    )
    def test_refuses_to_go_out(self, monkeypatch: pytest.MonkeyPatch, settings, name: str, value: str) -> None:
        settings.DEMO = True
        monkeypatch.setenv(name, value)
        assert [found.id for found in checks.demonstration_stays_at_home()] == ["commons.E001"]

    def test_is_fine_at_home(self, monkeypatch: pytest.MonkeyPatch, settings) -> None:
        settings.DEMO = True
        monkeypatch.setenv("BIND", "127.0.0.1")
        assert checks.demonstration_stays_at_home() == []

    def test_off_may_go_anywhere(self, monkeypatch: pytest.MonkeyPatch, settings) -> None:
        settings.DEMO = False
        monkeypatch.setenv("BIND", "0.0.0.0")
        assert checks.demonstration_stays_at_home() == []


class DatabaseTests:
    def test_is_read_from_its_address(self) -> None:
        url = "postgresql://us%40r:p%2Fw@db.example:6432/commons?sslmode=require"
        default = databases({"DATABASE_URL": url})["default"]
        assert {key: default[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")} == {
            "NAME": "commons",
            "USER": "us@r",
            "PASSWORD": "p/w",
            "HOST": "db.example",
            "PORT": "6432",
            "OPTIONS": {"sslmode": "require"},
        }

    def test_can_be_a_socket(self) -> None:
        default = databases({"DATABASE_URL": "postgresql:///commons?host=/run/postgresql"})["default"]
        assert (default["HOST"], default["NAME"], default["OPTIONS"]) == ("/run/postgresql", "commons", {})

    def test_has_another_role_for_its_owner(self) -> None:
        environment = {"DATABASE_URL": "postgresql://web@db/x", "DATABASE_OWNER_URL": "postgresql://owner@db/x"}
        assert databases(environment)["default"]["USER"] == "web"
        assert databases(environment | {"COMMONS_ROLE": "owner"})["default"]["USER"] == "owner"

    def test_without_an_address_is_nobody_elses(self) -> None:
        assert databases({})["default"]["HOST"] == "/no-database-was-started"

    def test_is_limited_where_pages_are_served(self) -> None:
        options = databases({"DATABASE_POOL": "12"})["default"]["OPTIONS"]
        assert options["pool"]["max_size"] == 12
        assert "statement_timeout" in options["options"]

    def test_pool_must_be_a_number(self) -> None:
        with pytest.raises(ImproperlyConfigured):
            databases({"DATABASE_POOL": "0"})

    @pytest.mark.django_db
    def test_is_checked_for_its_version(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert checks.database_is_new_enough(databases=["default"]) == []
        monkeypatch.setattr(checks, "OLDEST", 99)
        (error,) = checks.database_is_new_enough(databases=["default"])
        assert error.id == "commons.E002"
