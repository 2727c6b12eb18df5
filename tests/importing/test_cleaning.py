"""What people type, and what is kept of it."""

import pytest

from initiatives.importing import cleaning, languages, sentences
from initiatives.importing.countries import country_code
from initiatives.importing.places import regions_agree, spellings
from initiatives.importing.verdicts import Refused


class WebsiteTests:
    @pytest.mark.parametrize(
        ("cell", "addresses"),
        [
            ("https://garden.example.org/", ["https://garden.example.org/"]),
            ("www.garden.example.org", ["http://www.garden.example.org"]),
            ("garden.jetzt", ["http://garden.jetzt"]),
            ("Http://garden.example.org", ["http://garden.example.org"]),
            ("www.http://garden.example.org/a", ["http://garden.example.org/a"]),
            ("http://a.example.org; www.b.example.org", ["http://a.example.org", "http://www.b.example.org"]),
            ("www.garden.example.org @garden", ["http://www.garden.example.org"]),
            ("http://gärten.example/x", ["http://gärten.example/x"]),
            ("http://a.example.org/a page.html", ["http://a.example.org/a"]),
            ("update6", []),
            ("-", []),
            ("www.garden", []),
            ("http://garden", []),
            ("somebody@example.org", []),
            ("javascript:alert(1)", []),
            ("Garden Street 13/14, London", []),
            (f"http://example.org/{'a' * 500}", []),
        ],
    )
    def test_what_is_an_address(self, cell: str, addresses: list[str]) -> None:
        assert cleaning.websites(cell)[0] == addresses

    def test_what_is_none_is_told(self) -> None:
        assert cleaning.websites("update6; http://a.example.org") == (["http://a.example.org"], ["update6"])

    def test_a_document_is_not_a_site(self) -> None:
        assert cleaning.is_document("http://example.org/plan.PDF?x=1")
        assert not cleaning.is_document("http://example.org/pdf")


class NameTests:
    @pytest.mark.parametrize("name", ["IéS", "15M", "A3S", "3D", "Тест на земята", "Contest", "Testbed Ghent"])
    def test_short_and_foreign_names_are_names(self, name: str) -> None:
        assert cleaning.checked_name(name) == name

    @pytest.mark.parametrize("name", ["", "  ", "A", "12345", "--", "!?", "test", "Test 2", "x" * 201, "\u200b"])
    def test_junk_is_refused(self, name: str) -> None:
        with pytest.raises(Refused):
            cleaning.checked_name(name)

    def test_what_nobody_sees_is_left_out(self) -> None:
        assert cleaning.checked_name("Re\u00adpair\u200b  Café\n") == "Repair Café"


class ContactTests:
    @pytest.mark.parametrize(
        "told",
        [
            "write to jo.green@example.org",
            "Tel. 02392 960640",
            "Telefon: +49 241 82808-12",
            "call +32 9 123 45 67",
            "0032 9 123 45 67",
            "bel 0471 12 45 67",
            "0471/12.45 67",
        ],
    )
    def test_addresses_and_numbers_of_people_are_left_out(self, told: str) -> None:
        text = cleaning.without_contacts(f"Open on Friday; {told} for more.")
        assert "[…]" in text
        assert not any(piece in text for piece in ("@", "960640", "82808", "45 67"))
        assert text.startswith("Open on Friday; ")
        assert text.endswith(" for more.")

    @pytest.mark.parametrize("told", ["Since 2008 / 27.06.2017.", "1,234,567 members", "2010-2015", "costs 1 200 000"])
    def test_other_numbers_stay(self, told: str) -> None:
        assert cleaning.without_contacts(told) == told


class YearTests:
    @pytest.mark.parametrize(
        ("told", "year"),
        [
            ("1998", (1998, "exact")),
            ("c. 1998", (1998, "approximate")),
            ("around", (None, "")),
            ("98", (None, "")),
            ("3000", (None, "")),
            ("founded by 1200 people", (None, "")),
        ],
    )
    def test_only_what_is_stated(self, told: str, year: tuple[int | None, str]) -> None:
        assert cleaning.year(told) == year


class PointTests:
    @pytest.mark.parametrize(
        ("north", "east"),
        [("0", "0"), ("91", "4"), ("51", "181"), ("", "4"), ("nan", "4"), ("inf", "1")],
    )
    def test_what_lies_nowhere_is_none(self, north: str, east: str) -> None:
        assert cleaning.point(north, east) is None

    def test_a_comma_is_a_point_too(self) -> None:
        assert cleaning.point("51,05", "-3.72") == (51.05, -3.72)


class CountryTests:
    @pytest.mark.parametrize(
        ("spelling", "code"),
        [
            ("Österreich", "AT"),
            ("ÖSterreich", "AT"),
            ("Austria", "AT"),
            ("at", "AT"),
            ("England", "GB"),
            ("UK", "GB"),
            ("uk", "GB"),
            ("GB", "GB"),
            ("SCOTLAND", "GB"),
            ("United Kingdom", "GB"),
            ("Ελλάδα", "GR"),
            ("EL", "GR"),
            ("Portogallo", "PT"),
            ("Slovenija", "SI"),
            ("România", "RO"),
            ("België", "BE"),
            ("Belgique", "BE"),
            ("Deutschland", "DE"),
            ("Isle of Man", "IM"),
            ("USA", "US"),
            ("The Netherlands", "NL"),
            ("България", "BG"),
            ("Europe", ""),
            ("Atlantis", ""),
            ("EU", ""),
            ("", ""),
        ],
    )
    def test_spellings(self, spelling: str, code: str) -> None:
        assert country_code(spelling) == code

    def test_a_list_may_have_spellings_of_its_own(self) -> None:
        assert country_code("Frace", {"frace": "FR"}) == "FR"


class CitySpellingTests:
    @pytest.mark.parametrize(
        ("told", "keys"),
        [
            ("Fano (PU)", ["fano (pu)", "fano", "pu"]),
            ("Redland, Bristol,", ["redland, bristol", "redland", "bristol"]),
            ("FORLI'", ["forli"]),
            ("CITTA' DI CASTELLO", ["citta di castello"]),
            ("4020 Linz", ["linz"]),
            ("Baden-Baden", ["baden-baden"]),
            ("4020", []),
            ("", []),
        ],
    )
    def test_the_whole_comes_before_its_parts(self, told: str, keys: list[str]) -> None:
        assert spellings(told) == keys

    def test_regions_agree_in_their_words(self) -> None:
        assert regions_agree("EMILIA ROMAGNA", "Emilia-Romagna")
        assert regions_agree("TRENTINO ALTO ADIGE (BOLZANO)", "Trentino-Alto Adige")
        assert not regions_agree("VENETO", "Lazio")


class LanguageTests:
    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("Wij herstellen samen kapotte toestellen in het buurthuis.", "nl"),
            ("We mend broken things together in the neighbourhood house.", "en"),
            ("Ripariamo insieme gli oggetti rotti nella casa di quartiere.", "it"),
            ("Μαζί επισκευάζουμε χαλασμένα πράγματα στη γειτονιά.", "el"),
            ("Vi reparerer ødelagte ting sammen i nabolagets hus.", "nb"),
            ("Slow Food Kiel", "und"),
            ("", "und"),
            ("12345 67890 12345 67890 12345", "und"),
        ],
    )
    def test_is_found_where_it_is_sure(self, text: str, language: str) -> None:
        found = languages.detected(text)
        assert found == language or {found, language} == {"nb", "da"}  # one written language, for so short a text

    def test_only_among_those_that_a_list_is_in(self) -> None:
        assert languages.detected("Ripariamo insieme gli oggetti rotti.", ["en", "de"]) in ("en", "de", "und")

    @pytest.mark.parametrize(("told", "code"), [("gr", "el"), ("NL", "nl"), ("cz", "cs"), ("und", "und"), ("qq", "")])
    def test_codes_that_people_write(self, told: str, code: str) -> None:
        assert languages.stated(told) == code


class LeadTests:
    def test_a_short_text_is_a_mission(self) -> None:
        assert sentences.lead("We mend. Come by.") == ("We mend. Come by.", "")

    def test_is_cut_between_sentences(self) -> None:
        text = " ".join(f"Sentence number {number} tells of the garden at some length." for number in range(12))
        lead, rest = sentences.lead(text)
        assert lead.endswith("length.")
        assert rest.startswith("Sentence number")
        assert f"{lead} {rest}" == text
        assert len(lead) <= 280

    def test_a_long_first_sentence_stays_whole(self) -> None:
        first = f"We {'really ' * 60}mend."
        assert sentences.lead(f"{first} Come by.") == (first, "Come by.")

    def test_abbreviations_end_no_sentence(self) -> None:
        text = f"Der Garten e. V. St. Johann hilft z. B. Nachbarn. {'Er ist offen. ' * 30}"
        assert sentences.lead(text)[0].startswith("Der Garten e. V. St. Johann hilft z. B. Nachbarn.")

    def test_a_paragraph_ends_it(self) -> None:
        assert sentences.lead("Our garden\nWe grow food.") == ("Our garden", "We grow food.")

    def test_what_a_list_repeats_is_said_once(self) -> None:
        assert sentences.without_repeated("We mend", "We mend. Come by.") == "Come by."
