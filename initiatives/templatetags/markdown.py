"""`{{ initiative.description|markdown }}`, and the host of an address."""

from urllib.parse import urlsplit

from django import template

from initiatives.markdown import as_html

register = template.Library()
register.filter("markdown", as_html)


@register.filter
def url_host(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")
