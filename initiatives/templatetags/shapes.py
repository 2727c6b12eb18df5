"""Draws what `drawing/` worked out. A badge goes into a page once, as a symbol; every further time it is only used."""

from typing import Any

from django import template
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from initiatives.drawing.badge import Badge

register = template.Library()

DRAWN = "drawn_badges"


@register.simple_tag(takes_context=True)
def badge(context: Context, drawing: Badge, title: str = "", css_class: str = "") -> SafeString:
    """`title` only where no name stands beside it: else the picture is an ornament, and screen readers pass it by."""
    values = {
        "badge": drawing,
        "is_first": _is_first(context, drawing.key),
        "title": title,
        "css_class": css_class or ("badge-pair" if len(drawing.discs) == 2 else ""),
    }
    return mark_safe(get_template("components/badge.html").render(values).strip())  # noqa: S308 – escaped by its template


def _is_first(context: Context, key: str) -> bool:
    """Whether this page has not drawn it yet. The lowest level of the render context is shared by all it includes."""
    page: Any = context.render_context.dicts[0]
    drawn: set[str] = page.setdefault(DRAWN, set())
    if key in drawn:
        return False
    drawn.add(key)
    return True
