"""What becomes of rows: every verdict, and what is in the directory afterwards."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.importing import lists as importing
from initiatives.importing.mapping import UnknownMapping, load
from initiatives.importing.verdicts import Unreadable, Verdict
from initiatives.models import City, DuplicatePair, Initiative, Outbox, Source, Tag
from initiatives.tasks.overlaps import compute_overlaps
from tests.importing.lists import geojson, mapping, only, outcomes, table, taken, write
from tests.people import city, domain, initiative

pytestmark = pytest.mark.django_db
TEXT = "We grow vegetables together behind the old brewery, and cook what we harvest."


@pytest.fixture(autouse=True)
def _vocabulary() -> None:
    domain("agriculture-land")
    domain("repair-reuse")


def other_ghent() -> City:
    """In the state of New York, and called the same."""
    own = {"country": "US", "names": {"en": "Ghent"}, "aliases": ["ghent"], "latitude": 42.3, "longitude": -73.6}
    return city("Ghent in America", **own)


class NewTests:
    def test_a_row_becomes_a_published_listing(self, tmp_path: Path) -> None:
        ghent = city("Ghent")
        row = {
            "text": TEXT,
            "site": "www.brewery.example.org",
            "town": "Gand",
            "land": "Belgique",
            "kind": "garden; coop",
            "keywords": "Vegetables, Soup",
            "since": "2011",
        }
        listing = only(tmp_path, row)
        assert listing.review_state == "published"
        assert (listing.mission, listing.description, listing.language) == (TEXT, "", "en")
        assert listing.primary_url == "http://www.brewery.example.org"
        assert (listing.city, listing.country) == (ghent, "BE")
        assert (listing.status, listing.geographic_scope) == ("unknown", "unknown")
        assert (listing.founded_year, listing.founded_precision) == (2011, "exact")
        assert [row.domain.code for row in listing.domain_rows.all()] == ["agriculture_land"]
        assert sorted(listing.tags.names()) == ["community garden", "soup", "vegetables"]
        assert listing.organisational_structure == "workers_cooperative"
        assert (listing.source, listing.source_id, listing.data_licence) == ("neighbours", "1", "CC0-1.0")

    def test_its_source_is_kept(self, tmp_path: Path) -> None:
        only(tmp_path, {})
        assert Source.objects.called("neighbours").name == "List of the neighbours"

    def test_the_overlaps_are_told_of_it(self, tmp_path: Path) -> None:
        listing = only(tmp_path, {})
        assert [row.payload for row in Outbox.objects.waiting_for("overlap")] == [{"initiatives": [listing.pk]}]

    def test_it_is_found_by_searching(self, tmp_path: Path) -> None:
        listing = only(tmp_path, {"title": "Krokusgaarde"})
        initiative(name="Another")
        assert list(Initiative.objects.published().saying(["krokus"])) == [listing]

    def test_may_wait_at_the_desk(self, tmp_path: Path) -> None:
        taken(mapping(tmp_path), table(tmp_path, [{}]), state="submitted")
        assert Initiative.objects.get().review_state == "submitted"
        assert not Initiative.objects.published().exists()

    def test_what_is_empty_stays_empty(self, tmp_path: Path) -> None:
        listing = only(tmp_path, {})
        assert (listing.mission, listing.language, listing.primary_url, listing.country) == ("", "und", "", "")
        assert (listing.city, listing.latitude, listing.founded_year) == (None, None, None)

    def test_texts_in_further_languages_are_translations(self, tmp_path: Path) -> None:
        dutch = "Wij telen samen groenten achter de oude brouwerij."
        listing = only(tmp_path, {"text": TEXT, "text:nl": dutch})
        assert [(row.language, row.mission) for row in listing.translations.all()] == [("nl", dutch)]

    def test_the_only_text_is_its_own_in_whatever_language(self, tmp_path: Path) -> None:
        dutch = "Wij telen samen groenten achter de oude brouwerij."
        listing = only(tmp_path, {"text:nl": dutch})
        assert (listing.language, listing.mission, listing.translations.count()) == ("nl", dutch, 0)

    def test_addresses_of_people_are_not_taken(self, tmp_path: Path) -> None:
        listing = only(tmp_path, {"text": f"{TEXT} Write to jo@example.org [removed] or Tel. 09 123 45 67 89."})
        assert listing.mission == f"{TEXT} Write to […] or […]."


class PlaceTests:
    def test_of_namesakes_the_one_in_the_country(self, tmp_path: Path) -> None:
        city("Ghent")
        other_ghent()
        assert only(tmp_path, {"town": "Ghent", "land": "USA"}).country == "US"

    def test_of_namesakes_the_one_where_the_point_is(self, tmp_path: Path) -> None:
        other_ghent()
        ghent = city("Ghent")
        assert only(tmp_path, {"town": "Ghent", "lat": "51.06", "lon": "3.7"}).city == ghent

    def test_of_namesakes_the_one_in_the_region(self, tmp_path: Path) -> None:
        city("Castro one", aliases=["castro"], country="IT", region="Puglia")
        other = city("Castro two", aliases=["castro"], country="IT", region="Lombardia")
        assert only(tmp_path, {"town": "CASTRO", "land": "IT", "province": "LOMBARDIA"}).city == other

    def test_between_namesakes_nothing_is_guessed(self, tmp_path: Path) -> None:
        city("Ghent")
        other_ghent()
        verdict = taken(mapping(tmp_path), table(tmp_path, [{"town": "Ghent"}]))[0]
        assert verdict.notes == ("2 cities are called “ghent”: left out",)
        listing = Initiative.objects.get()
        assert (listing.city, listing.country, listing.street_address) == (None, "", "Ghent")

    @pytest.mark.parametrize("town", ["Gent", "GAND", "Sint-Amandsberg, Ghent", "9000 Gent", "Gent (BE)"])
    def test_any_of_its_names_will_do(self, tmp_path: Path, town: str) -> None:
        ghent = city("Ghent")
        assert only(tmp_path, {"town": town, "land": "be"}).city == ghent

    def test_other_scripts_too(self, tmp_path: Path) -> None:
        athens = city("Athens", country="GR", aliases=["athens", "αθηνα"])
        assert only(tmp_path, {"town": "Αθήνα", "land": "Ελλάδα"}).city == athens

    def test_a_town_that_the_list_of_cities_lacks_stays_in_the_address(self, tmp_path: Path) -> None:
        listing = only(tmp_path, {"town": "Tiny Hamlet", "street": "Mill Lane", "number": "3", "land": "UK"})
        assert (listing.city, listing.country, listing.street_address) == (None, "GB", "Mill Lane 3, Tiny Hamlet")

    def test_a_point_far_from_its_town_is_wrong(self, tmp_path: Path) -> None:
        bristol = city("Bristol")
        row = {"town": "Bristol", "land": "GB", "lat": "-2.6", "lon": "51.46"}
        verdict = taken(mapping(tmp_path), table(tmp_path, [row]))[0]
        assert [note.rpartition(":")[2] for note in verdict.notes] == [" left out"]
        listing = Initiative.objects.get()
        assert (listing.city, listing.latitude) == (bristol, None)

    def test_a_point_off_the_earth_is_left_out_and_told(self, tmp_path: Path) -> None:
        verdict = taken(mapping(tmp_path), table(tmp_path, [{"lat": "151", "lon": "3"}]))[0]
        assert verdict.notes == ("not a point on earth: “151, 3”",)
        assert Initiative.objects.get().latitude is None

    def test_two_countries_are_none(self, tmp_path: Path) -> None:
        verdict = taken(mapping(tmp_path), table(tmp_path, [{"land": "Belgum; France"}]))[0]
        assert verdict.notes == ("2 countries are named, so none is taken: BE, FR",)
        assert Initiative.objects.get().country == ""


class RefusedTests:
    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            ({"title": ""}, "it has no name"),
            ({"title": "Test 12"}, "“Test 12” looks like a test"),
            ({"title": "123"}, "“123” is no name"),
            ({"id": ""}, "it has no id"),
            ({"id": "x" * 301}, "its identity has 301 characters; 300 are the most"),
            ({"kind": "Book"}, "it is a book"),
            ({"title": "A\0B"}, "“title” holds a control character (U+0000)"),
            ({"text": "a\x08b"}, "“text” holds a control character (U+0008)"),
            ({"text": "a" * 50_001}, "“text” has 50,001 characters; 50,000 are the most"),
        ],
    )
    def test_with_row_number_and_reason(self, tmp_path: Path, row: dict[str, Any], reason: str) -> None:
        sound = {"title": "Before"}, {"title": "After"}
        verdicts = taken(mapping(tmp_path), table(tmp_path, [sound[0], row, sound[1]]))
        assert outcomes(verdicts) == ["new", "refused", "new"]
        assert (verdicts[1].row, verdicts[1].reason) == (3, reason)
        assert set(Initiative.objects.values_list("name", flat=True)) == {"Before", "After"}

    def test_a_rule_has_its_exceptions(self, tmp_path: Path) -> None:
        assert only(tmp_path, {"kind": "Book", "site": "http://book.example.org"})

    def test_bytes_that_are_no_text(self, tmp_path: Path) -> None:
        file = write(tmp_path / "list.csv", b"id,title\r\n1,Caf\xe9\r\n2,Caf\xc3\xa9\r\n")
        verdicts = taken(mapping(tmp_path), file)
        assert outcomes(verdicts) == ["refused", "new"]
        assert verdicts[0].reason == "“title” holds bytes that are not in the file’s encoding"
        assert Initiative.objects.get().name == "Café"

    def test_a_row_with_more_cells_than_the_header(self, tmp_path: Path) -> None:
        file = write(tmp_path / "list.csv", b"id,title\r\n1,Garden,open,daily\r\n2,Orchard\r\n")
        assert [str(each) for each in taken(mapping(tmp_path), file)] == [
            "row 2 “Garden”: refused: it has 4 cells, the header 2",
            "row 3 “Orchard”: new",
        ]

    def test_an_identity_that_a_row_before_has(self, tmp_path: Path) -> None:
        file = table(tmp_path, [{"id": "a", "title": "Garden"}, {"id": "a", "title": "Orchard"}])
        for expected in (["new", "refused"], ["same", "refused"]):
            assert outcomes(taken(mapping(tmp_path), file)) == expected
        assert Initiative.objects.get().name == "Garden"

    def test_what_the_database_does_not_take_leaves_the_others(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A rule of the database that no check foresaw: here, a check is taken away."""
        monkeypatch.setattr("initiatives.importing.cleaning.LONGEST_NAME", 1000)
        rows = [{"title": "Garden"}, {"title": "x" * 201}, {"title": "Orchard"}]
        verdicts = taken(mapping(tmp_path), table(tmp_path, rows))
        assert outcomes(verdicts) == ["new", "refused", "new"]
        assert verdicts[1].reason.startswith("the database does not take it: ")
        assert Initiative.objects.count() == 2


class AgainTests:
    def test_nothing_changes(self, tmp_path: Path) -> None:
        city("Ghent")
        rows = [{"text": TEXT, "town": "Gent", "kind": "garden"}, {"keywords": "soup", "text:nl": "Soep voor iedereen"}]
        file = table(tmp_path, rows)
        taken(mapping(tmp_path), file)
        before = list(Initiative.objects.order_by("pk").values())
        assert outcomes(taken(mapping(tmp_path), file)) == ["same", "same"]
        assert list(Initiative.objects.order_by("pk").values()) == before

    def test_what_changed_is_told_by_name(self, tmp_path: Path) -> None:
        taken(mapping(tmp_path), table(tmp_path, [{"text": TEXT}, {}]))
        verdicts = taken(mapping(tmp_path), table(tmp_path, [{"text": TEXT, "keywords": "soup"}, {}]))
        assert [str(verdict) for verdict in verdicts] == [
            "row 2 “Garden number 1”: changed (tags)",
            "row 3 “Garden number 2”: same",
        ]
        assert Initiative.objects.get(source_id="1").tags.get().name == "soup"

    def test_what_the_list_does_not_speak_of_stays(self, tmp_path: Path) -> None:
        listing = only(tmp_path, {})
        Initiative.objects.filter(pk=listing.pk).update(number_of_members=12, review_state="withdrawn")
        taken(mapping(tmp_path), table(tmp_path, [{"title": "Another name"}]))
        listing.refresh_from_db()
        assert (listing.name, listing.sort_key) == ("Another name", "another name")
        assert (listing.number_of_members, listing.review_state) == (12, "withdrawn")

    def test_goes_on_where_a_run_was_interrupted(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(importing, "BATCH", 2)
        file = table(tmp_path, [{}] * 5)
        run = importing.Import(mapping(tmp_path), file, review_state="published").verdicts()
        for _ in range(3):
            next(run)
        run.close()
        written = list(Initiative.objects.order_by("source_id").values_list("source_id", flat=True))
        assert written == ["1", "2", "3", "4"]
        assert outcomes(taken(mapping(tmp_path), file)) == ["same", "same", "same", "same", "new"]

    def test_a_batch_is_written_whole_or_not_at_all(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(importing, "BATCH", 2)

        def crash(_: object) -> None:
            if Initiative.objects.count() > 2:
                raise KeyboardInterrupt

        monkeypatch.setattr(importing, "keep_pairs", crash)
        with pytest.raises(KeyboardInterrupt):
            taken(mapping(tmp_path), table(tmp_path, [{}] * 5))
        assert Initiative.objects.count() == 2
        assert Tag.objects.count() == 0

    def test_the_whole_file_or_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(importing, "BATCH", 2)
        run = importing.Import(mapping(tmp_path), table(tmp_path, [{}] * 5), review_state="published", whole=True)
        verdicts = run.verdicts()
        for _ in range(5):
            next(verdicts)
        verdicts.close()
        assert not Initiative.objects.exists()


class DryRunTests:
    def test_tells_the_same_and_writes_nothing(self, tmp_path: Path) -> None:
        initiative(name="Brewery garden", primary_url="http://brewery.example.org")
        rows = [{}, {"title": ""}, {"title": "Brewery Garden", "site": "brewery.example.org"}, {"keywords": "new word"}]
        file = table(tmp_path, rows)
        with CaptureQueriesContext(connection) as queries:
            told = taken(mapping(tmp_path), file, dry_run=True)
        reading = ("SELECT", "DECLARE", "SAVEPOINT", "RELEASE")
        assert [query["sql"] for query in queries if not query["sql"].startswith(reading)] == []
        assert Initiative.objects.count() == 1
        assert taken(mapping(tmp_path), file) == told
        assert outcomes(told) == ["new", "refused", "possible duplicate", "new"]


class DuplicateTests:
    def twin(self, folder: Path, **row: Any) -> Verdict:
        (verdict,) = taken(mapping(folder), table(folder, [row]))
        return verdict

    def test_names_the_listing_that_it_may_be(self, tmp_path: Path) -> None:
        known = initiative(name="Fruit press of Ledeberg", primary_url="http://press.example.org")
        verdict = self.twin(tmp_path, title="Fruit Press Ledeberg", site="press.example.org")
        assert str(verdict) == (
            f"row 2 “Fruit Press Ledeberg”: possible duplicate of Fruit press of Ledeberg ({known.public_id})"
        )

    def test_is_kept_for_the_desk_and_never_merged(self, tmp_path: Path) -> None:
        known = initiative(name="Fruit press of Ledeberg", primary_url="http://press.example.org")
        verdict = self.twin(tmp_path, title="Fruit Press Ledeberg", site="press.example.org")
        new = Initiative.objects.get(public_id=verdict.public_id)
        pair = DuplicatePair.objects.get()
        assert (pair.a, pair.b) == (known, new)
        assert pair.reasons

    def test_almost_certain_ones_wait_at_the_desk(self, tmp_path: Path) -> None:
        initiative(name="Fruit press of Ledeberg", primary_url="http://press.example.org")
        verdict = self.twin(tmp_path, title="FRUIT PRESS OF LEDEBERG", site="press.example.org", town="Gent", land="BE")
        assert verdict.twin.probability >= 0.95
        assert Initiative.objects.get(public_id=verdict.public_id).review_state == "submitted"

    def test_the_desk_keeps_its_pairs_when_the_overlaps_are_computed(self, tmp_path: Path) -> None:
        initiative(name="Fruit press of Ledeberg", primary_url="http://press.example.org")
        self.twin(tmp_path, title="FRUIT PRESS OF LEDEBERG", site="press.example.org", town="Gent", land="BE")
        compute_overlaps()
        assert [pair.b.review_state for pair in DuplicatePair.objects.all()] == ["submitted"]

    def test_a_shared_site_alone_makes_none(self, tmp_path: Path) -> None:
        initiative(name="Fruit press of Ledeberg", primary_url="http://ledeberg.example.org")
        assert self.twin(tmp_path, title="Night school", site="ledeberg.example.org").outcome == "new"

    def test_rows_before_it_count_too(self, tmp_path: Path) -> None:
        row = {"title": "Fruit press of Ledeberg", "site": "press.example.org"}
        verdicts = taken(mapping(tmp_path), table(tmp_path, [row, row]))
        assert outcomes(verdicts) == ["new", "possible duplicate"]
        assert verdicts[1].twin.public_id == verdicts[0].public_id

    def test_branches_in_different_towns_are_different(self, tmp_path: Path) -> None:
        towns = ("Torre Alta", "Monte Verde", "Pian Piccolo", "Valle Scura", "Borgo Nuovo", "Rocca Bianca")
        rows = [{"title": f"AVIS COMUNALE DI {town.upper()}", "town": town, "land": "IT"} for town in towns]
        rows += [{"title": f"Pro loco {town}", "town": town, "land": "IT"} for town in towns]
        rows += [{"title": "PARROCCHIA SAN ROCCO", "town": town, "land": "IT"} for town in towns]
        assert set(outcomes(taken(mapping(tmp_path), table(tmp_path, rows)))) == {"new"}

    def test_in_one_town_they_may_be_the_same(self, tmp_path: Path) -> None:
        row = {"title": "PARROCCHIA SAN ROCCO", "town": "Torre Alta", "land": "IT"}
        assert outcomes(taken(mapping(tmp_path), table(tmp_path, [row, row]))) == ["new", "possible duplicate"]


class FileTests:
    def test_geojson_with_its_points(self, tmp_path: Path) -> None:
        features = [
            ({"id": 1, "title": "Orchard", "keywords": ["pears", "apples"], "nested": {"a": 1}}, [3.7, 51.06]),
            ({"id": 2, "title": "Nowhere"}, None),
        ]
        text = MAPPED_POINTS
        assert outcomes(taken(mapping(tmp_path, text), geojson(tmp_path, features))) == ["new", "new"]
        orchard = Initiative.objects.get(source_id="1")
        assert (orchard.latitude, orchard.longitude) == (51.06, 3.7)
        assert sorted(orchard.tags.names()) == ["apples", "pears"]

    def test_gzipped(self, tmp_path: Path) -> None:
        assert outcomes(taken(mapping(tmp_path), table(tmp_path, [{}], name="list.csv.gz"))) == ["new"]

    @pytest.mark.parametrize(
        "content",
        [
            b"id;title\r\n1;Garden\r\n",
            "\ufeffid;title\r\n1;Garden\r\n".encode(),
            "id\ttitle\n1\tGarden".encode("utf-16"),
            b"title , id\n\nGarden,1\n\n",
        ],
    )
    def test_tables_as_programs_write_them(self, tmp_path: Path, content: bytes) -> None:
        (verdict,) = taken(mapping(tmp_path), write(tmp_path / "list.csv", content))
        assert (verdict.outcome, verdict.name) == ("new", "Garden")

    def test_rows_are_counted_as_a_spreadsheet_counts(self, tmp_path: Path) -> None:
        rows = [{"text": "two\nlines"}, {"title": ""}]
        assert [verdict.row for verdict in taken(mapping(tmp_path), table(tmp_path, rows))] == [2, 3]

    @pytest.mark.parametrize(
        ("name", "content", "sentence"),
        [
            ("list.csv", b"", "The file has no column “id” and “title”. Its first line reads: nothing."),
            (
                "list.csv",
                b"number,title\r\n1,A\r\n",
                "The file has no column “id”. Its first line reads: number, title.",
            ),
            ("list.json", b'{"type": "FeatureCollection", "features": []}', "There are no features in this JSON."),
            ("list.json", b'{"type": "FeatureCollection", "features": [{"properties"', "This GeoJSON breaks off"),
            ("list.csv.gz", b"", "The file has no column"),
        ],
    )
    def test_what_cannot_be_read_is_said(self, tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
        with pytest.raises(Unreadable) as raised:
            taken(mapping(tmp_path), write(tmp_path / name, content))
        assert str(raised.value).startswith(sentence)

    def test_a_broken_archive_is_said(self, tmp_path: Path) -> None:
        file = table(tmp_path, [{}] * 50, name="list.csv.gz")
        file.write_bytes(file.read_bytes()[:-20])
        with pytest.raises(Unreadable, match="cannot be read"):
            taken(mapping(tmp_path), file)

    def test_a_quotation_mark_that_nobody_closes_ends_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("initiatives.importing.reading.LONGEST_LINE", 2_000)
        file = write(tmp_path / "list.csv", b'id,title\r\n1,Garden\r\n2,"Orchard\r\n' + b"3,Field\r\n" * 1000)
        with pytest.raises(Unreadable, match="quotation mark"):
            taken(mapping(tmp_path), file)

    def test_a_line_without_end_is_no_table(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("initiatives.importing.reading.LONGEST_LINE", 2_000)
        with pytest.raises(Unreadable, match="Is this a CSV file"):
            taken(mapping(tmp_path), write(tmp_path / "list.csv", b"id,title\r\n" + b"x" * 5_000))

    def test_no_file_at_all(self, tmp_path: Path) -> None:
        with pytest.raises(Unreadable, match="No such file"):
            taken(mapping(tmp_path), tmp_path / "nothing.csv")


class MappingTests:
    @pytest.mark.parametrize("name", ["generic", "italy-5x1000", "p2p-wiki", "susy"])
    def test_those_that_are_shipped_load(self, name: str) -> None:
        shipped = load(name)
        assert shipped.name == name
        assert set(shipped.required) <= shipped.used

    def test_their_domains_are_ours(self) -> None:
        from initiatives.importing.vocabulary import toml

        ours = {row["code"] for row in toml("domains.toml")["domain"]}
        said = {
            code
            for name in ("p2p-wiki", "susy")
            for meanings in load(name).words.values()
            for meant in meanings.values()
            for code in meant.get("domains", ())
        }
        assert said <= ours
        assert len(said) > 10

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("[columns]\nnaam = 'a'", "No column of ours is called naam."),
            ("[collumns]\nname = 'a'", "No section is called collumns."),
            ("[columns]\nmission = 'a'", "does not say where the name stands"),
            ("[columns]\nname = 'a'\n[words.b]\nx = { domain = ['food'] }", "No kind of meaning is called domain."),
            ("[columns]\nname = 'a'\n[[refuse]]\nreason = 'x'", "Every [[refuse]] has when"),
            ("[columns]\nname = 'a'\n[[refuse]]\nreason = 'x'\nwhen = { a = '(' }", "cannot be used"),
            ("[columns", "cannot be read"),
        ],
    )
    def test_mistakes_are_said(self, tmp_path: Path, text: str, sentence: str) -> None:
        with pytest.raises(UnknownMapping) as raised:
            mapping(tmp_path, text)
        assert sentence in str(raised.value)

    def test_those_that_are_not_there_are_told_apart(self) -> None:
        with pytest.raises(UnknownMapping, match="Known are generic, italy-5x1000, p2p-wiki, susy"):
            load("../mapping")


MAPPED_POINTS = """
required = ["title"]
[source]
code = "points"
[columns]
source_id = "id"
name = "title"
tags = "keywords"
latitude = "geometry.latitude"
longitude = "geometry.longitude"
"""
