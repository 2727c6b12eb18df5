"""Asks the web server of this machine for a page, as a browser of the site's own address would."""

import http.client
import os
import sys
from urllib.parse import urlsplit


def status_of(path: str, *, port: int, timeout: float = 10) -> int:
    """The status of the answer; 0 when there is none. Redirects are not followed: they lead out of this machine."""
    base = urlsplit(os.environ.get("BASE_URL") or f"http://localhost:{port}")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request("GET", path, headers={"Host": base.netloc, "X-Forwarded-Proto": base.scheme})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(status_of("/readyz", port=int(os.environ.get("PORT") or 8000)) != http.HTTPStatus.OK)
