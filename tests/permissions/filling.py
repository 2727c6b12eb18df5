"""A form as somebody has it before them, and what they send of it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.permissions import matrix, rows
from tests.permissions.world import KINDS, Thing, World, undone
from tests.views.filling import Fields, dict_of

TABLE = matrix.table()

MADE_BEFORE, MADE_BY_SENDING = 1_000_000, 2_000_000

# What is written; what is known only once the page is open, such as a code, as a function of the browser.
type Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Filled:
    """Who fills a form in, and how. A button has nothing that is wrong."""

    by: str
    right: Said = field(default_factory=dict)
    wrong: Said = field(default_factory=dict)
    state: str = ""
    page: Callable[[Thing], str] | None = None  # where it is drawn, if not at the address that it is sent to
    before: Callable[[World, Client, Thing], None] | None = None
    parts: Mapping[str, str] = field(default_factory=dict)  # of its address, if other than the thing says
    unseen: frozenset[str] = frozenset()  # fields of its own that are not drawn at first


@dataclass(slots=True)
class Opened:
    """In a browser, with nothing written into it yet; of a button there may be no more than its address."""

    browser: Client
    address: str
    filled: Filled
    form: Element | None

    @property
    def fields(self) -> Fields:
        """What a browser would send at once."""
        return {} if self.form is None else dict_of(self.form)

    @property
    def own(self) -> set[str]:
        drawn_names = () if self.form is None else [each.get("name", "") for each in self.form.iter()]
        return {*drawn_names, *self.filled.right, *self.filled.wrong, *self.filled.unseen}

    def send(self, said: Said, *, besides: Mapping[str, str] | None = None) -> HttpResponse:
        return self.browser.post(self.address, {**(besides or {}), **self.written(said)})

    def left_by(self, said: Said, *, besides: Mapping[str, str] | None = None) -> rows.Cells:
        """What the database holds when it was sent, which is undone."""
        cookies = self.browser.cookies.output(header="", sep=";")
        with undone():
            rows.number_from(MADE_BY_SENDING)
            response = self.send(said, besides=besides)
            assert response.status_code in (200, 302), (self.address, response.status_code)
            left = rows.cells()
        self.browser.cookies.clear()
        self.browser.cookies.load(cookies)
        return left

    def written(self, said: Said) -> dict[str, Any]:
        """All that is sent. A form that stands on a page several times has a prefix before its names."""
        known = {name.rsplit("-", 1)[-1]: name for name in self.fields}
        new = {known.get(name, name): value(self.browser) if callable(value) else value for name, value in said.items()}
        return self.fields | {name: value if isinstance(value, list) else [value] for name, value in new.items()}


@contextmanager
def opened(world: World, key: str, filled: Filled) -> Iterator[Opened]:
    """A new thing, and its form before whoever fills it in; everything is undone at the end. A button is looked
    for on its page only where something unseen is sent with it."""
    with undone():
        rows.number_from(MADE_BEFORE)
        name = key.split()[0]
        row = TABLE[name]
        kind = KINDS[row.get("about", "")]
        thing = kind.make(world, filled.state or kind.states[0])
        browser = world.browser(filled.by)
        if filled.before:
            filled.before(world, browser, thing)
        parts = [filled.parts.get(part) or getattr(thing, part, part) for part in row.get("args", ())]
        address = reverse(name, args=parts)
        form = None
        if filled.wrong or filled.page:
            page = filled.page(thing) if filled.page else address
            form = drawn(tree(browser.get(page)), address, page=page, names=filled.wrong)
        yield Opened(browser, address, filled, form)


def drawn(page_tree: Element, address: str, *, page: str, names: Said) -> Element:
    """The form that is sent to this address."""
    forms = [
        form
        for form in page_tree.iter("form")
        if form.get("method") == "post" and urlsplit(form.get("action") or page).path == address
    ]
    wanted = [form for form in forms if _has(form, names)]
    assert wanted, f"{page} draws no form for {address} with {list(names)}"
    return wanted[0]


def tree(response: HttpResponse) -> Element:
    return html5lib.parse(response.content.decode(), namespaceHTMLElements=False)


def _has(form: Element, names: Said) -> bool:
    there = {each.get("name", "").rsplit("-", 1)[-1] for each in form.iter() if each.tag != "button"}
    return set(names) <= there
