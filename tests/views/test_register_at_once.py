"""Trust promise S-6 for registering: twenty at once make one listing, one steward and one mail."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.http import HttpResponse

from initiatives.forms.register.sending import SendForm
from initiatives.models import Initiative, Mail, Registration, Stewardship, User
from tests.forms.filling import filled
from tests.registering import SHORT, begin, fill, mailed_link, post, send, sent, vocabulary

pytestmark = pytest.mark.django_db(transaction=True)

TWENTY = 20


def at_once(deed: Callable[[], HttpResponse]) -> list[tuple[int, str]]:
    def done(_number: int) -> tuple[int, str]:
        try:
            response = deed()
            return response.status_code, response.headers.get("Location", "")
        finally:
            connection.close()

    with ThreadPoolExecutor(TWENTY) as threads:
        return list(threads.map(done, range(TWENTY)))


@pytest.fixture(autouse=True)
def _vocabulary() -> None:
    vocabulary()


class SendTests:
    def test_the_same_form_has_the_same_answer(self) -> None:
        check = fill()
        said = filled(SendForm, consent="on")
        answers = at_once(lambda: post(check, **said))
        assert len(set(answers)) == 1
        assert answers[0][0] == 302
        assert (Initiative.objects.count(), Mail.objects.count()) == (1, 1)

    def test_so_have_twenty_forms_of_one_draft(self) -> None:
        check = fill()
        assert len(set(at_once(lambda: send(check)))) == 1
        assert (Initiative.objects.count(), Mail.objects.count()) == (1, 1)


class ConfirmTests:
    def test_the_button_makes_one_steward(self) -> None:
        sent()
        link = mailed_link()
        answers = at_once(lambda: post(link))
        assert {status for status, _address in answers} == {302}
        assert (User.objects.count(), Stewardship.objects.count()) == (1, 1)
        assert Initiative.objects.get().review_events.count() == 1
        assert Mail.objects.filter(kind="registration-received").count() == 1


class AnswerTests:
    def test_the_first_answer_makes_one_draft(self) -> None:
        address = begin()
        assert len(set(at_once(lambda: post(address, **SHORT["name"])))) == 1
        assert Registration.objects.count() == 1

    def test_answers_to_different_pages_are_all_kept(self) -> None:
        base = begin().removesuffix("name/")
        slugs = iter([*SHORT] * TWENTY)

        def answered() -> HttpResponse:
            slug = next(slugs)
            return post(f"{base}{slug}/", **SHORT[slug])

        assert {status for status, _address in at_once(answered)} == {302}
        assert set(Registration.objects.get().answers) == set(SHORT)
