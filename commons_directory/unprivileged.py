"""PostgreSQL refuses to run as root: start its programs as somebody who may do less, and none to outlive its parent."""

import ctypes
import os
import pwd
import signal
import sys
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1
# Inside a user namespace of its own root is seen under this number; outside, its files stay root's.
INNER_ID = 1000


def namespaces_allowed() -> bool:
    """Containers and hardened kernels often refuse user namespaces; only trying tells."""
    if not hasattr(os, "unshare"):
        return False
    child = os.fork()
    if child == 0:
        try:
            _enter_namespace()
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def owner_for(folder: Path) -> int:
    """The user id under which a database in `folder` runs: its owner's, or before there is one whom root can become."""
    if folder.exists():
        return folder.stat().st_uid
    if os.geteuid() != 0 or namespaces_allowed():
        return os.geteuid()
    return pwd.getpwnam("nobody").pw_uid


def becoming(user_id: int) -> Callable[[], None]:
    """What a child does between fork and exec to run as `user_id`, and to be told to stop when its parent dies."""

    parent = os.getpid()

    def become() -> None:
        if os.geteuid() == 0 and user_id == 0:
            _enter_namespace()
        elif os.geteuid() == 0:
            os.setgroups([])
            os.setgid(pwd.getpwuid(user_id).pw_gid)
            os.setuid(user_id)
        # Last: changing credentials clears it. SIGINT is PostgreSQL's "fast shutdown".
        ask_for_signal_when_parent_dies(signal.SIGINT, parent=parent)

    return become


def ask_for_signal_when_parent_dies(number: signal.Signals, *, parent: int) -> None:
    """Ends at once when that parent has died already, before it could be asked."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)
    if os.getppid() != parent:
        os._exit(1)


def _enter_namespace() -> None:
    user, group = os.geteuid(), os.getegid()
    os.unshare(os.CLONE_NEWUSER)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{INNER_ID} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{INNER_ID} {group} 1")
