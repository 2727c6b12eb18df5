"""Files while they are read: one moment of the directory, few at once, and let go whatever the reader does."""

import time
from collections.abc import Iterator
from threading import Thread

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections, connection
from django.http import HttpResponseBase, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve

from initiatives.models import Initiative
from initiatives.opendata.csv import CHUNK
from initiatives.views.opendata import MOST_AT_ONCE, initiatives_csv
from tests import people
from tests.views.reading import body, free_places

FILES = ("/initiatives.csv", "/groups.csv")


def ask(address: str) -> HttpResponseBase:
    """The answer as a server gets it, which then has to read and to close it itself."""
    view, arguments, named = resolve(address)
    return view(RequestFactory().get(address), *arguments, **named)


def close(answer: HttpResponseBase) -> None:
    """As a server does at the end, except that the connection of the test stays open (so does Django's test client)."""
    request_finished.disconnect(close_old_connections)
    answer.close()
    request_finished.connect(close_old_connections)


@pytest.fixture
def answers() -> Iterator[list[HttpResponseBase]]:
    """What a test leaves open is closed after it."""
    opened: list[HttpResponseBase] = []
    yield opened
    for answer in reversed(opened):
        close(answer)


def in_another_thread(deed: object) -> object:
    """With a connection of its own, as another reader has."""
    done = []

    def run() -> None:
        try:
            done.append(deed())
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join()
    return done[0]


def fill(number: int) -> None:
    """Each of a kilobyte, so that some hundreds are more than one chunk, and more than what a socket holds back."""
    city = people.city()
    Initiative.objects.bulk_create(
        Initiative(name=f"{place:06}", description="x" * 1000, city=city, country="BE", review_state="published")
        for place in range(number)
    )


@pytest.mark.django_db
class AtOnceTests:
    @pytest.mark.parametrize("address", FILES)
    def test_too_many_are_asked_to_come_back(self, address: str, answers: list[HttpResponseBase]) -> None:
        answers += [ask(address) for _ in range(MOST_AT_ONCE)]
        assert [answer.status_code for answer in answers] == [200] * MOST_AT_ONCE
        refused = Client().get(address)
        assert (refused.status_code, int(refused["Retry-After"]) > 0) == (503, True)
        assert refused["Content-Type"] == "text/plain; charset=utf-8"
        assert refused.content.decode().startswith("Others are taking files away")

    def test_pages_are_read_meanwhile(self, answers: list[HttpResponseBase]) -> None:
        answers += [ask("/initiatives.csv") for _ in range(MOST_AT_ONCE)]
        assert Client().get("/initiatives/").status_code == 200

    @pytest.mark.parametrize("address", FILES)
    def test_a_file_that_was_read_frees_its_place(self, address: str) -> None:
        people.group(people.initiative(), people.initiative())
        for _ in range(MOST_AT_ONCE + 1):
            answer = ask(address)
            assert answer.status_code == 200
            body(answer)
            close(answer)
        assert free_places() == MOST_AT_ONCE

    @pytest.mark.parametrize("address", FILES)
    def test_a_reader_who_leaves_before_the_first_byte_frees_it(self, address: str) -> None:
        close(ask(address))
        assert free_places() == MOST_AT_ONCE

    def test_a_refused_question_takes_none(self) -> None:
        for _ in range(MOST_AT_ONCE + 1):
            assert Client().get("/initiatives.csv?city=atlantis").status_code == 400
        assert free_places() == MOST_AT_ONCE

    def test_a_head_request_takes_none(self) -> None:
        answer = initiatives_csv(RequestFactory().head("/initiatives.csv"))
        assert (answer.status_code, answer["X-Row-Count"]) == (200, "0")
        assert free_places() == MOST_AT_ONCE

    def test_a_failure_while_counting_frees_it(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE initiatives_membership RENAME TO gone")
        with pytest.raises(Exception, match="initiatives_membership"):
            ask("/groups.csv")
        assert free_places() == MOST_AT_ONCE


@pytest.mark.django_db(transaction=True)
class StreamingTests:
    def test_what_comes_in_meanwhile_is_not_in_it(self) -> None:
        fill(3)
        answer = ask("/initiatives.csv")
        rest = iter(answer.streaming_content)
        header = next(rest)
        in_another_thread(lambda: people.initiative(name="000000 too late"))
        in_another_thread(lambda: Initiative.objects.filter(name="000001").update(review_state="withdrawn"))
        rows = b"".join(rest).decode().splitlines()
        close(answer)
        assert header.startswith(b"public_id,")
        assert [row.split(",")[2] for row in rows] == ["000000", "000001", "000002"]
        assert answer["X-Row-Count"] == "3"

    def test_groups_are_of_one_moment_too(self) -> None:
        people.group(people.initiative(name="A"), people.initiative(name="B"))
        answer = ask("/groups.csv")
        in_another_thread(lambda: people.group(people.initiative(name="C"), people.initiative(name="D")))
        text = body(answer)
        close(answer)
        assert (text.count("\r\n") - 1, answer["X-Row-Count"]) == (2, "2")

    def test_it_comes_in_chunks_long_before_its_end(self) -> None:
        fill(400)
        answer = ask("/initiatives.csv")
        assert isinstance(answer, StreamingHttpResponse)
        sizes = [len(chunk) for chunk in answer.streaming_content]
        close(answer)
        assert len(sizes) > 5
        assert max(sizes) < 2 * CHUNK

    def test_a_reader_who_leaves_early_frees_place_and_connection(self) -> None:
        fill(1500)
        for _ in range(2 * MOST_AT_ONCE):
            answer = ask("/initiatives.csv")
            rest = iter(answer.streaming_content)
            next(rest), next(rest)
            start = time.perf_counter()
            close(answer)
            assert time.perf_counter() - start < 2
        assert free_places() == MOST_AT_ONCE
        assert not connection.in_atomic_block
        assert Initiative.objects.count() == 1500
        assert Client().get("/initiatives/").status_code == 200

    def test_after_a_file_the_connection_may_write_again(self) -> None:
        fill(2)
        answer = ask("/initiatives.csv")
        body(answer)
        close(answer)
        people.initiative(name="Written afterwards")
        with connection.cursor() as cursor:
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone() != ("10min",)
