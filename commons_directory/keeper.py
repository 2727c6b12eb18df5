"""The parent of an embedded PostgreSQL: it starts it, and stops it as soon as nobody uses it any more.

Whoever uses the database holds a shared lock on a file. The kernel drops that lock when its holder ends, even by
kill -9, so waiting for the exclusive lock is waiting for the last user: a shell, an import and the site can come and go
in any order.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys

from commons_directory.unprivileged import becoming


def keep(command: list[str], *, user_id: int, users: str) -> int:
    become = becoming(user_id)
    server = subprocess.Popen(command, preexec_fn=become, stdin=subprocess.DEVNULL)  # noqa: PLW1509 - one thread only
    signal.signal(signal.SIGCHLD, lambda *_: sys.exit(server.wait()))
    signal.signal(signal.SIGTERM, lambda *_: _stop(server))
    with open(users) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # Held until this process is gone: a newcomer waits for the stop, then starts a database of its own.
        return _stop(server)


def _stop(server: subprocess.Popen[bytes]) -> int:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    server.send_signal(signal.SIGINT)
    return server.wait()


if __name__ == "__main__":
    os.setsid()
    sys.exit(keep(**json.loads(sys.argv[1])))
