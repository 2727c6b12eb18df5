"""A city's own list: what is refused before it is read, what would become of it, what became of it."""

import gzip
import io
import re
import tracemalloc
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from initiatives.models import Domain, Initiative, Source, Upload
from initiatives.tasks.uploads import work_on_uploads
from tests import people
from tests.views.reading import body

pytestmark = pytest.mark.django_db

LIST = "name;website;omschrijving;city\nDe Tuin;https://tuin.example/;Wij tuinieren.;Gent\nDe Zaag;;;\n"


def olga() -> Client:
    return people.signed_in(people.officer())


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("list.csv", "name\n" + "x" * 20_000_000)
    return file.getvalue()


def sent(client: Client, content: str | bytes, **more: str) -> Any:
    people.city()
    raw = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile("list.csv", raw, "text/csv")
    said = {"city": "Gent", "name": "Lijst van de stad", "data_licence": "CC0-1.0", "file": file}
    return client.post("/desk/import/", said | more)


def imported(client: Client, content: str) -> Upload:
    where = sent(client, content)["Location"]
    client.post(f"{where}import/")
    return Upload.objects.latest("pk")


class CheckTests:
    def test_what_would_become_of_each_row_and_nothing_is_written(self) -> None:
        client = olga()
        page = body(client.get(sent(client, LIST)["Location"]))
        assert "Import 2 listings" in page
        assert Initiative.objects.count() == 0

    def test_it_says_which_columns_are_read(self) -> None:
        client = olga()
        page = body(client.get(sent(client, "naam,werkveld,Kleur\nTuin,,groen\n")["Location"]))
        assert "This column is not read: kleur." in page
        assert re.findall(r'<th scope="col">(.*?)</th>', page) == ["name", "domains"]

    def test_a_field_of_work_may_be_told_by_its_name(self) -> None:
        domain = people.domain("food")
        Domain.objects.filter(pk=domain.pk).update(names={"en": "Food", "nl": "Voedsel"})
        upload = imported(olga(), "name,werkveld\nTuin,voedsel\nHof,food\nPlein,kaas\n")
        assert set(Initiative.objects.values_list("domains__code", flat=True)) == {"food"}
        assert upload.refused == [[4, "Plein", "domains: “kaas” is none of ours"]]

    def test_nobodys_telephone_number_is_taken(self) -> None:
        client, rows = olga(), "name,mission\nTuin,Bel 0471/12.34.56 of 09 233 12 34\n"
        assert "<td>Bel […] of […]</td>" in body(client.get(sent(client, rows)["Location"]))
        imported(client, rows)
        assert Initiative.objects.get().mission == "Bel […] of […]"

    def test_rows_of_other_cities_are_refused_by_their_number(self) -> None:
        client = olga()
        people.city("Lille")
        page = body(client.get(sent(client, "name,city\nTuin,Gent\nJardin,Lille\n")["Location"]))
        assert Upload.objects.get().refused == [[3, "Jardin", "it is not in Ghent"]]
        assert "it is not in Ghent" in page

    def test_what_is_perhaps_listed_already_is_named(self) -> None:
        people.initiative(name="De Tuin", primary_url="https://tuin.example/")
        client = olga()
        page = body(client.get(sent(client, LIST)["Location"]))
        assert "Perhaps listed already" in page
        assert Upload.objects.get().counts == {"possible duplicate": 1, "new": 1}

    def test_what_waits_in_another_city_is_not_named(self) -> None:
        people.initiative(
            name="De Tuin", primary_url="https://tuin.example/", city=people.city("Lille"), review_state="submitted"
        )
        sent(olga(), LIST)
        assert [row[2:] for row in Upload.objects.get().doubles] == [["", ""]]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_in_any_encoding_that_spreadsheets_write(self, encoding: str) -> None:
        sent(olga(), "name;city\nCafé Één;Gent\n".encode(encoding))
        client = olga()
        client.post(f"{Upload.objects.get().get_absolute_url()}import/")
        assert Initiative.objects.get().name == "Café Één"


class ImportTests:
    def test_they_are_published_with_where_they_come_from(self) -> None:
        upload = imported(olga(), LIST)
        assert (upload.state, len(upload.made)) == ("imported", 2)
        tuin = Initiative.objects.get(name="De Tuin")
        assert (tuin.review_state, tuin.city.name, tuin.data_licence) == ("published", "Ghent", "CC0-1.0")
        assert (tuin.primary_url, tuin.description) == ("https://tuin.example/", "Wij tuinieren.")
        assert Source.objects.get().name == "Lijst van de stad (Ghent)"

    def test_asked_for_twice_it_happens_once(self) -> None:
        client = olga()
        where = sent(client, LIST)["Location"]
        for _ in range(2):
            client.post(f"{where}import/")
        assert (Initiative.objects.count(), len(Upload.objects.get().made)) == (2, 2)

    def test_the_same_list_again_changes_nothing(self) -> None:
        client = olga()
        imported(client, LIST)
        assert imported(client, LIST).counts == {"same": 2}
        assert Initiative.objects.count() == 2

    def test_no_row_writes_into_the_list_of_somebody_else(self) -> None:
        theirs = people.initiative(name="Lille", city=people.city("Lille"), source="susy", source_id="1")
        imported(olga(), "name,source,source_id,public_id\nTaken,susy,1,\nTaken too,,," + theirs.public_id + "\n")
        theirs.refresh_from_db()
        assert theirs.name == "Lille"
        assert set(Initiative.objects.exclude(pk=theirs.pk).values_list("source", flat=True)) == {
            "ghent-lijst-van-de-stad"
        }

    def test_an_export_of_the_city_finds_its_listings_again(self) -> None:
        people.initiative(name="Old", source="susy", source_id="1")
        imported(olga(), "name,source,source_id\nNew,susy,1\n")
        assert list(Initiative.objects.values_list("name", flat=True)) == ["New"]

    def test_what_has_a_steward_is_left_to_them(self) -> None:
        people.steward("Alice", of=people.initiative(name="Old", source="susy", source_id="1"))
        upload = imported(olga(), "name,source,source_id\nNew,susy,1\nAnother,,2\n")
        assert upload.counts == {"refused": 1, "new": 1}
        assert Initiative.objects.filter(name="Old").exists()

    def test_a_formula_stays_text(self) -> None:
        imported(olga(), 'name,mission\n"=HYPERLINK(""x"")  tuin",@SUM(A1)\n')
        assert Initiative.objects.values_list("mission", flat=True).get() == "@SUM(A1)"

    def test_a_large_list_is_the_workers(self) -> None:
        client = olga()
        rows = "".join(f"Tuin nummer {place} Wijk{place}\n" for place in range(501))
        where = sent(client, f"name\n{rows}")["Location"]
        waiting = client.get(where)
        assert (Upload.objects.get().state, waiting["Refresh"]) == ("waiting", "4")
        work_on_uploads()
        assert Upload.objects.get().state == "checked"
        client.post(f"{where}import/")
        assert Upload.objects.get().state == "importing"
        work_on_uploads()
        upload = Upload.objects.get()
        assert (upload.state, len(upload.made), Initiative.objects.count()) == ("imported", 501, 501)


class UndoTests:
    def test_what_it_made_is_withdrawn(self) -> None:
        client = olga()
        kept = people.initiative(name="Kept")
        upload = imported(client, LIST)
        client.post(f"{upload.get_absolute_url()}undo/")
        assert list(Initiative.objects.published()) == [kept]
        assert set(Initiative.objects.exclude(pk=kept.pk).values_list("review_state", flat=True)) == {"withdrawn"}
        assert Upload.objects.get().state == "undone"


class BoundsTests:
    def test_an_officer_of_another_city_has_no_such_page(self) -> None:
        where = sent(olga(), LIST)["Location"]
        leo = people.signed_in(people.officer("Leo", of="Lille"))
        assert leo.get(where).status_code == 404
        assert leo.post(f"{where}import/").status_code == 404
        assert leo.post(f"{where}undo/").status_code == 404
        assert Upload.objects.get().state == "checked"

    def test_nobody_brings_a_list_for_another_city(self) -> None:
        people.city("Lille")
        assert sent(olga(), LIST, city="Lille").status_code == 422
        assert Upload.objects.count() == 0


BOMBS = {
    "an archive": zipped,
    "what unpacks to a gigabyte": lambda: gzip.compress(b"name\n" + b"x" * 50_000_000),
    "NUL": lambda: b"name\nTu\0in\n",
    "one giant line": lambda: b"name\n" + b"x" * 4_000_000,
    "a million columns": lambda: b"name" + b"," * 1_000_000 + b"\n",
    "a million cells in one row": lambda: b"name\n" + b"," * 1_000_000,
    "a quotation mark that nobody closes": lambda: b'name\n"' + b"x\n" * 1_500_000,
    "too many rows": lambda: b"name\n" + b"x\n" * 5_001,
    "too many bytes": lambda: b"name\n" + b"x" * 6_000_000,
    "JSON": lambda: b'{"type": "FeatureCollection"}',
    "nothing below the first line": lambda: b"name\n",
    "no bytes": lambda: b"",
}


class BombTests:
    @pytest.mark.parametrize("bomb", BOMBS)
    def test_is_refused_in_a_sentence_and_little_memory(self, bomb: str) -> None:
        client, content = olga(), BOMBS[bomb]()
        tracemalloc.start()
        answer = sent(client, content)
        _now, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert answer.status_code in (413, 422)
        assert Upload.objects.count() == 0
        assert peak < 100_000_000

    def test_too_many_bytes_are_not_even_read(self) -> None:
        answer = olga().post(
            "/desk/import/", data=b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=10**10
        )
        assert answer.status_code == 413
        page = body(answer)
        assert "<title>Error: " in page
        assert '<a href="#id_file">The file is larger than 5 MB.</a>' in page

    def test_a_forged_post_is_refused(self) -> None:
        people.city()
        client = Client(enforce_csrf_checks=True)
        client.cookies = olga().cookies
        assert sent(client, LIST).status_code == 403
