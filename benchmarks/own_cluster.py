"""A PostgreSQL of a benchmark's own, thrown away afterwards."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from commons_directory.embedded import Cluster

if TYPE_CHECKING:
    from collections.abc import Iterator

# The server runs as another user where the benchmark is run by root, and must get there.
MAY_ENTER = 0o755


@contextmanager
def own_cluster() -> Iterator[Cluster]:
    """In a temporary folder, with the settings that the directory itself uses."""
    folder = Path(tempfile.mkdtemp(prefix="commons-bench-"))
    folder.chmod(MAY_ENTER)
    cluster = Cluster(folder)
    try:
        cluster.use()
        yield cluster
    finally:
        cluster.leave()
        shutil.rmtree(folder, ignore_errors=True)
