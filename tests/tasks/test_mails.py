"""The postman: what leaves, what is tried again, and what happens when somebody pulls the plug."""

import smtplib
from datetime import timedelta
from threading import Thread

import pytest
from django.core import mail as mailed
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from initiatives.models import Mail
from initiatives.tasks.mails import LEASE, PAUSES, UNKNOWN, Postman, take_one
from tests.clock import pass_by

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_template(settings, tmp_path) -> None:
    """A mail of the tests alone."""
    folder = tmp_path / "emails"
    folder.mkdir()
    (folder / "greeting.txt").write_text(
        '{% extends "emails/base.txt" %}{% block subject %}Good day, {{ name }}{% endblock %}'
        "{% block text %}It stands at\n{{ path }}\n\n\n\nand & that is all.{% endblock %}"
        "{% block why %}Why.{% endblock %}"
    )
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [engine | {"DIRS": [tmp_path, *engine["DIRS"]]}]


def post(key: str = "k", **options: object) -> Mail:
    context = {"name": "Ann", "path": "/a/"} | options.pop("context", {})
    return Mail.objects.post("greeting", to=options.pop("to", "ann@example.org"), key=key, context=context, **options)


def state(mail: Mail) -> tuple[str, int, str]:
    mail.refresh_from_db()
    return mail.state, mail.attempts, mail.trouble


def refuse(monkeypatch: pytest.MonkeyPatch, error: Exception, *, opening: bool = False) -> None:
    """From now on the server says no."""

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(EmailBackend, "open" if opening else "send_messages", fail)


class SendingTests:
    def test_each_leaves_once(self):
        mail = post()
        assert (Postman().work_once(), Postman().work_once()) == (1, 0)
        assert state(mail) == ("sent", 1, "")
        assert [each.to for each in mailed.outbox] == [["ann@example.org"]]

    def test_not_before_its_time(self, monkeypatch: pytest.MonkeyPatch):
        post(not_before=timezone.now() + timedelta(seconds=40))
        assert Postman().work_once() == 0
        pass_by(monkeypatch, timedelta(seconds=41))
        assert Postman().work_once() == 1

    def test_what_is_taken_back_never(self):
        post("review:1:7")
        Mail.objects.drop("review:1:")
        assert Postman().work_once() == 0

    def test_by_a_command(self, capsys: pytest.CaptureFixture[str]):
        post()
        call_command("send_mails", "--dry-run", "--json")
        assert (capsys.readouterr().out, mailed.outbox) == ('{"due": 1, "sent": 0, "failed": 0}\n', [])
        call_command("send_mails")
        assert (capsys.readouterr().out, len(mailed.outbox)) == ("1 due, 1 sent, 0 failed\n", 1)


class MessageTests:
    def sent(self) -> mailed.EmailMessage:
        Postman().work_once()
        return mailed.outbox[0]

    def test_says_what_the_template_says_in_plain_text(self):
        post()
        sent = self.sent()
        assert sent.subject == "Good day, Ann"
        assert sent.body.startswith(
            "It stands at\nhttp://localhost:8000/a/\n\nand & that is all.\n\n-- \nCommons Directory"
        )

    def test_is_known_for_one_that_nobody_answers(self):
        post()
        headers = self.sent().message()
        assert headers["Auto-Submitted"] == "auto-generated"
        assert headers["Reply-To"] is None
        assert headers.get_content_charset() == "utf-8"

    def test_is_the_same_however_often_it_is_sent(self):
        mail = post()
        Postman().work_once()
        Mail.objects.update(state="waiting", not_before=timezone.now())
        Postman().work_once()
        first, second = (each.message()["Message-ID"] for each in mailed.outbox)
        assert first == second
        assert mail.key not in first

    def test_a_stranger_can_refuse_with_one_press(self):
        post()
        headers = self.sent().message()
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert headers["List-Unsubscribe"].startswith("<http://localhost:8000/mails/never-again/")

    @pytest.mark.parametrize("name", ["Ann\nBcc: all@example.org", "Ann\r\n\r\nBuy", "Ann\u2028X: y", "Ann\x0bX: y"])
    def test_a_name_begins_no_header(self, name: str):
        post(context={"name": name})
        sent = self.sent()
        assert sent.recipients() == ["ann@example.org"]
        assert set(sent.message().keys()) & {"Bcc", "X"} == set()
        assert len(sent.message()["Subject"].splitlines()) == 1

    def test_a_name_is_no_advertisement_to_a_stranger(self):
        post(context={"name": f"https://watches.example/cheap {'very ' * 30}"})
        subject = self.sent().subject
        assert subject.startswith("Good day, https[:]//watches[.]example/cheap very")
        assert len(subject) <= 100

    def test_what_an_officer_writes_stays_whole(self):
        reason = f"See https://example.org/rules. {'Because. ' * 30}Thank you."
        Mail.objects.post("report-resolved", to="ann@example.org", key="r", context={"name": "A", "reason": reason})
        assert reason in self.sent().body


class FailureTests:
    def test_a_server_that_is_away_is_asked_ever_more_seldom(self, monkeypatch: pytest.MonkeyPatch):
        mail = post()
        refuse(monkeypatch, ConnectionRefusedError(), opening=True)
        for attempt, minutes in enumerate(PAUSES, 1):
            Postman().work_once()
            assert state(mail) == ("waiting", attempt, "ConnectionRefusedError")
            pass_by(monkeypatch, timedelta(minutes=minutes))
        Postman().work_once()
        assert state(mail) == ("failed", len(PAUSES) + 1, "ConnectionRefusedError")

    def test_the_other_mails_wait_untouched(self, monkeypatch: pytest.MonkeyPatch):
        first, second = post("1"), post("2", to="bob@example.org")
        refuse(monkeypatch, ConnectionRefusedError(), opening=True)
        Postman().work_once()
        assert (state(first)[:2], state(second)[:2]) == (("waiting", 1), ("waiting", 0))

    def test_an_address_that_is_not_there_is_not_tried_again(self, monkeypatch: pytest.MonkeyPatch):
        mail = post()
        refuse(monkeypatch, smtplib.SMTPRecipientsRefused({"ann@example.org": (550, b"no ann@example.org here")}))
        Postman().work_once()
        assert state(mail) == ("failed", 1, "SMTPRecipientsRefused 550")

    def test_a_full_mailbox_is(self, monkeypatch: pytest.MonkeyPatch):
        mail = post()
        refuse(monkeypatch, smtplib.SMTPRecipientsRefused({"ann@example.org": (452, b"full")}))
        Postman().work_once()
        assert state(mail) == ("waiting", 1, "SMTPRecipientsRefused 452")

    def test_a_mail_that_cannot_be_written_holds_up_no_other(self):
        mail = Mail.objects.post("no-such-kind", to="ann@example.org", key="1", context={})
        post("2", to="bob@example.org")
        assert Postman().work_once() == 1
        assert state(mail) == ("failed", 1, "TemplateDoesNotExist")

    def test_the_log_names_nobody(self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture):
        post()
        refuse(monkeypatch, smtplib.SMTPRecipientsRefused({"ann@example.org": (550, b"no ann@example.org here")}))
        Postman().work_once()
        assert [record.getMessage()[-25:] for record in caplog.records] == ["SMTPRecipientsRefused 550"]
        assert "ann@" not in caplog.text


class CutShortTests:
    """Killed between sending and writing down that it was sent."""

    def test_it_is_sent_once_more_and_not_a_third_time(self, monkeypatch: pytest.MonkeyPatch):
        mail = post()
        assert take_one() == mail  # it leaves, and then the plug is pulled
        assert (Postman().work_once(), state(mail)) == (0, ("sending", 1, ""))
        pass_by(monkeypatch, LEASE + timedelta(seconds=1))
        assert take_one() == mail  # and again
        pass_by(monkeypatch, LEASE + timedelta(seconds=1))
        assert (Postman().work_once(), state(mail)) == (0, ("failed", 2, UNKNOWN))

    def test_the_second_time_it_usually_goes_well(self, monkeypatch: pytest.MonkeyPatch):
        mail = post()
        take_one()
        pass_by(monkeypatch, LEASE + timedelta(seconds=1))
        assert (Postman().work_once(), state(mail)) == (1, ("sent", 2, ""))


@pytest.mark.django_db(transaction=True)
class TwoPostmenTests:
    def test_each_mail_leaves_by_one_of_them(self):
        for number in range(30):
            post(str(number), to=f"p{number}@example.org")

        def work() -> None:
            Postman().work_once()
            connection.close()

        both = [Thread(target=work) for _ in range(2)]
        for each in both:
            each.start()
        for each in both:
            each.join()
        assert sorted(each.to[0] for each in mailed.outbox) == sorted(f"p{number}@example.org" for number in range(30))


class ForgettingTests:
    def test_a_month_later_nothing_names_anybody(self, monkeypatch: pytest.MonkeyPatch):
        mail = post()
        Postman().work_once()
        pass_by(monkeypatch, timedelta(days=31))
        waiting = post("2")
        assert (Mail.objects.forget_old(), Mail.objects.forget_old()) == (1, 0)
        mail.refresh_from_db()
        waiting.refresh_from_db()
        assert (mail.to, mail.context, mail.person, mail.key) == ("", {}, None, "k")
        assert waiting.to == "ann@example.org"

    def test_of_its_deed_there_is_no_second_mail(self, monkeypatch: pytest.MonkeyPatch):
        post()
        Postman().work_once()
        pass_by(monkeypatch, timedelta(days=31))
        Mail.objects.forget_old()
        post()
        assert Postman().work_once() == 0
