"""Why two listings may be one, in sentences."""

from dataclasses import asdict

from initiatives.models.telling.twins import KINDS, SENTENCES, why_the_same
from initiatives.overlap.duplicates import DuplicateIndex
from initiatives.overlap.values import Identity


def found(one: Identity, other: Identity) -> list[str]:
    index = DuplicateIndex()
    index.add(1, one)
    (likeness,) = index.likely(other)
    return [each.sentence for each in why_the_same(asdict(reason) for reason in likeness.reasons)]


class WhyTheSameTests:
    def test_the_strongest_reason_comes_first(self) -> None:
        garden = Identity(name="Tuin van Heden", website="https://tuin.example.org", city="Ghent", country="BE")
        assert found(garden, garden) == [
            "Both have the website <mark>tuin.example.org</mark>.",
            "Both go by the same name.",
            "Both are in the same town.",
        ]

    def test_an_address_cannot_bring_markup_along(self) -> None:
        reason = {"kind": "same_website", "strength": 1, "evidence": {"website": "<b>.example"}}
        assert "<b>" not in why_the_same([reason])[0].sentence

    def test_every_kind_has_a_name_and_a_sentence(self) -> None:
        assert set(KINDS) == set(SENTENCES)
