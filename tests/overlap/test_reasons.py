"""Reasons as two listings are told them: the most telling first, each word for what it is."""

from initiatives.overlap.corpus import corpus
from initiatives.overlap.encoder import default_encoder
from initiatives.overlap.engine import Engine
from initiatives.overlap.values import Activity, Listing, Reason
from tests.overlap.neighbourhood import listing

ACTIVITIES = (
    Activity(code="a_help", domain="care_health", terms={"en": ("mutual aid",)}),
    Activity(code="time_bank", domain="money_finance_insurance", terms={"en": ("time bank",)}),
)


def reasons(*listings: Listing) -> tuple[Reason, ...]:
    """Of the first two, among all."""
    engine = Engine(ACTIVITIES, default_encoder())
    return engine.witness(corpus(engine.read(listings))).reasons(0, 1)


class SameWorkTests:
    def test_what_fewer_do_is_told_first(self) -> None:
        banks = [listing(name, "A time bank for mutual aid.") for name in ("Northside Hours", "Harbour Hours")]
        aid = [listing(name, "Mutual aid on our street.") for name in ("Elm Row", "Oak Lane", "Ash Close")]
        told = [each.evidence["activity"] for each in reasons(*banks, *aid) if each.kind == "same_work"]
        assert told == ["time_bank", "a_help"]


class WordsTests:
    def test_a_word_that_is_stemmed_otherwise_in_another_language_is_shared(self) -> None:
        """German cuts “Gärten” and “Garten” to one stem; in an unknown language they stay as they are."""
        told = reasons(
            listing("Hermann", "Ein Garten mit Beeten: im Garten wachsen Kräuter.", language="de"),
            listing("Linde", "Garten, Garten.", language=""),
            listing("Kino", "Filme und Gespräche am Abend.", language="de"),
        )
        words = {each.kind: each.evidence for each in told if each.kind in ("shared_words", "words_across")}
        assert words == {"shared_words": {"words": ["garten"]}}
