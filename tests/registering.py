"""Registering as people do it: page after page, without cookies, with what a browser sends along."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.test import Client

from initiatives.forms.register.sending import AnswerForm, LaterForm, SendForm
from initiatives.models import Mail, Registration
from tests import people
from tests.forms.filling import filled

# An answer to every page, as somebody in a hurry gives it.
SHORT: dict[str, dict[str, Any]] = {
    "name": {"name": "Mend in Ghent", "mission": "We mend broken lamps and radios with our neighbours."},
    "place": {"where": "Gent", "reach": "local"},
    "work": {"domain": "repair-reuse"},
    "about": {},
    "exchange": {},
    "email": {"email": "stan@example.org"},
}
LONG = SHORT | {
    "work": {"domain": "repair-reuse", "others": ["making-production", "education"], "tags": "repair café, tools"},
    "about": {
        "website": "mend.example.org",
        "description": "Every first Saturday.\n\nWith coffee.",
        "founded": "2014",
        "roughly": "on",
        "structure": "association",
    },
    "exchange": {
        "want_1": "A dry shed",
        "want_1_kind": "space",
        "want_1_terms": "borrow-lend",
        "offer_1": "Evenings on soldering",
        "offer_1_kind": "knowledge",
        "offer_1_terms": "receive-donate",
    },
}


def vocabulary() -> None:
    people.city("Ghent")
    for slug in ("repair-reuse", "making-production", "education"):
        people.domain(slug)


def begin(language: str = "en") -> str:
    """The address of the first question, of a draft of one's own."""
    prefix = "" if language == "en" else f"/{language}"
    return Client().get(f"{prefix}/register/begin/").headers["Location"]


def post(address: str, **said: Any) -> HttpResponse:
    return Client().post(address, said)


def fill(pages: Mapping[str, Mapping[str, Any]] = SHORT, *, language: str = "en") -> str:
    """Through all pages to the last; its address."""
    address = begin(language)
    for slug, said in pages.items():
        assert address.endswith(f"/{slug}/"), (slug, address)
        response = post(address, **said)
        assert response.status_code == 302, re.findall(r"field-error.*?</div>", response.content.decode(), re.DOTALL)
        address = response.headers["Location"]
    assert address.endswith("/check/")
    return address


def send(address: str, **said: str) -> HttpResponse:
    return post(address, **filled(SendForm, **({"consent": "on"} | said)))


def ask_link(address: str, email: str) -> HttpResponse:
    """On the page “Save and go on later”."""
    return post(address, **filled(LaterForm, email=email))


def hand_in(address: str, words: str) -> HttpResponse:
    return post(f"{address}answer/", **filled(AnswerForm, words=words))


def sent(pages: Mapping[str, Mapping[str, Any]] = SHORT) -> Registration:
    response = send(fill(pages))
    assert response.status_code == 302
    return Registration.objects.behind(response.headers["Location"].split("/")[-2])


def mailed_link(kind: str = "confirm-registration") -> str:
    """Where the newest mail of this kind leads."""
    return Mail.objects.filter(kind=kind).latest("pk").context["path"]


def registered(pages: Mapping[str, Mapping[str, Any]] = SHORT) -> str:
    """Sent and confirmed; the address at which it is told where it stands."""
    sent(pages)
    return Client().post(mailed_link()).headers["Location"]


def text(response: HttpResponse) -> str:
    return response.content.decode()
