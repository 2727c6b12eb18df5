"""Files of others are kept as they came: static/vendor/manifest.json tells their hashes."""

import hashlib
import json
from pathlib import Path

VENDOR = Path(__file__).parents[2] / "static" / "vendor"


def test_every_vendored_file_is_the_one_that_was_taken_in() -> None:
    manifest = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
    files = [file for file in VENDOR.rglob("*") if file.is_file() and file.name != "manifest.json"]
    found = {file.relative_to(VENDOR).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    assert found == manifest


def test_each_has_its_licence_beside_it() -> None:
    folders = {file.parent for file in VENDOR.rglob("*.*") if file.parent != VENDOR and file.is_file()}
    assert [folder for folder in folders if not (folder / "LICENSE").read_text(encoding="utf-8").strip()] == []
