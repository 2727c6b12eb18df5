"""The same form sent twice, or twenty times at once, does its deed once and leads to one page."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory

from initiatives.forms.guards import OnceForm
from initiatives.models import IllegalMove, OneTimeKey, Tag
from initiatives.views.once import once

SENDINGS = 20


def send(deed: Callable[[], str], key: str = "k") -> str:
    request = RequestFactory().post("/")
    request.user = AnonymousUser()
    form = OnceForm({"key": key})
    assert form.is_valid()
    return once(request, form, deed)["Location"]


def make_a_tag() -> str:
    made = Tag.objects.create(name=f"tag {Tag.objects.count()}")
    return f"/tags/{made.slug}/"


@pytest.mark.django_db
class OnceTests:
    def test_the_second_sending_leads_where_the_first_did(self):
        assert send(make_a_tag) == send(make_a_tag) == "/tags/tag-0/"
        assert Tag.objects.count() == 1

    def test_another_key_is_another_deed(self):
        assert send(make_a_tag) != send(make_a_tag, key="another")
        assert Tag.objects.count() == 2

    def test_what_did_not_work_can_be_sent_again(self):
        def refuse() -> str:
            make_a_tag()
            raise IllegalMove("Not now.")

        with pytest.raises(IllegalMove):
            send(refuse)
        assert not Tag.objects.exists()
        assert send(make_a_tag) == "/tags/tag-0/"


@pytest.mark.django_db(transaction=True)
class AtOnceTests:
    def test_of_twenty_at_once_one_does_it(self):
        together = threading.Barrier(SENDINGS)

        def sending(_: int) -> str:
            try:
                together.wait()
                return send(make_a_tag)
            finally:
                connection.close()

        with ThreadPoolExecutor(SENDINGS) as threads:
            addresses = list(threads.map(sending, range(SENDINGS)))
        assert addresses == ["/tags/tag-0/"] * SENDINGS
        assert (Tag.objects.count(), OneTimeKey.objects.count()) == (1, 1)
