"""What is kept of a registration, and for how long."""

from datetime import timedelta

import pytest
from django.utils import timezone

from initiatives.models import Initiative, Mail, Registration
from initiatives.models.budgets import MailAddress
from initiatives.models.registering import KEPT
from tests.registering import ask_link, fill, registered, sent, vocabulary

pytestmark = pytest.mark.django_db
LATER = timezone.now() + KEPT + timedelta(days=1)


@pytest.fixture(autouse=True)
def _vocabulary() -> None:
    vocabulary()


class ForgetTests:
    def test_a_draft_goes_after_thirty_days(self) -> None:
        fill()
        assert Registration.objects.forget_old() == 0
        assert Registration.objects.forget_old(now=LATER) == 1
        assert Registration.objects.count() == 0

    def test_what_was_never_confirmed_goes_with_its_listing(self) -> None:
        sent()
        assert Registration.objects.forget_old(now=LATER) == 1
        assert (Registration.objects.count(), Initiative.objects.count()) == (0, 0)

    def test_of_what_was_confirmed_only_the_answers_go(self) -> None:
        registered()
        assert Registration.objects.forget_old(now=LATER) == 0
        assert Registration.objects.get().answers == {}
        assert Initiative.objects.get().review_state == "submitted"


class AddressTests:
    def test_takes_part_by_confirming(self) -> None:
        sent()
        assert not MailAddress.objects.has_taken_part("stan@example.org")
        registered()
        assert MailAddress.objects.has_taken_part("stan@example.org")

    def test_gets_one_mail_a_day_however_many_drafts_name_it(self) -> None:
        for _ in range(3):
            ask_link(fill().replace("/check/", "/later/"), "stan@example.org")
        assert [mail.state for mail in Mail.objects.order_by("pk")] == ["waiting", "dropped", "dropped"]


class TokenTests:
    def test_of_a_draft_is_no_mailed_one(self) -> None:
        draft = sent()
        assert not Registration.objects.behind(draft.draft_token).is_mailed
        assert Registration.objects.behind(draft.mailed_token).is_mailed
        assert Registration.objects.behind(draft.public_id) is None
        assert Registration.objects.behind("") is None
