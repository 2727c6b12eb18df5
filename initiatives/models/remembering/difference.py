"""Which words of a text went and which came."""

import re
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

# A word with the space after it, so that what is kept reads as it was written.
WORDS = re.compile(r"\S+\s*|\s+")
# Finding the difference takes the square of it: a description of 50 kB would take a minute.
MOST_WORDS = 1_500


def difference(was: str, became: str) -> SafeString:
    """The text as it became, with what went in it too, each marked."""
    before, after = WORDS.findall(was), WORDS.findall(became)
    if max(len(before), len(after)) > MOST_WORDS:
        return _marked("del", was) + _marked("ins", became)
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    parts = [_part(kind, "".join(before[i:j]), "".join(after[k:m])) for kind, i, j, k, m in matcher.get_opcodes()]
    return format_html_join("", "{}", ((part,) for part in parts))


def _part(kind: str, went: str, came: str) -> SafeString | str:
    return went if kind == "equal" else _marked("del", went) + _marked("ins", came)


def _marked(tag: str, text: str) -> SafeString:
    """Said as well: most screen readers pass over these elements."""
    if not text:
        return SafeString()
    said = _("Removed:") if tag == "del" else _("Added:")
    template = f'<{tag}><span class="visually-hidden">{{}} </span>{{}}</{tag}> '
    return format_html(template, said, text.rstrip())
