"""The languages that texts are written in, as choices: those of Europe, and others that many speak there."""

from collections.abc import Iterable

from initiatives.models.initiative import UNKNOWN_LANGUAGE
from initiatives.places import language_name

LANGUAGES = tuple(
    """ar be bg bn br ca cs cy da de el en eo es et eu fa fi fr fy ga gl he hi hr hu hy id is it ja ka ko ku lb lt lv mk
    mt nl no oc pl pt ro ru sc sk sl so sq sr sv sw ta ti tr uk ur vi zh""".split()
)


def language_choices(*, also: Iterable[str] = (), besides: Iterable[str] = ()) -> list[tuple[str, str]]:
    """By name in the reader's language; `also` what a listing says already, `besides` what is taken."""
    codes = {*LANGUAGES, *also} - {*besides, UNKNOWN_LANGUAGE}
    return sorted(((code, language_name(code)) for code in codes), key=lambda choice: choice[1].casefold())
