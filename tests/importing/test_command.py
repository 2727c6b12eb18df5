"""`./run import`: what it prints where, and how it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path
from secrets import token_hex

import pytest
from django.core.management import CommandError
from django.db import connection

from commons_directory.embedded import ROOT
from initiatives.importing import lists
from initiatives.models import Initiative
from tests.importing.lists import MAPPING, command, table
from tests.people import initiative

pytestmark = pytest.mark.django_db
ESCAPE = "\x1b"


@pytest.fixture
def words(tmp_path: Path) -> Path:
    file = tmp_path / "neighbours.toml"
    file.write_text(MAPPING, encoding="utf-8")
    return file


class SummaryTests:
    def test_counts_and_refusals_on_stdout(self, tmp_path: Path, words: Path) -> None:
        out, err = command(words, table(tmp_path, [{}, {"title": ""}, {}]))
        assert out.splitlines() == [
            "3 rows: 2 new, 0 changed, 0 same, 0 possible duplicate, 1 refused.",
            "Refused:",
            "  row 3: it has no name",
        ]
        assert err == ""

    def test_many_refusals_are_counted(self, tmp_path: Path, words: Path) -> None:
        out, _ = command(words, table(tmp_path, [{"title": ""}] * 25))
        assert out.splitlines()[-1] == "  and 5 more; --verbose lists them all"
        assert len(out.splitlines()) == 23

    def test_a_dry_run_says_so(self, tmp_path: Path, words: Path) -> None:
        out, _ = command(words, table(tmp_path, [{}]), "--dry-run")
        assert out.splitlines() == [
            "1 rows: 1 new, 0 changed, 0 same, 0 possible duplicate, 0 refused. "
            "Nothing was written: this was a dry run."
        ]
        assert not Initiative.objects.exists()

    def test_every_row_when_asked(self, tmp_path: Path, words: Path) -> None:
        known = initiative(name="Brewery garden", primary_url="http://brewery.example.org")
        rows = [{"title": "Orchard", "site": "update6"}, {"title": "Brewery Garden", "site": "brewery.example.org"}]
        out, _ = command(words, table(tmp_path, rows), "--verbose")
        assert out.splitlines()[:3] == [
            "row 2 “Orchard”: new",
            "    not an address on the web: “update6”",
            f"row 3 “Brewery Garden”: possible duplicate of Brewery garden ({known.public_id})",
        ]

    def test_to_the_desk(self, tmp_path: Path, words: Path) -> None:
        command(words, table(tmp_path, [{}]), "--as", "submitted")
        assert Initiative.objects.get().review_state == "submitted"


class JsonTests:
    def test_an_object_for_each_row_then_the_counts(self, tmp_path: Path, words: Path) -> None:
        out, err = command(words, table(tmp_path, [{}, {"title": "", "site": "update6"}]), "--json")
        first, second, counts = map(json.loads, out.splitlines())
        assert first == {
            "row": 2,
            "verdict": "new",
            "name": "Garden number 1",
            "public_id": Initiative.objects.get().public_id,
            "reason": "",
            "changed": [],
            "notes": [],
            "duplicate_of": None,
        }
        assert (second["verdict"], second["reason"]) == ("refused", "it has no name")
        assert counts == {
            "rows": 2,
            "dry_run": False,
            "new": 1,
            "changed": 0,
            "same": 0,
            "possible_duplicate": 0,
            "refused": 1,
        }
        assert err == ""

    def test_names_what_it_may_be_a_double_of(self, tmp_path: Path, words: Path) -> None:
        known = initiative(name="Brewery garden", primary_url="http://brewery.example.org")
        file = table(tmp_path, [{"title": "Brewery Garden", "site": "brewery.example.org"}])
        twin = json.loads(command(words, file, "--json")[0].splitlines()[0])["duplicate_of"]
        assert (twin["name"], twin["public_id"]) == (known.name, known.public_id)
        assert 0.5 <= twin["probability"] <= 1


class FailureTests:
    def test_an_unknown_mapping(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match=r"There is no mapping “nothing”\. Known are generic,"):
            command("nothing", tmp_path / "list.csv")

    def test_a_file_that_cannot_be_read(self, tmp_path: Path, words: Path) -> None:
        with pytest.raises(CommandError, match="cannot be read: No such file or directory"):
            command(words, tmp_path / "nothing.csv")

    def test_what_was_settled_before_it_broke_off_is_told(
        self, tmp_path: Path, words: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(lists, "BATCH", 10)
        # Of bytes that do not compress, so that the archive breaks off late.
        rows = [{"text": token_hex(2000)} for _ in range(40)]
        file = tmp_path / "list.csv.gz"
        file.write_bytes(table(tmp_path, rows, name="whole.csv.gz").read_bytes()[:-20_000])
        with pytest.raises(CommandError, match=r"\d+ rows before that are settled; the same command again goes on"):
            command(words, file)
        assert Initiative.objects.count() in (10, 20, 30)

    def test_a_source_that_is_no_code(self, tmp_path: Path, words: Path) -> None:
        with pytest.raises(CommandError, match="--source is a short code"):
            command(words, tmp_path / "list.csv", "--source", "My List")


@pytest.mark.django_db(transaction=True)
class ProcessTests:
    """As somebody runs it, with the exit code that a script sees."""

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        environment = os.environ | {"COMMONS_DATABASE": connection.settings_dict["NAME"], "NO_COLOR": "1"}
        return subprocess.run(
            [sys.executable, ROOT / "manage.py", "import_listings", *map(str, arguments)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def test_refused_rows_are_no_failure(self, tmp_path: Path, words: Path) -> None:
        done = self.run(words, table(tmp_path, [{"title": ""}]), "--dry-run", "--json")
        assert (done.returncode, done.stderr) == (0, "")
        assert [json.loads(line).get("verdict") for line in done.stdout.splitlines()] == ["refused", None]
        assert ESCAPE not in done.stdout

    def test_a_file_that_cannot_be_read_is(self, tmp_path: Path, words: Path) -> None:
        done = self.run(words, tmp_path / "nothing.csv")
        assert (done.returncode, done.stdout) == (1, "")
        assert "nothing.csv cannot be read" in done.stderr
        assert ESCAPE not in done.stderr
