"""The guides: each picture is there, is shown and says in words what it shows; all of them are light."""

import re

from commons_directory.embedded import ROOT
from tests.browser.pictures import PICTURES

GUIDES = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
SHOWN = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
MOST_BYTES = 1_500_000


def shown() -> dict[str, str]:
    """By file, what is said of it."""
    found = ((guide, *picture.groups()) for guide in GUIDES for picture in SHOWN.finditer(guide.read_text()))
    return {str((guide.parent / address).resolve()): words for guide, words, address in found}


class PicturesTests:
    def test_are_those_that_are_taken_and_each_is_described(self) -> None:
        taken = {str(ROOT / f"docs/pictures/{name}.png") for name in (*PICTURES, "group")}
        assert shown().keys() == taken == {str(file) for file in (ROOT / "docs/pictures").iterdir()}
        assert all(len(words) > 40 for words in shown().values())

    def test_are_small(self) -> None:
        assert sum(file.stat().st_size for file in (ROOT / "docs/pictures").iterdir()) < MOST_BYTES
