"""What somebody says who looks for peers, and what the engine is asked with it."""

from typing import Any

import pytest
from django.http import QueryDict
from django.utils.translation import override

from initiatives.forms.find_peers import LONGEST_TEXT, FindPeersForm
from initiatives.overlap.values import Listing
from tests import people

pytestmark = pytest.mark.django_db

MENDING = "We mend broken things with our neighbours on the first Saturday of the month."


def form(**said: str) -> FindPeersForm:
    return FindPeersForm(said)


def asked(**said: str) -> Listing:
    told = form(**said)
    assert told.can_be_answered
    return told.asked()


def errors(**said: str) -> dict[str, Any]:
    with override("en"):
        return dict(form(**said).errors)


class RequiredTests:
    def test_only_what_one_does(self) -> None:
        assert errors(doing="x") == {}
        assert errors(where="") == {"doing": ["Write what you do: a sentence is enough."]}

    @pytest.mark.parametrize("said", ["!!!", "🚲🔧", "…", "\0\0", " \n "])
    def test_in_words(self, said: str) -> None:
        assert list(errors(doing=said)) == ["doing"]

    @pytest.mark.parametrize("said", ["repair", "самопомощь", "自転車を直す", "<b>bikes</b>", "a\0b", "ﷺ", "e\u0301"])
    def test_in_any_script(self, said: str) -> None:
        assert errors(doing=said) == {}

    def test_not_too_many(self) -> None:
        assert errors(doing="é" * LONGEST_TEXT) == {}
        assert errors(doing="é" * 50_000) == {"doing": ["Use 2000 characters at most: these are 50000."]}
        assert list(errors(doing="bikes", need="x" * 201)) == ["need"]

    def test_browsers_cut_nothing_of_what_is_pasted(self) -> None:
        assert "maxlength" not in str(form()["doing"])

    def test_an_unknown_place_or_field_does_not_stand_in_the_way(self) -> None:
        for said in ({"where": "Atlantis"}, {"domain": "alchemy"}, {"need": "!"}):
            told = form(doing=MENDING, **said)
            assert list(told.errors) == list(said)
            assert told.can_be_answered
            assert told.asked().mission == MENDING
        assert not form(where="Atlantis").can_be_answered


class AskedTests:
    def test_has_text_language_place_and_field(self) -> None:
        ghent, _ = people.city("Ghent"), people.domain("repair-reuse")
        told = asked(doing=MENDING, where="gand", domain="repair-reuse")
        assert (told.key, told.name, told.mission, told.language) == (0, "", MENDING, "en")
        assert (told.city, told.city_name, told.country) == (ghent.pk, "Ghent", "BE")
        assert told.domains == ("repair_reuse",)
        # The middle of a city would make neighbours of all who live there.
        assert (told.latitude, told.longitude) == (None, None)

    def test_tells_the_language_of_the_text_not_of_the_page(self) -> None:
        with override("nl"):
            assert asked(doing=MENDING).language == "en"

    def test_takes_few_words_for_the_language_of_the_page(self) -> None:
        with override("nl"):
            assert asked(doing="fiets").language == "nl"

    def test_a_long_text_begins_with_its_first_sentences(self) -> None:
        told = asked(doing=f"{MENDING} " * 10)
        assert told.mission.endswith("month.")
        assert len(told.mission) <= 280
        assert f"{told.mission} {told.description}" == (f"{MENDING} " * 10).strip()

    def test_a_need_may_be_met_by_whatever_kind_of_thing_is_offered(self) -> None:
        told = asked(doing=MENDING, need="a shed")
        assert {(each.direction, each.title) for each in told.exchanges} == {("want", "a shed")}
        assert {each.item_type for each in told.exchanges} >= {"space", "good", "knowledge"}


class PrefilledTests:
    def test_with_the_place_and_field_of_a_link_and_no_text(self) -> None:
        people.city("Ghent")
        with override("nl"):
            shown = FindPeersForm.prefilled(QueryDict("where=ghent&domain=food&doing=secret"))
        assert (shown["where"].value(), shown["domain"].value()) == ("Gent", "food")
        assert shown["doing"].value() is None

    def test_an_unknown_place_stays_as_it_was_written(self) -> None:
        assert FindPeersForm.prefilled(QueryDict("where=Atlantis%00"))["where"].value() == "Atlantis\ufffd"
