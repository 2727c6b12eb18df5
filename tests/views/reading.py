"""Reading answers as a citizen or a program would."""

import csv
import io
from typing import Any

from django.http import HttpResponseBase
from django.test import Client


def body(response: HttpResponseBase) -> str:
    whole = b"".join(response.streaming_content) if response.streaming else response.content
    return whole.decode()


def free_places() -> int:
    """How many files could be taken away now: each that is neither read to its end nor closed keeps a place."""
    from initiatives.views import opendata

    taken = 0
    while opendata._places.acquire(blocking=False):
        taken += 1
    for _ in range(taken):
        opendata._places.release()
    return taken


def get(address: str, **query: Any) -> str:
    """The body of an address that must answer."""
    response = Client().get(address, query)
    assert response.status_code == 200, (address, query, response.status_code)
    return body(response)


def table(address: str, *, delimiter: str = ",", **query: Any) -> list[dict[str, str]]:
    return list(
        csv.DictReader(io.StringIO(get(address, **query).removeprefix("\ufeff"), newline=""), delimiter=delimiter)
    )


def column(name: str, **query: Any) -> list[str]:
    """One column of the initiatives as a file."""
    return [row[name] for row in table("/initiatives.csv", **query)]
