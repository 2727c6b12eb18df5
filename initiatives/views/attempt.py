"""A button does its deed, or the next page says why it cannot be done."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

from initiatives.models import IllegalMove


def attempt(request: HttpRequest, deed: Callable[[], object], said: str) -> None:
    """`said` is told once it is done."""
    try:
        deed()
    except IllegalMove as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
