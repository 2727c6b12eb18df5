"""What the pages of the form take for an answer, in whatever order they are answered."""

from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from initiatives.forms.register import BY_SLUG, NamePage, Page, PlacePage, WorkPage
from initiatives.forms.register.answers import Answers
from initiatives.models import Registration
from initiatives.models.initiative import MISSION_LENGTH
from tests import people
from tests.registering import LONG, SHORT, vocabulary


def page(slug: str, **said: Any) -> Page:
    query = QueryDict(mutable=True)
    for name, value in said.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return BY_SLUG[slug](query)


def answers(pages: dict[str, dict[str, Any]]) -> Answers:
    return Answers({slug: page(slug, **said).said for slug, said in pages.items()})


class NameTests:
    def test_says_how_long_a_mission_may_be(self) -> None:
        assert f" {MISSION_LENGTH} " in str(NamePage.base_fields["mission"].help_text)

    def test_a_line_is_a_line(self) -> None:
        form = page("name", name=" Mend \n in\tGhent ", mission="We mend.")
        assert form.is_valid()
        assert form.cleaned_data["name"] == "Mend in Ghent"


@pytest.mark.django_db
class PlaceTests:
    def test_only_what_works_widely_may_have_no_city(self) -> None:
        people.city("Ghent")
        assert not page("place", reach="regional").is_valid()
        form = page("place", reach="national", country="België")
        assert form.is_valid()
        assert form.cleaned_data["country"] == "BE"
        assert not page("place", reach="national", country="Narnia").is_valid()

    def test_a_reach_that_is_none_is_refused(self) -> None:
        people.city("Ghent")
        assert list(page("place", where="Ghent", reach="galactic").errors) == ["reach"]

    def test_the_question_of_the_country_is_told_as_its_name(self) -> None:
        form = page("place", reach="national", country="be")
        assert ("Country", "Belgium") in [(str(label), value) for label, value in form.shown()]
        assert isinstance(form, PlacePage)


@pytest.mark.django_db
class WorkTests:
    def test_four_fields_at_most_and_the_main_one_once(self) -> None:
        slugs = ["food", "energy", "housing", "mobility", "education"]
        for slug in slugs:
            people.domain(slug)
        form = page("work", domain="food", others=["food", "energy", "housing", "mobility"])
        assert form.is_valid()
        assert isinstance(form, WorkPage)
        assert [domain.slug for domain in form.domains()] == ["food", "energy", "housing", "mobility"]
        assert list(page("work", domain="food", others=slugs[1:]).errors) == ["others"]

    def test_words_are_parted_by_commas_and_each_stands_once(self) -> None:
        people.domain("food")
        assert page("work", domain="food", tags="Tools, repair café;tools\n").value("tags") == ["tools", "repair café"]
        assert list(page("work", domain="food", tags=", ".join(map(str, range(11)))).errors) == ["tags"]
        assert list(page("work", domain="food", tags="x" * 61).errors) == ["tags"]


class ExchangeTests:
    def test_kind_and_terms_belong_to_it(self) -> None:
        assert list(page("exchange", offer_2="A room").errors) == ["offer_2_kind", "offer_2_terms"]
        assert list(page("exchange", want_1_kind="space").errors) == ["want_1"]
        assert page("exchange").is_valid()


class AboutTests:
    @pytest.mark.parametrize("website", ["javascript:alert(1)", "ftp://example.org", "a b", "http://", "x" * 600])
    def test_a_website_is_one(self, website: str) -> None:
        assert list(page("about", website=website).errors) == ["website"]

    def test_a_year_has_passed(self) -> None:
        for year in ("999", "9999", "soon", "-5", "２０１９x"):
            assert list(page("about", founded=year).errors) == ["founded"], year

    def test_how_sure_one_is_is_told_with_the_year(self) -> None:
        rows = dict(page("about", founded="1998", roughly="on").shown())
        assert "about 1998" in rows.values()


@pytest.mark.django_db
class AnswersTests:
    def test_a_country_is_that_of_the_city(self) -> None:
        vocabulary()
        told = answers(SHORT | {"place": {"where": "Gent", "reach": "national", "country": "France"}}).told()
        assert told.columns["country"] == "BE"

    def test_its_language_is_that_of_the_text(self) -> None:
        vocabulary()
        dutch = {"name": "Herstellers", "mission": "Wij herstellen samen met de buren kapotte lampen en radio’s."}
        assert answers(SHORT | {"name": dutch}).told().columns["language"] == "nl"

    def test_a_draft_of_long_ago_whose_field_of_work_is_gone_asks_again(self) -> None:
        vocabulary()
        assert answers(SHORT | {"work": {"domain": "alchemy"}}).first_open == "work"


class OrderTests(TestCase):
    """Whatever order the pages are answered in, and however often: the last answer to each stands, and all of them."""

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.tuples(st.sampled_from(sorted(LONG)), st.booleans()), max_size=15))
    def test_the_last_answer_to_each_page_stands(self, given_answers: list[tuple[str, bool]]) -> None:
        vocabulary()
        draft = Registration.objects.begin(language="en")
        expected: dict[str, dict[str, Any]] = {}
        for slug, is_long in given_answers:
            form = page(slug, **(LONG if is_long else SHORT)[slug])
            # Each time found anew through its link, as by a browser.
            Registration.objects.behind(draft.draft_token).answer(slug, form.said)
            expected[slug] = form.said
        kept = Registration.objects.behind(draft.draft_token).answers
        assert kept == expected
        open_pages = {slug for slug in ("name", "place", "work", "email") if slug not in expected}
        assert Answers(kept).first_open == next((slug for slug in SHORT if slug in open_pages), None)
