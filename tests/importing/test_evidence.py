"""What bears out an entry, judged by small lists of their form."""

import json
from pathlib import Path
from typing import Any

import pytest

from initiatives.importing.evidence import Lists


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    files = {
        "p2p_wiki/initiatives.csv": "name,source_page\nMill Garden,https://wiki.p2pfoundation.net/Mill_Garden\n",
        "p2p_wiki/language_pages.csv": "name,lang\nEl jardín,es\n",
        "susy/initiatives.geojson": json.dumps({"features": [{"properties": {"_id": "a1", "name": "Brewery"}}]}),
        "osta/organisations_clean.csv": "organization_name\nOpen Mill\n",
        "dpg/digitalpublicgoods.jsonl": '{"id": "mill-os", "name": "MillOS"}\n{"name": "Grain"}\n',
        "codefor_de/content/labs/mill.md": "---\ntitle: Mill Lab\n---\nText\n",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    return Lists(tmp_path)


def entry(name: str, *evidence: dict[str, str]) -> dict[str, Any]:
    return {"id": "an-entry", "file": "a.toml", "name": name, "evidence": list(evidence)}


@pytest.mark.parametrize(
    ("listed", "row", "name"),
    [
        ("p2p_wiki", "https://wiki.p2pfoundation.net/Mill_Garden", "The Mill Garden"),
        ("p2p_wiki", "https://wiki.p2pfoundation.net/El_jardín", "Jardín"),
        ("susy", "a1", "Brewery of Ledeberg"),
        ("osta", "Open Mill", "Open Mill"),
        ("dpg", "mill-os", "Mill OS"),
        ("dpg", "Grain", "Grain"),
        ("codefor_de", "content/labs/mill.md", "Mill Lab"),
    ],
)
def test_a_row_that_is_there_bears_it_out(lists: Lists, listed: str, row: str, name: str) -> None:
    borne = lists.bears_out(entry(name, {"set": listed, "row": row}))
    assert (borne.verdict, borne.found, borne.otherwise_named) == ("borne out", (f"{listed}: {row}",), ())


@pytest.mark.parametrize("listed", ["susy", "dpg", "an unknown list"])
def test_a_row_that_is_not_there_is_told(lists: Lists, listed: str) -> None:
    borne = lists.bears_out(entry("Mill", {"set": listed, "row": "zz"}, {"url": "https://mill.example.org"}))
    assert (borne.verdict, borne.missing) == ("row missing", (f"{listed}: zz",))


def test_an_address_alone_is_told_apart(lists: Lists) -> None:
    assert lists.bears_out(entry("Mill", {"url": "https://mill.example.org"})).verdict == "address alone"


def test_a_row_of_quite_another_name_is_worth_a_look(lists: Lists) -> None:
    borne = lists.bears_out(entry("Night school", {"set": "susy", "row": "a1"}))
    assert (borne.verdict, borne.otherwise_named) == ("borne out", ("susy: a1 is called “Brewery”",))
