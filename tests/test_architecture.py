"""How the code is laid out: the layers, and what none of them may do."""

import re
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from commons_directory.embedded import ROOT

# The queries that a view makes are named on the QuerySet.
QUERY = re.compile(r"\.(filter|exclude|annotate|raw)\(")


def files(folder: str, pattern: str) -> list[Path]:
    found = sorted((ROOT / folder).rglob(pattern))
    assert found
    return found


def places(file: Path, pattern: re.Pattern[str]) -> list[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [f"{file.relative_to(ROOT)}:{number}" for number, line in enumerate(lines, 1) if pattern.search(line)]


class LayerTests:
    def test_each_imports_only_from_those_before_it(self, capsys: pytest.CaptureFixture[str]) -> None:
        kept = lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None, verbose=False)
        assert kept == 0, capsys.readouterr().out

    def test_views_leave_queries_to_the_querysets(self) -> None:
        assert [place for file in files("initiatives/views", "*.py") for place in places(file, QUERY)] == []


class CommitTests:
    def test_no_file_names_a_place_of_one_machine(self) -> None:
        """Somebody’s home, or the folder of this checkout, is there on one machine only."""
        here = [folder for folder in (Path.home(), ROOT) if len(folder.parts) > 1]
        own = re.compile("|".join([r"/home/\w+/", *(re.escape(f"{folder}/") + r"\w" for folder in here)]))
        kinds = {".py", ".toml", ".txt", ".html", ".css", ".js", ".md", ".yml", ".yaml", ".sh", ".csv", ""}
        folders = ("commons_directory", "initiatives", "templates", "static", "fixtures", "docs", ".ci")
        tops = [file for file in ROOT.iterdir() if file.is_file() and file.suffix in kinds]
        inside = [file for folder in folders for file in (ROOT / folder).rglob("*") if file.is_file()]
        sources = [file for file in tops + inside if file.suffix in kinds]
        assert [place for file in sources for place in places(file, own)] == []
