"""Who asks more than a network may is told when to come back, and loses nothing of what they wrote."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.models import MailBudget
from initiatives.views.find_peers import MOST_ASKED
from tests import people

pytestmark = pytest.mark.django_db

PAGE = "/find-peers/"
WORDS = 'We mend <b>"radios"</b> & lamps'


def use_up(left: int = 0) -> None:
    """Bring what is left of the budget of this network down."""
    Client().post(PAGE, {"doing": ""})
    MailBudget.objects.update(used=MOST_ASKED - left)


class LimitTests:
    def test_the_last_is_answered_and_the_next_not(self):
        use_up(left=1)
        assert Client().post(PAGE, {"doing": ""}).status_code == 422
        refused = Client().post(PAGE, {"doing": WORDS})
        assert refused.status_code == 429
        assert 3_500 < int(refused["Retry-After"]) <= 3_600

    def test_keeps_what_was_written_to_send_it_again(self):
        use_up()
        page = Client().post(PAGE, {"doing": WORDS, "where": "Gent"}).content.decode()
        assert (
            '<input type="hidden" name="doing" value="We mend &lt;b&gt;&quot;radios&quot;&lt;/b&gt; &amp; lamps">'
            in page
        )
        assert '<input type="hidden" name="where" value="Gent">' in page

    def test_an_hour_later_it_can_be_asked_again(self, monkeypatch: pytest.MonkeyPatch):
        use_up()
        later = timezone.now() + timedelta(hours=1, seconds=1)
        monkeypatch.setattr(timezone, "now", lambda: later)
        assert Client().post(PAGE, {"doing": ""}).status_code == 422

    def test_another_network_is_not_kept_waiting(self):
        use_up()
        assert Client(REMOTE_ADDR="203.0.113.9").post(PAGE, {"doing": ""}).status_code == 422

    def test_reading_and_who_has_signed_in_are_not_counted(self):
        use_up()
        assert Client().get(PAGE).status_code == 200
        assert people.signed_in(people.person("Alice")).post(PAGE, {"doing": ""}).status_code == 422

    def test_what_is_kept_of_a_network_is_no_address(self):
        use_up()
        (name,) = MailBudget.objects.values_list("name", flat=True)
        assert name.startswith("find-peers:")
        assert len(name.removeprefix("find-peers:")) == 64
