"""Where the embedded database's socket lies: a folder that only its user can enter, with a short path."""

import os
import stat
import tempfile
from pathlib import Path

from commons_directory.errors import StartError

# A unix socket's whole address must fit in 107 bytes, so it cannot lie in the data folder, whose path may be long.
LONGEST_FOLDER = 80


def private_folder(note: Path, user_id: int) -> str:
    """The folder that `note` remembers from the last time, so that none are left about; else a new one."""
    if note.exists() and _is_private(known := note.read_text(), user_id):
        return known
    folder = tempfile.mkdtemp(prefix="commons-", dir=_place())
    os.chown(folder, user_id, -1)
    note.write_text(folder)
    return folder


def _place() -> str:
    for place in (os.environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir(), "/tmp"):  # noqa: S108
        if place and os.access(place, os.W_OK) and len(place.encode()) < LONGEST_FOLDER and "," not in place:
            return place
    raise StartError("No folder for temporary files can be written: make /tmp writable, or set TMPDIR to one that is.")


def _is_private(folder: str, user_id: int) -> bool:
    """Also against somebody who made a folder of that name before us."""
    try:
        found = os.lstat(folder)
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == user_id and stat.S_IMODE(found.st_mode) == 0o700
