"""Where this page is: in the navigation, in the other languages, and for search engines."""

from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse, translate_url
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from initiatives.places import own_language_name

register = template.Library()

SECTIONS = {
    "initiatives": _("Initiatives"),
    "find-peers": _("Find peers"),
    "groups": _("Groups"),
    "cities": _("Cities"),
    "domains": _("Domains"),
    "licences": _("Licences"),
    "map": _("Map"),
    "about": _("About"),
}

LONGEST_ADDRESS = 4_000


class Section(NamedTuple):
    url: str
    label: Any
    current: str  # the value of aria-current, or nothing


class Language(NamedTuple):
    language: str
    name: str
    url: str


class Address(NamedTuple):
    canonical: str
    alternates: list[Language]


@register.simple_tag(takes_context=True)
def sections(context: Context) -> list[Section]:
    path = _path(context)
    return [
        Section(url, label, _current(url, path))
        for url, label in ((reverse(name), SECTIONS[name]) for name in SECTIONS)
    ]


@register.simple_tag(takes_context=True)
def languages(context: Context) -> list[Language]:
    """This page in the other languages, filters and all; the front page where there is no such page."""
    request: HttpRequest | None = context.get("request")
    return [
        _in_language(code, _whole(request) if request else "")
        for code, _name in settings.LANGUAGES
        if code != get_language()
    ]


@register.simple_tag(takes_context=True)
def addresses(context: Context) -> Address | None:
    """For the head of the page: its address without filters, and the same in every language."""
    path = _path(context)
    if not path:
        return None
    found = [_in_language(code, path) for code, _name in settings.LANGUAGES]
    absolute = [each._replace(url=settings.BASE_URL + each.url) for each in found]
    default = Language("x-default", "", absolute[0].url)
    return Address(settings.BASE_URL + path, [*absolute, default])


def _path(context: Context) -> str:
    request: HttpRequest | None = context.get("request")
    return request.path if request else ""


def _whole(request: HttpRequest) -> str:
    """With what was asked, unless that is longer than anybody ticks and types: pages do not repeat it."""
    whole = request.get_full_path()
    return whole if len(whole) <= LONGEST_ADDRESS else request.path


def _current(url: str, path: str) -> str:
    if path == url:
        return "page"
    return "true" if path.startswith(url) else ""


def _in_language(code: str, path: str) -> Language:
    url = translate_url(path, code)
    if url == path and code != get_language():
        with override(code):
            url = reverse("home")
    return Language(code, own_language_name(code), url)
