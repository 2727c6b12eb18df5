"""Small turns of phrase."""

from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def and_list(parts: Sequence[str]) -> str:
    """“a, b and c”."""
    if len(parts) < 2:
        return parts[0] if parts else ""
    first = format_html_join(", ", "{}", ((part,) for part in parts[:-1]))
    return format_html(pgettext("a list: all but the last, the last", "{} and {}"), first, parts[-1])


def distance(metres: float) -> str:
    """Rounded as people say it: 80 m, 650 m, 1.2 km, 14 km."""
    if metres < 1000:
        return _("%(n)s m") % {"n": number_format(max(10, round(metres / 10) * 10))}
    kilometres = metres / 1000
    return _("%(n)s km") % {"n": number_format(kilometres, decimal_pos=1 if kilometres < 10 else 0)}
