"""Text as a key: one way to compare words, for every layer."""

import re
import unicodedata

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


def words(text: str) -> list[str]:
    """The folded words of a text, in order, without punctuation."""
    return WORD.findall(fold(text))
