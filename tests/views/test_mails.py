"""Pages about mails: never again, those of the demonstration, and what an administrator sees of those that stuck."""

import re

import pytest
from django.core import mail as mailed
from django.test import Client
from pytest_django import Settings

from initiatives.models import Mail, MailAddress
from initiatives.models.asking import Asking, asked_by
from initiatives.tasks.mails import Postman
from tests import people

pytestmark = pytest.mark.django_db

DEMONSTRATION, ADMINISTRATION = "/demonstration/mails/", "/administration/mails/"


def post(to: str = "ann@example.org", key: str = "k", **options: object) -> Mail:
    return Mail.objects.post("factors-changed", to=to, key=key, context={"name": "Ann", "path": "/account/"}, **options)


def text(page: str, client: Client | None = None, **extra: str) -> str:
    response = (client or Client()).get(page, **extra)
    assert response.status_code == 200
    return response.content.decode()


class NeverAgainTests:
    @pytest.fixture
    def link(self) -> str:
        """As it stands in a mail."""
        post()
        Postman().work_once()
        return re.search(r"http://localhost:8000(/mails/never-again/\S+)", mailed.outbox[0].body)[1]

    def refuses(self) -> bool:
        return MailAddress.objects.filter(refused_at__isnull=False).exists()

    def test_a_program_that_follows_the_link_changes_nothing(self, link: str):
        assert "Never write to me again" in text(link)
        assert not self.refuses()

    def test_the_button_does_it_and_another_takes_it_back(self, link: str):
        assert Client().post(link, {"say": "never"}).url == link
        assert self.refuses()
        assert "We write to you no more" in text(link)
        Client().post(link, {"say": "allow"})
        assert not self.refuses()

    def test_a_mail_program_does_it_by_itself(self, link: str):
        strict = Client(enforce_csrf_checks=True)
        assert strict.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 302
        assert self.refuses()

    def test_nobody_can_do_it_for_another_address(self, link: str):
        forged = link.replace(link.split("/")[-2][:64], "0" * 64)
        assert forged != link
        assert Client().post(forged).status_code == 404
        assert not MailAddress.objects.filter(digest="0" * 64).exists()


class DemonstrationTests:
    @pytest.fixture
    def sent(self) -> Mail:
        mail = post()
        post("bob@example.org", "2")
        Mail.objects.filter(key="2").update(state="quarantined")
        Postman().work_once()
        return mail

    def test_shows_what_was_sent_with_links_that_work(self, sent: Mail, settings: Settings):
        settings.DEMO = True
        page = text(DEMONSTRATION)
        assert "The ways you sign in have changed" in page
        assert "ann@example.org" in page
        assert "bob@example.org" not in page
        assert 'href="http://localhost:8000/account/"' in text(f"{DEMONSTRATION}{sent.pk}/")

    @pytest.mark.parametrize("page", [DEMONSTRATION, f"{DEMONSTRATION}1/"])
    def test_is_there_for_this_machine_alone(self, page: str, sent: Mail, settings: Settings):
        page = page.replace("1", str(sent.pk))
        for is_demonstration, address in ((True, "192.0.2.1"), (True, ""), (False, "127.0.0.1")):
            settings.DEMO = is_demonstration
            assert Client().get(page, REMOTE_ADDR=address).status_code == 404

    def test_a_mail_that_was_not_sent_is_not_shown(self, sent: Mail, settings: Settings):
        settings.DEMO = True
        hidden = Mail.objects.get(key="2")
        assert Client().get(f"{DEMONSTRATION}{hidden.pk}/").status_code == 404


class AdministrationTests:
    @pytest.fixture
    def stuck(self) -> Mail:
        with asked_by(Asking(is_suspicious=True)):
            return post(key="stuck")

    @pytest.fixture
    def ada(self) -> Client:
        return people.signed_in(people.administrator())

    def test_says_what_stuck_and_why_but_not_what_it_says(self, stuck: Mail, ada: Client):
        post("bob@example.org", "1")
        post("bob@example.org", "2")
        page = text(ADMINISTRATION, ada)
        assert "In quarantine" in page
        assert "Not sent: this address may get no more mails now" in page
        assert "/account/edit" not in page
        assert page.count("<p>bob@example.org</p>") == 1

    def test_sends_it_after_all(self, stuck: Mail, ada: Client):
        ada.post(f"{ADMINISTRATION}{stuck.pk}/send/")
        assert Postman().work_once() == 1
        assert "All mails left." in text(ADMINISTRATION, ada)

    def test_but_not_to_who_wants_none(self, stuck: Mail, ada: Client):
        post(key="other")
        MailAddress.objects.refuse(MailAddress.objects.get().digest)
        Mail.objects.exclude(pk=stuck.pk).delete()
        ada.post(f"{ADMINISTRATION}{stuck.pk}/send/")
        assert Postman().work_once() == 0

    def test_drops_it_for_good(self, stuck: Mail, ada: Client):
        ada.post(f"{ADMINISTRATION}{stuck.pk}/drop/")
        assert "All mails left." in text(ADMINISTRATION, ada)
        post(key="stuck")
        assert Postman().work_once() == 0

    def test_is_for_administrators(self, stuck: Mail):
        for who in (people.officer(), people.broker(), people.person("Stan")):
            for page in (ADMINISTRATION, f"{ADMINISTRATION}{stuck.pk}/send/", f"{ADMINISTRATION}{stuck.pk}/drop/"):
                assert people.signed_in(who).post(page).status_code == 404
        stuck.refresh_from_db()
        assert stuck.state == "quarantined"

    def test_what_leaves_or_left_is_not_theirs_to_touch(self, ada: Client):
        mail = post()
        assert ada.post(f"{ADMINISTRATION}{mail.pk}/drop/").status_code == 404
