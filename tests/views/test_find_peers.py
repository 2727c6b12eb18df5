"""Whoever says what they do learns who else does it, and leaves no trace."""

import logging
import re

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives.importing.vocabulary import load_activities, load_domains
from initiatives.models import Initiative
from initiatives.tasks.overlaps import compute_overlaps
from tests import people

pytestmark = pytest.mark.django_db

PAGE = "/find-peers/"
MENDING = (
    "In our repair café neighbours mend broken radios, lamps and bicycles together, so that nobody throws them away."
)


QUERIES = 19  # of the answer to a whole form at most: without a tag to tell it is one less


def ask(page: str = PAGE, *, by_script: bool = False, **said: str) -> HttpResponse:
    headers = {"X-Requested-With": "fetch"} if by_script else {}
    return Client().post(page, said, headers=headers)


def text(response: HttpResponse) -> str:
    return response.content.decode()


def section(page: str, name: str) -> str:
    """One of the three lists."""
    found = re.search(rf'<section[^>]*aria-labelledby="(?:peers-)?{name}">(.*?)</section>', page, re.DOTALL)
    return found[1] if found else ""


def names(page: str) -> set[str]:
    return set(re.findall(r'class="peer-name"><a href="[^"]+">([^<]+)<', page))


@pytest.fixture
def menders() -> list[Initiative]:
    """Who repairs in three cities and two languages, somebody with a shed, and others who do something else."""
    load_domains()
    load_activities()
    mends = {"domains": ["repair-reuse"], "tags": ["repair"]}
    listings = [
        people.initiative(
            name="Mend in Ghent",
            mission="A repair café: volunteers mend lamps and radios with their owners, and nothing is thrown away.",
            **mends,
        ),
        people.initiative(
            name="Bristol Fixers",
            mission="At this repair café neighbours mend broken bicycles, radios and lamps together.",
            city=people.city("Bristol"),
            **mends,
        ),
        people.initiative(
            name="Aggiustatutto",
            mission="Un repair café dove i volontari aggiustano con i vicini radio, lampade e biciclette rotte.",
            language="it",
            city=people.city("Bologna"),
            **mends,
        ),
        people.initiative(
            name="Shed of All",
            mission="A hall with room for whoever works for the street.",
            domains=["housing"],
        ),
        *(
            people.initiative(
                name=f"Choir {place}", mission=f"A choir: we sing together on {place} evenings.", domains=["food"]
            )
            for place in ("Monday", "Tuesday", "Friday")
        ),
    ]
    people.exchange(of=listings[3], title="A dry room for tools", exchange_type="offer", item_type="space")
    compute_overlaps()
    return listings


class AskedTests:
    def test_finds_who_does_the_same_here_and_elsewhere_in_other_languages(self, menders: list[Initiative]) -> None:
        page = text(ask(doing=MENDING, where="Gent"))
        assert names(section(page, "close")) == {"Mend in Ghent"}
        assert names(section(page, "elsewhere")) >= {"Bristol Fixers", "Aggiustatutto"}
        assert not any(name.startswith("Choir") for name in names(page))

    def test_tells_each_with_reasons_to_the_asker(self, menders: list[Initiative]) -> None:
        page = text(ask(doing=MENDING))
        shown = re.findall(r'<li class="peer">(.*?)</ul>', page, re.DOTALL)
        assert shown
        assert [each for each in shown if "reason-text" not in each] == []
        assert "You both" in page
        assert "Bologna, in Italian" in page

    def test_finds_whose_offer_meets_a_need(self, menders: list[Initiative]) -> None:
        page = text(ask(doing=MENDING, where="Ghent", need="a dry room for our tools"))
        assert names(section(page, "completing")) == {"Shed of All"}
        assert "You look for: <mark>a dry room for our tools</mark>." in page

    def test_tells_who_is_near_in_meaning_where_few_are_found(self, menders: list[Initiative]) -> None:
        page = text(ask(doing="Music with many voices."))
        assert names(page) == set()
        assert "They are not counted." in page
        assert 'class="row-name"><a href="/initiatives/' in section(page, "alike")
        assert "Choir" in section(page, "alike")

    def test_leads_on_to_listings_and_groups_that_exist(self, menders: list[Initiative]) -> None:
        page = text(ask(doing=MENDING))
        links = set(re.findall(r'href="(/(?:initiatives|groups)/[^"]+)"', page))
        assert any("/groups/" in link for link in links)
        assert {link: code for link in links if (code := Client().get(link).status_code) != 200} == {}

    def test_says_kindly_that_there_is_nobody_and_what_to_try(self) -> None:
        people.domain("food")
        page = text(ask(doing=MENDING))
        assert "No initiative known here overlaps" in page
        assert "choose the field of work;" in page
        assert "/domains/food/" in text(ask(doing=MENDING, domain="food"))

    def test_answers_in_dutch(self, menders: list[Initiative]) -> None:
        page = text(ask("/nl/find-peers/", doing=MENDING))
        assert "Jullie hebben het allebei over" in page
        assert re.search(r'<mark lang="en">\w+</mark>', page)

    def test_a_link_may_name_place_and_field(self) -> None:
        people.city("Ghent"), people.domain("food")
        page = text(Client().get(f"{PAGE}?where=ghent&domain=food"))
        assert 'value="Ghent"' in page
        assert 'value="food" selected' in page

    @pytest.mark.parametrize("more", [3, 12])
    def test_asks_the_database_as_often_however_many_are_found(self, menders: list[Initiative], more: int) -> None:
        for place in range(more):
            listing = people.initiative(name=f"Mender {place}", mission=MENDING, domains=["repair-reuse"])
            people.exchange(of=listing, title="A room")
        compute_overlaps()
        said = {"doing": MENDING, "where": "Ghent", "domain": "repair-reuse", "need": "a room"}
        ask(by_script=True, **said)
        with CaptureQueriesContext(connection) as asked:
            page = text(ask(by_script=True, **said))
        assert len(names(page)) >= 6
        assert "/groups/" in page
        assert len([each for each in asked.captured_queries if "SAVEPOINT" not in each["sql"]]) <= QUERIES


class HiddenTests:
    def test_whoever_is_not_public_is_found_by_nobody(self, menders: list[Initiative]) -> None:
        before = ask(doing=MENDING, where="Ghent").content
        assert b"Bristol Fixers" in before
        Initiative.objects.filter(name="Bristol Fixers").update(review_state="withdrawn")
        assert b"Bristol Fixers" not in ask(doing=MENDING, where="Ghent").content


class ErrorTests:
    def test_stands_first_leads_to_the_field_and_keeps_what_was_written(self) -> None:
        response = ask(doing="", need="a <shed>")
        page = text(response)
        assert response.status_code == 422
        assert "<title>Error: Find your peers" in page
        assert '<a href="#id_doing">Write what you do: a sentence is enough.</a>' in page
        assert "autofocus" in page
        assert 'value="a &lt;shed&gt;"' in page

    def test_an_unknown_place_is_said_and_the_rest_answered(self, menders: list[Initiative]) -> None:
        response = ask(doing=MENDING, where="Atlantis")
        page = text(response)
        assert response.status_code == 422
        assert page.count("No town is known here as “Atlantis”") == 2
        assert "Bristol Fixers" in names(page)

    @pytest.mark.parametrize(
        "said",
        [
            *(
                "repair",
                "x",
                "!!!",
                "🚲",
                "\0",
                "a\0b",
                "修理",
                "الإصلاح",
                "<script>alert(1)</script>",
                "\udcff",
                "{{ 7 }}",
            ),
            *("a" * 50_000, "tuin " * 10_000, "e\u0301" * 25_000, "'\"\\%_" * 10_000, "\u202e" * 2_000, "ﷺ" * 2_000),
        ],
    )
    @pytest.mark.parametrize("by_script", [False, True])
    def test_whatever_is_written_is_answered(self, said: str, by_script: bool) -> None:
        people.city("Ghent")
        said = said.encode(errors="replace").decode()
        response = ask(doing=said, where=said, domain=said, need=said, offer=said, by_script=by_script)
        assert response.status_code == 422
        assert "<script>alert" not in text(response)
        assert ask(doing=said, by_script=by_script).status_code in (200, 422)

    def test_a_body_that_is_no_form_is_a_form_left_empty(self) -> None:
        response = Client().post(PAGE, b"{]\xff", content_type="application/json")
        assert response.status_code == 422


class TraceTests:
    def test_nothing_is_stored_anywhere(
        self, menders: list[Initiative], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ) -> None:
        secret = "quetzalcoatlus"
        with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as asked:
            response = ask(doing=f"{MENDING} {secret}", where=secret, need=secret, offer=secret)
        assert secret in text(response)
        assert not response.cookies
        assert "no-store" in response["Cache-Control"]
        (counted,) = [each["sql"] for each in asked.captured_queries if not _only_reads(each["sql"])]
        assert counted.split()[:3] == ["INSERT", "INTO", "initiatives_mailbudget"]  # that this network asked
        assert secret not in counted
        assert secret not in "".join(each for each in (*capfd.readouterr(), *_logged(caplog)))

    def test_it_stands_in_no_address(self, menders: list[Initiative]) -> None:
        page = text(ask(doing=f"{MENDING} quetzalcoatlus"))
        assert [link for link in re.findall(r'(?:href|action|src)="([^"]*)"', page) if "quetzal" in link] == []

    def test_a_form_of_another_site_is_answered_too_since_nothing_is_done(self, menders: list[Initiative]) -> None:
        strict = Client(enforce_csrf_checks=True)
        response = strict.post(PAGE, {"doing": MENDING}, headers={"Origin": "https://elsewhere.example"})
        assert (response.status_code, dict(response.cookies)) == (200, {})


class PartTests:
    def test_a_script_gets_the_answers_alone(self, menders: list[Initiative]) -> None:
        whole, part = text(ask(doing=MENDING)), text(ask(doing=MENDING, by_script=True))
        assert names(part) == names(whole)
        assert ("<html" in whole, "<html" in part, "<form" in part) == (True, False, False)
        assert len(re.findall(r"data-said>\s*\d+ initiative", part)) == 1

    def test_and_what_is_wrong_in_words(self) -> None:
        response = ask(doing="x" * 3000, by_script=True)
        assert response.status_code == 422
        assert text(response).strip() == (
            '<p class="notice" data-said>Use 2000 characters at most: these are 3000.</p>'
        )

    def test_only_this_page_may_run_a_script(self) -> None:
        for response in (Client().get(PAGE), ask(doing=MENDING)):
            assert "script-src 'self'; " in response["Content-Security-Policy"]
            assert "connect-src 'self'; " in response["Content-Security-Policy"]


def _only_reads(sql: str) -> bool:
    return sql.lstrip("( \n").upper().startswith(("SELECT", "WITH", "DECLARE", "SAVEPOINT", "RELEASE"))


def _logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    # What the test itself listens in on is no log of the site.
    return [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
