"""What a group is called: by a person, else by what the engine found, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from initiatives.models.fields import in_reader_language
from initiatives.models.telling.book import Book
from initiatives.models.telling.words import own_words, words_for_reader
from initiatives.places import country_in_sentence


def group_name(label: Mapping[str, Any], given: Mapping[str, str], book: Book) -> str:
    if given:
        return in_reader_language(dict(given))
    name = _found_name(label, book)
    if label.get("city_name"):
        city = book.cities.get(label.get("city"))
        return _("%(what)s in %(city)s") % {"what": name, "city": city or label["city_name"]}
    if label.get("country"):
        return _("%(what)s in %(city)s") % {"what": name, "city": country_in_sentence(label["country"])}
    return name


def _found_name(label: Mapping[str, Any], book: Book) -> str:
    code = label.get("code", "")
    match label.get("kind"):
        case "activity" if code in book.activities:
            return str(book.activities[code])
        case "domain" if code in book.domains:
            return str(book.domains[code])
        case "tag":
            name = book.tags.get(code, code)
            return name[:1].upper() + name[1:]
    words = label.get("words", {})
    own = own_words(words)
    return ", ".join(own if len(own) > 1 else words_for_reader(words)[:4]).capitalize() or _("Without a name yet")
