"""Mails over a real line, to a mail server as docs/operating.md sets it up."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from commons_directory.mailing import mail_from, mailers
from initiatives.models import Mail
from initiatives.tasks.mails import Postman
from tests.tasks.mail_server import MailServer, mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with mail_server() as server:
        told = {"MAIL_HOST": "127.0.0.1", "MAIL_PORT": str(server.port), "MAIL_SECURITY": "none"}
        for name, value in told.items():
            monkeypatch.setenv(name, value)
        settings.MAILERS = mailers(Path())
        yield server


def post(to: str, *, name: str = "Ann", key: str = "") -> Mail:
    context = {"name": name, "path": "/account/"}
    return Mail.objects.post("factors-changed", to=to, key=key or to, context=context, language="nl")


def states() -> list[str]:
    return list(Mail.objects.order_by("pk").values_list("state", flat=True))


def taken(server: MailServer) -> list[str]:
    return [str(mail["To"]) for mail in server.taken]


class OverTheLineTests:
    def test_arrives_whole_in_every_letter(self, server: MailServer):
        post("ann@bücher.example", name="Žofie Škvoření")
        Postman().work_once()
        (mail,) = server.taken
        assert mail["To"] == "ann@xn--bcher-kva.example"
        assert mail["From"] == mail_from("http://localhost:8000") == "Commons Directory <directory@localhost>"
        assert mail["Subject"] == "Je manieren om in te loggen zijn veranderd"
        text = mail.get_content().replace("\r\n", "\n")
        assert text.startswith("Dag Žofie Škvoření,\n")
        assert "\n-- \n" in text

    def test_many_go_over_one_connection(self, server: MailServer):
        for number in range(5):
            post(f"p{number}@example.org")
        assert Postman().work_once() == 5
        assert (len(server.taken), server.connections) == (5, 1)

    def test_one_that_is_refused_holds_up_no_other(self, server: MailServer):
        for to in ("ann@example.org", "nobody@example.org", "bob@example.org"):
            post(to)
        assert Postman().work_once() == 2
        assert taken(server) == ["ann@example.org", "bob@example.org"]
        assert states() == ["sent", "failed", "sent"]

    def test_nor_does_a_server_that_hangs_up(self, server: MailServer):
        for to in ("ann@example.org", "gone@example.org", "bob@example.org"):
            post(to)
        assert Postman().work_once() == 2
        assert taken(server) == ["ann@example.org", "bob@example.org"]
        assert states() == ["sent", "waiting", "sent"]
        assert server.connections == 2

    def test_where_no_server_is_mails_wait(self, server: MailServer):
        server.shutdown()
        server.server_close()
        for to in ("ann@example.org", "bob@example.org"):
            post(to)
        assert Postman().work_once() == 0
        assert states() == ["waiting", "waiting"]
        assert list(Mail.objects.order_by("pk").values_list("attempts", flat=True)) == [1, 0]

    def test_without_one_they_become_files(self, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
        monkeypatch.delenv("MAIL_HOST", raising=False)
        settings.MAILERS = mailers(tmp_path)
        post("ann@example.org")
        Postman().work_once()
        (file,) = (tmp_path / "mails").iterdir()
        assert "To: ann@example.org" in file.read_text(encoding="utf-8")
