"""What a benchmark says at its end: a table or JSON on the screen, and a file that also tells machine, versions and
date."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from initiatives.overlap.encoder import PACKAGE

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache" / "bench"


def add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write JSON with machine, versions and date there")


def tell(result: Mapping[str, Any], asked: Namespace, table: Callable[[Mapping[str, Any]], str]) -> None:
    print(json.dumps(result, indent=2, ensure_ascii=False) if asked.json else table(result))
    if asked.out:
        written = json.dumps({**result, "measured": circumstances()}, indent=2, ensure_ascii=False)
        asked.out.write_text(f"{written}\n", encoding="utf-8")


def circumstances() -> dict[str, Any]:
    """Where and with what it was measured. No name of a host."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "cpu": _processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in ("numpy", "scipy", "scikit-learn", "igraph", PACKAGE)},
        "commit": _commit(),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _commit() -> str:
    """Of the engine measured, where it is a checkout; with a plus where files of the engine differ from it."""
    try:
        return _git("rev-parse", "--short", "HEAD") + ("+" if _git("status", "--short", "initiatives/overlap") else "")
    except (OSError, subprocess.CalledProcessError):
        return ""


def _git(*order: str) -> str:
    return subprocess.run(["git", *order], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
