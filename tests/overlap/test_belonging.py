"""Why one belongs to its group, told from its own side."""

from collections.abc import Iterator

from initiatives.overlap.engine import find_overlaps
from initiatives.overlap.language import joined
from initiatives.overlap.values import Listing, Member
from initiatives.text import fold, words
from tests.overlap.neighbourhood import ACTIVITIES, EVERYBODY, listing

GARDENS = tuple(
    listing(name, mission, language=language, tags=tags)
    for name, mission, language, tags in (
        (
            "Moestuin De Kiem",
            "Buren kweken samen groenten en kruiden op een braakliggend terrein.",
            "nl",
            ("garden", "food"),
        ),
        (
            "Tuin van Iedereen",
            "Groenten en kruiden kweken op een braakliggend terrein, voor de hele buurt.",
            "nl",
            ("garden",),
        ),
        (
            "Orto di Tutti",
            "I vicini coltivano insieme ortaggi ed erbe su un terreno abbandonato.",
            "it",
            ("garden", "food"),
        ),
        (
            "Orto del Ponte",
            "Ortaggi ed erbe coltivati insieme su un terreno abbandonato vicino al ponte.",
            "it",
            ("garden",),
        ),
        (
            "The Common Plot",
            "Neighbours grow vegetables and herbs together on derelict land.",
            "en",
            ("garden", "food"),
        ),
        ("Railway Garden", "Vegetables and herbs grown together by neighbours on derelict land.", "en", ("garden",)),
    )
)
LISTINGS = {each.key: each for each in (*EVERYBODY, *GARDENS)}
FOUND = find_overlaps(LISTINGS.values(), activities=ACTIVITIES)


def members() -> Iterator[tuple[Listing, Member]]:
    for group in FOUND.groups:
        for member in group.members:
            yield LISTINGS[member.key], member


def said(each: Listing) -> set[str]:
    """Its words, hyphened ones also as one (co-operative, cooperative)."""
    text = " ".join((each.name, each.mission, each.description, *each.tags))
    return {*words(text), *words(joined(fold(text)))}


class BelongingTests:
    def test_members_have_reasons_of_several_kinds(self) -> None:
        kinds = {reason.kind for _, member in members() for reason in member.reasons}
        assert {"shared_tags", "shared_words", "words_across"} <= kinds

    def test_words_are_the_member_s_own(self) -> None:
        quoted = [
            (each.name, word)
            for each, member in members()
            for reason in member.reasons
            if reason.kind in ("shared_words", "words_across")
            for word in reason.evidence["words"]
        ]
        assert quoted
        own = {each.name: said(each) for each, _ in members()}
        assert [(name, word) for name, word in quoted if not set(words(word)) <= own[name]] == []

    def test_those_named_share_every_tag_that_is_named(self) -> None:
        named = [
            (reason.evidence["tags"], LISTINGS[key])
            for _, member in members()
            for reason in member.reasons
            if reason.kind == "shared_tags"
            for key in reason.evidence["with"]
        ]
        assert named
        assert [(tags, other.name) for tags, other in named if not set(tags) <= set(other.tags)] == []

    def test_nobody_is_like_itself(self) -> None:
        assert [
            each.name for each, member in members() for reason in member.reasons if each.key in reason.evidence["with"]
        ] == []

    def test_everybody_has_a_reason(self) -> None:
        assert [each.name for each, member in members() if not member.reasons] == []
