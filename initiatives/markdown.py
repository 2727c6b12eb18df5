"""Markdown that people write, as HTML that is safe to show: rendered without HTML of its own, then cleaned."""

import re

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# Headings begin below those of the page.
TAGS = {"p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre", "hr", "h3", "h4", "h5", "h6"}
HEADINGS = {"h1": "h3", "h2": "h3"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}

# What may cost: the parser weighs every bracket and star against those before it.
LONGEST = 20_000
LONGEST_RUN = 20
_runs = re.compile(r"([_*>`])\1{%d,}|[\[\]!]{%d,}" % (LONGEST_RUN, LONGEST_RUN + 1))  # noqa: UP031 – braces

_parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": 20}).disable("image")


def _lower_headings(tokens: list) -> list:
    for token in tokens:
        token.tag = HEADINGS.get(token.tag, token.tag)
    return tokens


def as_html(text: str) -> SafeString:
    """Bounded: what is longer than anybody writes is cut, and runs of signs that nobody writes are."""
    bounded = _runs.sub(lambda run: run[0][:LONGEST_RUN], text[:LONGEST])
    tokens = _lower_headings(_parser.parse(bounded))
    html = _parser.renderer.render(tokens, _parser.options, {})
    clean = nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https"}, link_rel="nofollow ugc noopener"
    )
    return mark_safe(clean)  # noqa: S308 – what nh3 lets through
