"""Pages with forms as a browser without scripts has them: every field with what stands in it."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from django.http import HttpResponse
from django.test import Client

Fields = dict[str, list[str]]


def fields(page: str) -> Fields:
    """What the longest form of a page would send if its button were pressed at once."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    forms = [dict_of(form) for form in tree.iter("form") if form.get("method") == "post"]
    return max(forms, key=len)


def dict_of(form: Element) -> Fields:
    found: Fields = {}
    for name, value in controls(form):
        found.setdefault(name, []).append(value)
    return found


def controls(form: Element) -> Iterator[tuple[str, str]]:
    for each in form.iter():
        name = each.get("name")
        if not name or each.tag == "button":
            continue
        if each.tag == "textarea":
            yield name, (each.text or "").removeprefix("\n")
        elif each.tag == "select":
            yield from (
                (name, option.get("value", "")) for option in each.iter("option") if "selected" in option.attrib
            )
        elif each.get("type") not in ("checkbox", "radio") or "checked" in each.attrib:
            yield name, each.get("value", "on" if each.get("type") == "checkbox" else "")


def fill(client: Client, address: str, **said: Any) -> HttpResponse:
    """Open a page, write this into its form, and send it."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return client.post(address, fields(response.content.decode()) | said)


def refill(client: Client, address: str, response: HttpResponse, **said: Any) -> HttpResponse:
    """Send the form again that an answer came with."""
    return client.post(address, fields(response.content.decode()) | said)
