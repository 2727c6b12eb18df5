"""Text as a key: one way to compare words, for every layer."""

import re
import unicodedata
from urllib.parse import urlsplit

# What NFKD leaves whole although a reader takes it for a Latin letter with an ornament.
LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ħ": "h"})
WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Case, accents and runs of space taken away: “Gänsemarkt  Ŏ” is “gansemarkt o”.

    What is left compares as readers compare, in every script; it is also the key that lists sort by,
    because the embedded PostgreSQL has no ICU collations.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    # Taken apart before and after: “𝐀” is a letter with case only then, and “ß” becomes two only by folding.
    plain = unicodedata.normalize("NFKD", text).casefold().translate(LETTERS)
    plain = unicodedata.normalize("NFKD", plain)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def host(url: str) -> str:
    """The host of an address as people say it, without `www.`."""
    try:
        return urlsplit(url).netloc.removeprefix("www.")
    except ValueError:  # brackets that hold no address
        return ""


def website(url: str) -> str:
    """An address as people say it: host and path."""
    try:
        return (host(url) + urlsplit(url).path).rstrip("/")
    except ValueError:
        return ""


def words(text: str) -> list[str]:
    """The folded words of a text, in order, without punctuation."""
    return WORD.findall(fold(text))


def whole_number(told: str) -> int | None:
    """As an address or a form has it; nothing where it is none, or longer than any key."""
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 19 else None
