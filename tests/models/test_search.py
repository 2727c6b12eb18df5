"""Search: accents, unfinished words, endings in each language, slips of the keyboard, and what is searched at all."""

import time

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from initiatives.importing.vocabulary import load_vocabulary
from initiatives.models import Initiative, SearchText, SearchWord, Translation, search
from initiatives.models.search import LONGEST_WORD, MOST_WORDS, asked_words, spelled
from tests import people

pytestmark = pytest.mark.django_db


def found(question: str) -> list[str]:
    return [each.name for each in Initiative.objects.published().saying(asked_words(question))]


class AskedWordsTests:
    @pytest.mark.parametrize(
        ("question", "asked"),
        [
            ("Café-Théâtre", ["cafe", "theatre"]),
            ("  repair\tcafé\n", ["repair", "cafe"]),
            ("l'orto", ["l", "orto"]),
            ("':*&|!()<->\\", []),
            ("a_b", ["a", "b"]),
            ("", []),
        ],
    )
    def test_they_are_folded_and_without_punctuation(self, question: str, asked: list[str]) -> None:
        assert asked_words(question) == asked

    def test_they_are_bounded(self) -> None:
        assert asked_words("word " * 10_000) == ["word"]
        assert len(asked_words(" ".join(map(str, range(1000))))) == MOST_WORDS
        assert asked_words("x" * 50_000) == ["x" * LONGEST_WORD]


class SayingTests:
    @pytest.mark.parametrize(
        ("written", "asked"),
        [
            ("Coöperatie De Wakkere Akker", "cooperatie wakkere"),
            ("Cooperatie Akker", "coöperatie"),
            ("Énergie citoyenne", "energie"),
            ("Nachbarschaftsgärten", "nachbarschaftsgarten"),
            ("Repair Café", "repair caf"),
            ("Gemeinschaftsgarten", "gemeinsch"),
            ("'t Uilekot", "t uilekot"),
            ("Fab-Lab 3.0", "fab lab 3"),
            ("Διονύσης", "διονυσης"),
            ("みんなの畑", "みんなの畑"),
            ("𝐂𝐨𝐦𝐦𝐨𝐧𝐬", "commons"),
        ],
    )
    def test_accents_case_and_unfinished_words_do_not_count(self, written: str, asked: str) -> None:
        people.initiative(name=written)
        people.initiative(name="Something else")
        assert found(asked) == [written]

    @pytest.mark.parametrize(
        ("language", "written", "asked"),
        [
            ("nl", "Wij herstellen oude fietsen.", "fiets"),
            ("nl", "Een tuin voor de buurt.", "tuinen"),
            ("en", "A garden for neighbours.", "gardens"),
            ("en", "They are lending tools.", "lends"),
            ("it", "Una biblioteca di attrezzi.", "attrezzo"),
            ("es", "Una huerta de vecinas.", "huertas"),
            ("ca", "Un hort per a les veïnes.", "horts"),
            ("fr", "Un jardin partagé.", "jardins partagés"),
            ("de", "Ein Garten mit Bäumen.", "baum"),
            ("de", "Gemeinsame Werkstatt.", "gemeinsamer"),
        ],
    )
    def test_endings_do_not_count_in_the_language_of_the_text(self, language: str, written: str, asked: str) -> None:
        people.initiative(name="One", language=language, mission=written)
        people.initiative(name="Other", language=language, mission="Radio")
        assert found(asked) == ["One"]

    def test_every_word_must_occur(self) -> None:
        people.initiative(name="Garden")
        people.initiative(name="Garden of Tools")
        assert found("garden tool") == ["Garden of Tools"]

    def test_words_may_stand_in_different_fields(self) -> None:
        people.initiative(name="Bike kitchen", city=people.city("Ghent"), tags=["steel"])
        people.initiative(name="Bike kitchen of Lille", city=people.city("Lille"))
        assert found("bike gent steel") == ["Bike kitchen"]

    @pytest.mark.parametrize(
        "asked",
        [
            "Zonnekracht",
            "zk",
            "windmolen",
            "uitleg",
            "fietskeuken",
            "kitchen",
            "werkplaats",
            "lokaal",
            "warmte",
            "Gand",
            "Ghent",
            "energie",
            "Energy",
            "turbine",
        ],
    )
    def test_everything_that_a_listing_says_is_searched(self, asked: str) -> None:
        people.tag("fietskeuken", synonym_of=people.tag("bike kitchen"))
        listing = people.initiative(
            name="Zonnekracht",
            nickname=["ZK"],
            mission="Een windmolen",
            description="Met uitleg",
            language="nl",
            tags=["fietskeuken"],
            wants=["Een werkplaats"],
            domains=["energy"],
            city=people.city("Ghent", names={"en": "Ghent", "nl": "Gent", "fr": "Gand"}),
            translations={"en": "A turbine"},
        )
        offered = people.exchange(of=listing, title="Een lokaal")
        offered.tags.add(people.tag("warmte"))
        search.refresh([listing.pk])
        people.initiative(name="Other", city=people.city("Lille"))
        assert found(asked) == ["Zonnekracht"]

    def test_what_stays_inside_is_not_searched(self) -> None:
        people.initiative(contact="secret@example.org", street_address="Hiddenstreet 1")
        assert (found("secret"), found("hiddenstreet")) == ([], [])

    def test_nothing_asked_finds_everything(self) -> None:
        people.initiative(name="One")
        assert found("") == ["One"]
        assert found("?!") == ["One"]


class NearestTests:
    def test_the_name_weighs_more_than_the_rest(self) -> None:
        for name, mission in (("A list", "of gardens and a garden"), ("Garden", "A place"), ("B list", "garden")):
            people.initiative(name=name, mission=mission)
        asked = asked_words("garden")
        ranked = Initiative.objects.published().saying(asked).ranked(asked).sorted_by("nearest")
        assert [each.name for each in ranked] == ["Garden", "A list", "B list"]


class SpelledTests:
    @pytest.mark.parametrize("slip", ["gardne", "gaden", "gardenn", "garten"])
    def test_a_word_that_nobody_says_becomes_the_likest(self, slip: str) -> None:
        people.initiative(name="Garden of Tools")
        assert spelled([slip]) == ["garden"]

    def test_a_word_that_somebody_says_stays(self) -> None:
        people.initiative(name="Garden")
        people.initiative(name="Garten")
        assert spelled(["garten", "gard"]) == ["garten", "gard"]

    def test_a_word_like_no_other_stays(self) -> None:
        people.initiative(name="Garden")
        assert spelled(["xylophone"]) == ["xylophone"]

    def test_words_of_hidden_listings_are_not_offered(self) -> None:
        people.initiative(name="Xylophones", review_state="submitted")
        people.initiative(name="Xylophonist")
        assert spelled(["xylophonex"]) == ["xylophonist"]


PLACE = {"ghent", "gent"}


def stored() -> set[tuple[int, str, str, str]]:
    return set(SearchText.objects.values_list("initiative", "language", "config", "vector"))


class RefreshTests:
    def test_it_writes_what_a_rebuild_writes(self) -> None:
        one = people.initiative(tags=["wood"], wants=["A room"], translations={"nl": "Een tuin"}, domains=["food"])
        people.initiative(name="Other", language="it", mission="Un orto")
        before = stored()
        assert search.refresh(Initiative.objects.values_list("pk", flat=True)) == 2
        assert stored() == before
        assert {language for key, language, *_ in before if key == one.pk} == {"en", "nl"}

    def test_what_is_said_no_more_is_found_no_more(self) -> None:
        listing = people.initiative(name="Garden", translations={"nl": "Een tuin"})
        Translation.objects.all().delete()
        Initiative.objects.update(name="Kitchen")
        assert (found("garden"), found("tuin")) == (["Kitchen"], ["Kitchen"])
        search.refresh([listing.pk])
        assert (found("garden"), found("tuin"), found("kitchen")) == ([], [], ["Kitchen"])

    def test_the_command_rebuilds_the_same_and_forgets_old_words(self, capsys: pytest.CaptureFixture[str]) -> None:
        people.initiative(name="Garden", translations={"nl": "Een tuin"}, tags=["wood"])
        people.initiative(name="Radio").delete()
        before = stored()
        assert set(SearchWord.objects.values_list("word", flat=True)) == {
            "garden",
            "een",
            "tuin",
            *PLACE,
            "wood",
            "radio",
        }
        call_command("refresh_search")
        assert capsys.readouterr().out == "1 listings refreshed\n"
        assert stored() == before
        assert set(SearchWord.objects.values_list("word", flat=True)) == {"garden", "een", "tuin", *PLACE, "wood"}

    def test_more_than_one_batch_is_written(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(search, "BATCH", 2)
        for number in range(5):
            people.initiative(name=f"Garden {number}")
        before = stored()
        assert search.refresh(iter(Initiative.objects.values_list("pk", flat=True))) == 5
        assert stored() == before


class HostileTests:
    @pytest.mark.parametrize(
        "question",
        [
            "\0",
            "a\0b",
            "':*&|!()<->",
            "'''\\\\''",
            "a:*b & !c | (d",
            '"garden" OR 1=1 --',
            "x" * 50_000,
            "word " * 10_000,
            "é" * 5_000 + "\u0301" * 5_000,
            "\ud7ff\uffff\U0010ffff",
            "%_%\\",
            "\u202e\u200b",
        ],
        ids=range(12),
    )
    def test_a_question_is_answered_whatever_it_is(self, question: str) -> None:
        people.initiative(name="Garden")
        start = time.perf_counter()
        asked = asked_words(question)
        assert len(found(question)) == len(found(" ".join(asked)))
        assert len(spelled(asked)) == len(asked)
        assert time.perf_counter() - start < 2

    @settings(deadline=None, max_examples=25)
    @given(st.text(max_size=80))
    def test_any_text_can_be_asked(self, question: str) -> None:
        assert found(question) == []
        spelled(asked_words(question))

    @settings(deadline=None, max_examples=25)
    @given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=60))
    def test_any_name_can_be_found_by_its_own_words(self, name: str) -> None:
        listing = people.initiative(name=name)
        assert listing.name in found(name)


class NamesTests:
    def test_a_listing_is_found_by_every_name_of_its_tags_and_licences(self) -> None:
        workshop = people.tag("bicycle workshop")
        workshop.names = {"en": "bicycle workshop", "nl": "fietswerkplaats"}
        workshop.save()
        people.tag("taller de bicis", synonym_of=workshop)
        people.tag("bikekitchen", synonym_of=workshop)
        people.initiative(name="One", tags=["bicycle workshop"])
        people.initiative(name="Two", tags=["bikekitchen"])
        people.initiative(name="Three", licences=[("CC-BY-SA-4.0", "content")])
        for question in ("fietswerkplaats", "taller bicis", "bikekitchen", "bicycle workshop"):
            assert found(question) == ["One", "Two"], question
        for question in ("CC-BY-SA-4.0", "cc by-sa"):
            assert found(question) == ["Three"], question

    def test_what_is_no_longer_offered_is_not_found(self) -> None:
        listing = people.initiative()
        people.exchange(of=listing, title="Ladder", expires_on="2020-01-01")
        people.exchange(of=listing, title="Hammer", expires_on=timezone.localdate())
        search.refresh([listing.pk])
        assert (found("ladder"), found("hammer")) == ([], [listing.name])

    def test_new_names_are_searched_when_the_vocabulary_has_been_loaded(self) -> None:
        listing = people.initiative(tags=["bicycle workshop"], city=None, geographic_scope="national")
        assert found("fietswerkplaats") == []
        load_vocabulary()
        assert found("fietswerkplaats") == [listing.name]
