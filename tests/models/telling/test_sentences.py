"""Reasons as sentences: between two listings, and told to whoever asks; foreign words say their language."""

from typing import Any

import pytest
from django.utils.translation import override

from initiatives.models import Activity
from initiatives.models.telling import Book
from initiatives.models.telling.marks import plain
from tests import people

MENDING = Activity(
    code="repair",
    said_of_both={"en": "Both mend things.", "nl": "Beide repareren."},
    said_of_all={"en": "They mend things.", "nl": "Ze repareren."},
)


def reason(kind: str, **evidence: Any) -> dict[str, Any]:
    return {"kind": kind, "strength": 0.5, "evidence": evidence}


def pair(told: dict[str, Any], *languages: str, **names: Any) -> str:
    (found,) = Book(activities={"repair": MENDING}, **names).pair([told], languages or ("", ""))
    return str(found.sentence)


def asker(told: dict[str, Any], *languages: str, **names: Any) -> list[str]:
    found = Book(activities={"repair": MENDING}, **names).with_asker([told], languages or ("", ""))
    return [str(each.sentence) for each in found]


class LanguageTests:
    def test_words_of_the_readers_language_say_none(self) -> None:
        assert pair(reason("shared_words", words=["bike"]), "en-GB", "en") == "Both speak of <mark>bike</mark>."
        with override("nl"):
            assert '<mark lang="en-GB">bike</mark>' in pair(reason("shared_words", words=["bike"]), "en-GB", "en")

    def test_shared_words_are_spelled_by_the_first(self) -> None:
        told = pair(reason("shared_words", words=["fiets"]), "nl", "en")
        assert told == 'Both speak of <mark lang="nl">fiets</mark>.'

    def test_word_pairs_are_of_two_languages(self) -> None:
        told = pair(reason("words_across", pairs=[["fiets", "bici"]]), "nl", "it")
        assert '<mark lang="nl">fiets</mark> is <mark lang="it">bici</mark>' in told

    def test_terms_of_the_same_work_are_each_in_their_own(self) -> None:
        told = pair(reason("same_work", activity="repair", words=["reparatie", "repair"]), "nl", "en")
        assert told == 'Both mend things (<mark lang="nl">reparatie</mark> and <mark>repair</mark>).'

    def test_a_term_that_two_languages_have_is_in_neither(self) -> None:
        told = pair(reason("same_work", activity="repair", words=["repair café"] * 2), "nl", "fr")
        assert told == "Both mend things (<mark>repair café</mark>)."

    def test_need_and_offer_are_each_in_their_own_whichever_comes_first(self) -> None:
        names = {"names": {1: "Eén", 2: "Due"}}
        asked = reason("need_meets_offer", wants=1, offers=2, want="schuur", offer="rimessa", metres=None)
        given = reason("need_meets_offer", wants=2, offers=1, want="rimessa", offer="schuur", metres=None)
        for told in (asked, given):
            said = pair(told, "nl", "it", **names)
            assert '<mark lang="nl">schuur</mark>' in said
            assert '<mark lang="it">rimessa</mark>' in said

    def test_words_of_a_group_are_each_in_theirs(self) -> None:
        shared = reason("shared_words", words={"en": ["bike"], "nl": ["fiets"]}) | {"members": [1, 2]}
        (told,) = Book().group([shared], [1, 2])
        assert told.sentence == 'They speak of <mark>bike</mark> and <mark lang="nl">fiets</mark>.'

    def test_words_of_a_member_are_in_its_own(self) -> None:
        shared = reason("shared_words", words=["fiets"], **{"with": [2]})
        (told,) = Book(names={2: "Due"}).member([shared], "nl")
        assert told.sentence == 'Speaks of <mark lang="nl">fiets</mark>, like Due.'

    def test_nothing_that_somebody_wrote_is_taken_for_html(self) -> None:
        told = pair(reason("shared_words", words=["<b>"]), '"><i>', "nl")
        assert told == 'Both speak of <mark lang="&quot;&gt;&lt;i&gt;">&lt;b&gt;</mark>.'

    def test_files_have_no_marks(self) -> None:
        (told,) = Book(mark=plain).pair([reason("shared_words", words=["fiets", "bel"])], ("nl", "en"))
        assert told.sentence == "Both speak of fiets and bel."


class AskerTests:
    @pytest.mark.parametrize(
        ("told", "sentence"),
        [
            (reason("shared_words", words=["bike"]), "You both speak of <mark>bike</mark>."),
            (
                reason("same_work", activity="repair", words=["repair", ""]),
                "They mend things, like you (<mark>repair</mark>).",
            ),
            (reason("same_work", activity="repair", words=[]), "They mend things, like you."),
            (reason("nearby", metres=650), "They are <mark>650 m</mark> from you."),
            (reason("same_city", city=None, city_name="Ghent"), "They are in <mark>Ghent</mark> too."),
            (
                reason("need_meets_offer", wants=0, offers=7, want="a shed", offer="a barn", metres=None),
                "You look for: <mark>a shed</mark>. Seven offers: <mark>a barn</mark>.",
            ),
            (
                reason("need_meets_offer", wants=7, offers=0, want="a shed", offer="a barn", metres=None),
                "You offer: <mark>a barn</mark>. Seven looks for: <mark>a shed</mark>.",
            ),
            (
                reason("need_meets_offer", wants=0, offers=7, want="a shed", offer="a barn", metres=1200),
                "You look for: <mark>a shed</mark>. Seven, 1.2 km away, offers: <mark>a barn</mark>.",
            ),
        ],
    )
    def test_the_reader_is_spoken_to(self, told: dict[str, Any], sentence: str) -> None:
        assert asker(told, names={7: "Seven"}) == [sentence]

    def test_in_dutch_too(self) -> None:
        with override("nl"):
            assert asker(reason("same_work", activity="repair", words=[])) == ["Ze repareren, net als jij."]

    def test_whoever_is_not_public_is_not_told_of(self) -> None:
        told = reason("need_meets_offer", wants=0, offers=7, want="a shed", offer="a barn", metres=None)
        assert asker(told, names={}) == []

    def test_what_nobody_asks_about_is_left_out(self) -> None:
        assert asker(reason("verdict")) == []


@pytest.mark.django_db
class BookTests:
    def test_knows_the_names_that_the_reasons_of_an_asker_speak_of(self) -> None:
        other = people.initiative(name="Barn of All")
        told = reason("need_meets_offer", wants=0, offers=other.pk, want="a shed", offer="a barn", metres=None)
        (found,) = Book.of([told]).with_asker([told])
        assert "Barn of All" in found.sentence
