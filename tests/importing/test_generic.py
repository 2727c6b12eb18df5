"""Our own export imports again unchanged; and what a table in our own words may say."""

from pathlib import Path
from typing import Any

import pytest

from initiatives.importing.demonstration import load_demonstration
from initiatives.importing.mapping import load
from initiatives.importing.verdicts import Verdict
from initiatives.importing.vocabulary import load_vocabulary
from initiatives.models import Initiative, ReviewEvent
from tests.importing.lists import outcomes, table, taken, write
from tests.people import city, domain, initiative, licence
from tests.views.reading import get

pytestmark = pytest.mark.django_db
EVERYTHING: dict[str, Any] = {
    "nickname": ["Le jardin", "De tuin"],
    "primary_url": "https://garden.example.org/",
    "urls": ["https://a.example.org", "https://b.example.org"],
    "mission": "=SUM(A1) is what our treasurer calls us",
    "description": 'Two lines\r\nwith “quotes”, "more"; and\ttabs',
    "status": "on_hold",
    "founded_year": 1998,
    "founded_precision": "approximate",
    "closed_year": 2020,
    "geographic_scope": "regional",
    "latitude": 51.0543422,
    "longitude": -3.7174243,
    "organisational_structure": "foundation",
    "self_description": ["commons", "makerspace"],
    "number_of_members": 120,
    "source_url": "https://list.example.org/1",
    "data_licence": "CC0-1.0",
    "evidence": [{"url": "https://garden.example.org/about", "for": ["founded_year"]}],
}
TRICKY_NAMES = ["=1+1", "'=1+1", "''+x", "@garden", "-garden", "\tgarden", "+garden", "'s-Hertogenbosch", "Ñandú 花园"]


def exported(folder: Path, **query: str) -> Path:
    return write(folder / "initiatives.csv", get("/initiatives.csv", **query).encode())


def again(file: Path, **options: Any) -> list[Verdict]:
    return taken(load("generic"), file, **options)


def one(folder: Path, row: dict[str, Any]) -> Verdict:
    (verdict,) = again(table(folder, [{"name": "Garden", "source": "elsewhere", "source_id": "7"} | row]))
    return verdict


class RoundTripTests:
    @pytest.mark.parametrize("dialect", [{}, {"excel": "1"}])
    def test_an_export_imports_again_unchanged(self, tmp_path: Path, dialect: dict[str, str]) -> None:
        for number, name in enumerate(TRICKY_NAMES):
            initiative(
                name=name,
                source="neighbours",
                source_id=f"={number}",
                domains=["food", "energy"],
                tags=["soup", "sun"],
                licences=[("AGPL-3.0-or-later", "software"), ("CC-BY-4.0", "content")],
                wants=["a shed"],
                offers=["soup"],
                **EVERYTHING,
            )
        before = list(Initiative.objects.order_by("pk").values())
        assert outcomes(again(exported(tmp_path, **dialect))) == ["same"] * len(TRICKY_NAMES)
        assert list(Initiative.objects.order_by("pk").values()) == before

    @pytest.mark.thorough
    def test_the_demonstration_data_too(self, tmp_path: Path) -> None:
        load_vocabulary()
        load_demonstration()
        verdicts = again(exported(tmp_path))
        assert [str(verdict) for verdict in verdicts if verdict.outcome != "same"] == []
        assert len(verdicts) == Initiative.objects.published().count() > 240

    def test_in_another_directory_it_makes_the_same_listings(self, tmp_path: Path) -> None:
        city("Bologna", geonames_id=3181928)
        listing = initiative(
            source="neighbours",
            source_id="1",
            city=city("Bologna"),
            domains=["food"],
            tags=["soup"],
            licences=[("CC-BY-4.0", "content")],
            public_id="xxxxxxxxxx",
            **EVERYTHING,
        )
        file = exported(tmp_path)
        fields = [name for name in EVERYTHING if name != "evidence"]
        told = Initiative.objects.values(*fields, "name", "city", "country").get()
        listing.delete()
        assert outcomes(again(file)) == ["new"]
        made = Initiative.objects.get()
        assert Initiative.objects.values(*fields, "name", "city", "country").get() == told
        assert [row.domain.code for row in made.domain_rows.all()] == ["food"]
        assert list(made.tags.names()) == ["soup"]
        assert [(row.licence.spdx_id, row.output_kind) for row in made.licence_rows.all()] == [("CC-BY-4.0", "content")]
        assert outcomes(again(exported(tmp_path))) == ["same"]

    def test_what_a_table_cannot_say_stays(self, tmp_path: Path) -> None:
        listing = initiative(
            source="neighbours", source_id="1", wants=["a shed"], translations={"nl": "De tuin"}, **EVERYTHING
        )
        file = exported(tmp_path)
        file.write_bytes(file.read_bytes().replace(b"on_hold", b"active"))
        assert [verdict.fields for verdict in again(file)] == [("status",)]
        listing.refresh_from_db()
        assert listing.status == "active"
        assert [row.title for row in listing.exchanges.all()] == ["a shed"]
        assert [row.mission for row in listing.translations.all()] == ["De tuin"]

    def test_what_stewards_registered_is_theirs(self, tmp_path: Path) -> None:
        listing = initiative(name="Garden")
        file = exported(tmp_path)
        assert outcomes(again(file)) == ["same"]
        file.write_bytes(file.read_bytes().replace(b"Garden", b"Orchard"))
        (verdict,) = again(file, source="elsewhere")
        assert verdict.reason == "it is registered here and differs; its stewards change it, not an import"
        listing.refresh_from_db()
        assert listing.name == "Garden"


class OwnWordsTests:
    def test_a_name_and_an_origin_are_enough(self, tmp_path: Path) -> None:
        file = write(tmp_path / "list.csv", b"name,source_id\r\nGarden,1\r\n")
        assert outcomes(again(file, source="elsewhere")) == ["new"]
        listing = Initiative.objects.get()
        assert (listing.source, listing.source_id, listing.status) == ("elsewhere", "1", "unknown")

    def test_a_city_may_be_told_by_name(self, tmp_path: Path) -> None:
        ghent = city("Ghent")
        one(tmp_path, {"city": "Gand", "country": "Belgium"})
        assert Initiative.objects.get().city == ghent

    def test_a_language_that_is_not_told_is_found(self, tmp_path: Path) -> None:
        one(tmp_path, {"mission": "Wij herstellen samen kapotte toestellen in het buurthuis."})
        assert Initiative.objects.get().language == "nl"

    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            ({"source": ""}, "it names no source; say --source CODE for rows that name none"),
            ({"source_id": ""}, "it has no source_id"),
            ({"name": ""}, "it has no name"),
            ({"status": "activ"}, "status: “activ” is none of in_planning, active,"),
            ({"domains": "food; magic"}, "domains: “magic” is none of ours"),
            ({"domains": "food; energy; housing; mobility; research"}, "domains: 4 are the most"),
            ({"licences": "software: MIT; AGPL"}, "licences: “AGPL” is not as"),
            ({"self_description": "cosy"}, "self_description: “cosy” is none of ours"),
            ({"founded_year": "long ago"}, "founded_year: “long ago” is no whole number"),
            ({"founded_year": "999"}, "founded_year: 999 is out of range"),
            ({"founded_year": "2010", "closed_year": "2009"}, "it ended in 2009, before it began in 2010"),
            ({"latitude": "99", "longitude": "3"}, "latitude and longitude: not a point on earth"),
            ({"country": "Atlantis"}, "country: “Atlantis” is none"),
            ({"city": "ghent", "country": "FR"}, "Ghent is in BE, not in FR"),
            ({"language": "double dutch"}, "language: “double dutch” is none"),
            ({"primary_url": "update6"}, "primary_url: “update6” is no address on the web"),
        ],
    )
    def test_a_word_that_is_none_of_ours_refuses_the_row(
        self, tmp_path: Path, row: dict[str, str], reason: str
    ) -> None:
        city("Ghent")
        licence("MIT")
        for slug in ("food", "energy", "housing", "mobility", "research"):
            domain(slug)
        verdict = one(tmp_path, row)
        assert verdict.outcome == "refused"
        assert verdict.reason.startswith(reason)
        assert not Initiative.objects.exists()


class StrangersTableTests:
    """What somebody else puts into our own columns."""

    @pytest.mark.parametrize("column", ["primary_url", "urls", "evidence"])
    def test_an_address_that_runs_a_script_refuses_the_row(self, tmp_path: Path, column: str) -> None:
        row = {"source": "list", "source_id": "1", "name": "Trap", column: "javascript:alert(1)"}
        (verdict,) = taken(load("generic"), table(tmp_path, [row]))
        assert (verdict.outcome, verdict.reason.split(":")[0]) == ("refused", column)

    def test_nobody_s_address_is_taken_in(self, tmp_path: Path) -> None:
        said = "Write to jan.peeters@example.org or come by."
        row = {"source": "list", "source_id": "1", "name": "Garden", "mission": said, "description": said}
        (verdict,) = taken(load("generic"), table(tmp_path, [row]))
        listing = Initiative.objects.get(public_id=verdict.public_id)
        assert "example.org" not in listing.mission + listing.description

    def test_the_history_tells_where_a_listing_came_from(self, tmp_path: Path) -> None:
        row = {"source": "list", "source_id": "1", "name": "Garden"}
        taken(load("generic"), table(tmp_path, [row]), state="submitted")
        events = ReviewEvent.objects.values_list("initiative__name", "was", "became", "reason")
        assert list(events) == [("Garden", "draft", "submitted", "list")]
