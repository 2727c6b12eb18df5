"""Finds a Chromium, or fetches one without being root."""

import fcntl
import io
import os
import shutil
import tarfile
from dataclasses import dataclass, field
from pathlib import Path

import brotli
from playwright.sync_api import Playwright

from tests.browser.npm import unpacked

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Written by us, since the package's own names folders of another machine: without a font that is found text is blank,
# and contrast goes unchecked.
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


@dataclass(frozen=True)
class Chromium:
    executable: str
    environment: dict[str, str] = field(default_factory=dict)


def find_chromium(playwright: Playwright) -> Chromium:
    """The first of: the setting CHROMIUM, the path, Playwright's own, a fetched one."""
    if chosen := os.environ.get("CHROMIUM"):
        return Chromium(chosen)
    for name in NAMES:
        if found := shutil.which(name):
            return Chromium(found)
    if Path(playwright.chromium.executable_path).exists():
        return Chromium(playwright.chromium.executable_path)
    return fetched_chromium()


def fetched_chromium() -> Chromium:
    package = unpacked(
        "@sparticuz/chromium",
        "153.0.0",
        sha256="20e5656fcdcf4118ede85edfb9d6bb9cc1bbb7ffb8b75622fffbcf36a835c3c0",
    )
    ready = package / "ready"
    with open(package / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (ready / "fonts.conf").exists():
            _make_ready(package / "bin", ready)
    environment = {"LD_LIBRARY_PATH": str(ready / "lib"), "FONTCONFIG_FILE": str(ready / "fonts.conf")}
    return Chromium(str(ready / "chromium"), environment)


def _make_ready(parts: Path, ready: Path) -> None:
    ready.mkdir(exist_ok=True)
    for part in parts.glob("*.tar.br"):
        with tarfile.open(fileobj=io.BytesIO(brotli.decompress(part.read_bytes()))) as archive:
            archive.extractall(ready, filter="data")
    (ready / "chromium").write_bytes(brotli.decompress((parts / "chromium.br").read_bytes()))
    (ready / "chromium").chmod(0o755)
    # Last: it says that the rest is whole.
    (ready / "fonts.conf").write_text(FONTS.format(fonts=ready / "fonts", cache=ready / "font-cache"))
