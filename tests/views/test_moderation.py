"""How a city keeps its directory, for everybody."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from initiatives.models import City, ReviewEvent
from initiatives.models.city_figures import city_figures
from tests import people
from tests.models.test_desk import ago, submitted

pytestmark = pytest.mark.django_db


def page() -> str:
    return unescape(Client().get("/cities/ghent/moderation/").content.decode())


def decided(days: float, deed: str = "publish") -> None:
    listing = submitted(f"after {days}", days=days)
    olga = people.officer()
    listing.publish(by=olga) if deed == "publish" else listing.ask(by=olga, question="Where?")


class FiguresTests:
    def test_of_a_city_without_any_they_say_so(self) -> None:
        city = people.city()
        figures = city_figures(city)
        assert (figures.waiting, figures.percent_confirmed, figures.days_to_decide) == (0, None, None)
        assert "No submission waits." in page()
        assert "has no officer here yet" in page()

    def test_what_waits_is_counted_with_its_age(self) -> None:
        submitted("a", days=5)
        submitted("b", days=2)
        submitted("elsewhere", days=90, city=people.city("Lille"))
        assert "2 submissions wait, the oldest for 5 days." in page()

    def test_the_middle_of_the_times_is_told_and_questions_are_no_decisions(self) -> None:
        for days in (1, 3, 20):
            decided(days)
        decided(60, "ask")
        figures = city_figures(people.city())
        assert round(figures.days_to_decide) == 3
        assert figures.decided == {"published": 3, "needs_information": 1, "declined": 0}
        assert "3 days, for half of the decisions" in page()

    def test_what_was_undone_or_is_older_than_a_year_does_not_count(self) -> None:
        decided(3)
        ReviewEvent.objects.update(at=ago(366))
        listing, olga = submitted("undone"), people.officer()
        listing.undo_decision(listing.publish(by=olga), by=olga)
        assert city_figures(people.city()).decisions == 0

    def test_the_share_confirmed_is_that_of_the_last_year(self) -> None:
        today = timezone.localdate()
        people.initiative(confirmed_on=today - timedelta(days=10))
        people.initiative(confirmed_on=today - timedelta(days=400))
        people.initiative()
        assert "1 of 3 listings were confirmed in the last year (33 %)" in page()

    def test_nobody_is_named(self) -> None:
        decided(2)
        assert "Olga" not in page()
        assert "after 2" not in page()

    def test_it_asks_as_often_whatever_there_is(self) -> None:
        counts = []
        for _ in range(2):
            decided(3)
            City.objects.get(slug="ghent")
            with CaptureQueriesContext(connection) as asked:
                page()
            counts.append(len(asked))
        assert len(set(counts)) == 1, counts
