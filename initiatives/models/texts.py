"""What a listing says of itself, language by language."""

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import get_language

if TYPE_CHECKING:
    from initiatives.models.initiative import Initiative


class Text(NamedTuple):
    """`lang`: empty where it is not known; `needs_update`: what it was translated from has changed since."""

    lang: str
    mission: str
    description: str
    needs_update: bool = False


def texts_of(listing: "Initiative") -> list[Text]:
    """The reader's language first, if somebody wrote a mission in it; then the original, then other translations."""
    original = Text(listing.lang, listing.mission, listing.description)
    translated = [
        Text(each.language, each.mission, each.description, each.needs_update) for each in listing.translations.all()
    ]
    own = _base(get_language())
    if _base(original.lang) == own:
        return [original, *translated]
    return sorted([original, *translated], key=lambda text: not (text.mission and _base(text.lang) == own))


def _base(language: str | None) -> str:
    """Of “pt-BR” what readers of Portuguese read."""
    return (language or "").partition("-")[0]
