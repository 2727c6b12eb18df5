import shutil
from pathlib import Path

# Less than this, and PostgreSQL cannot write another segment of its log.
LEAST_ROOM = 32 * 1024 * 1024


class StartError(Exception):
    """It cannot start. The message is for a person: what is wrong, and what to do."""


def trouble(message: str, *, folder: Path) -> StartError:
    """What went wrong in that folder. On a full disk things break in many ways; only the disk itself tells."""
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    disk = shutil.disk_usage(existing)
    if disk.total > 0 and disk.free < LEAST_ROOM:
        return StartError(f"The disk of {folder} is full. Make room, or choose a folder on another disk with --data.")
    return StartError(message)
