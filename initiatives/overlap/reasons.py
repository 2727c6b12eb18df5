"""Why two listings overlap, as data.

| kind | evidence |
|---|---|
| same_work | activity: code; words: [term seen in a, term seen in b] |
| shared_tags | tags |
| shared_words | words: rare ones in both, as a writes them |
| words_across | pairs: [[word of a, word of b], …] of one meaning in two languages |
| alike_words | the same in one language, where no words are shared that would say it |
| need_meets_offer | wants, offers: keys; want, offer: titles; item_type; metres or null |
| linked | from, to: keys, as the listing itself says |
| same_network | networks: keys |
| shared_licence | licences: SPDX ids |
| same_domain | domain: the main one of both |
| nearby | metres |
| same_city | city: key or null; city_name |
| same_structure | structure |
| verdict | none: a person said so |
| pinned | with: keys of the others; a person put it into the group (of memberships only) |
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp
from typing import TYPE_CHECKING

from initiatives.overlap.activities import shared
from initiatives.overlap.places import NEARBY, SAME_SPOT, closeness, metres_between, rounded, same_city
from initiatives.overlap.values import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from initiatives.overlap.across import Across
    from initiatives.overlap.corpus import Corpus
    from initiatives.overlap.exchanges import Match
    from initiatives.overlap.verdicts import Verdicts

# What says what they do. The others (a place, a licence, a legal form) only add to one of these: by themselves they
# would make everybody in a city peers.
TOPICAL = frozenset({"same_work", "shared_tags", "shared_words", "words_across", "alike_words", "linked", "verdict"})
# One such reason is enough; else two, one of them topical and not weak. Set by reading pairs (docs/overlap.md).
STRONG = 0.4
WEAK = 0.25
# Of pairs read that had one late mention of a kind of work and nothing else but a legal form or a common word, one in
# twelve was sound.
SECOND = 0.15
MOST_WORDS = 6
MOST_WORKS = 3
# How surely two do the same whose names both say it.
OF_WORK = 0.9
# Sum of the squared rarity of shared words, or tags, at which the strength is 1 - 1/e: about two rare ones.
WORDS_FOR_STRENGTH = 1.5
TAGS_FOR_STRENGTH = 1.5


@dataclass(frozen=True)
class Witness:
    """Everything that reasons are drawn from; rows are those of the corpus."""

    corpus: Corpus
    matches: Mapping[tuple[int, int], Sequence[Match]] = field(default_factory=dict)
    across: Across | None = None

    def reasons(self, a: int, b: int) -> tuple[Reason, ...]:
        """Strongest first. a < b."""
        told = [
            *self._same_work(a, b),
            *self._shared_tags(a, b),
            *self._shared_words(a, b),
            *self._words_alike(a, b),
            *self._need_meets_offer(a, b),
            *self._circumstances(a, b),
        ]
        return tuple(sorted(told, key=lambda reason: -reason.strength))

    def told(self, a: int, b: int, verdicts: Verdicts) -> tuple[Reason, ...]:
        """The same, with what a person said of the pair first."""
        listings = self.corpus.listings
        said = verdicts.of(listings[a].key, listings[b].key) if verdicts else None
        return (Reason("verdict", 1.0, {}), *self.reasons(a, b)) if said == "peers" else self.reasons(a, b)

    def _same_work(self, a: int, b: int) -> Iterator[Reason]:
        both = shared(self.corpus.traits[a].works, self.corpus.traits[b].works)
        # Of several as sure, what fewer do says more: “time bank” before “mutual aid”.
        doing = self.corpus.frequencies.works
        surest = sorted(both.items(), key=lambda item: (-min(each.strength for each in item[1]), doing.get(item[0], 0)))
        for code, (one, other) in surest[:MOST_WORKS]:
            evidence = {"activity": code, "words": [one.term, other.term]}
            yield Reason("same_work", OF_WORK * min(one.strength, other.strength), evidence)

    def _shared_tags(self, a: int, b: int) -> Iterator[Reason]:
        mine, theirs = set(self.corpus.listings[a].tags), set(self.corpus.listings[b].tags)
        rarity = self.corpus.frequencies.tag_rarity
        both = sorted(mine & theirs, key=lambda tag: (-rarity(tag), tag))
        if both:
            evidence = {"tags": both[:MOST_WORDS]}
            yield Reason("shared_tags", _enough(rarity(tag) ** 2 for tag in both), evidence)

    def _shared_words(self, a: int, b: int) -> Iterator[Reason]:
        both = self.shared_stems(a, b)
        if both:
            mine = self.corpus.words[a]
            evidence = {"words": [mine[stem].surface for _, stem in both[:MOST_WORDS]]}
            yield Reason("shared_words", _enough(weight for weight, _ in both), evidence)

    def shared_stems(self, a: int, b: int) -> list[tuple[float, str]]:
        """With their weight, the best first. Neither the name of a city of theirs, nor a word of half of the directory,
        nor one that is beside the point in either text."""
        mine, theirs = self.corpus.telling[a], self.corpus.telling[b]
        places = self.corpus.places[a] | self.corpus.places[b]
        found = [(min(mine[stem], theirs[stem]), stem) for stem in mine.keys() & theirs.keys() - places]
        return sorted(found, key=lambda each: (-each[0], each[1]))

    def _words_alike(self, a: int, b: int) -> Iterator[Reason]:
        if self.across is None:
            return
        same = self.corpus.languages[a] == self.corpus.languages[b]
        if same and _enough(weight for weight, _ in self.shared_stems(a, b)) >= WEAK:
            return
        mine, theirs = self.corpus.words[a], self.corpus.words[b]
        told = [
            (mine[one].surface, theirs[other].surface, strength**2)
            for one, other, strength in self.across.aligned(a, b)
        ]
        # One word that two languages stem differently is no other word.
        alike = [each for each in told if each[0] != each[1]]
        shared = [each for each in told if each[0] == each[1]]
        if alike:
            evidence = {"pairs": [[one, other] for one, other, _ in alike]}
            yield Reason("alike_words" if same else "words_across", _enough(each[2] for each in alike), evidence)
        if shared and not self.shared_stems(a, b):
            yield Reason("shared_words", _enough(each[2] for each in shared), {"words": [each[0] for each in shared]})

    def _need_meets_offer(self, a: int, b: int) -> Iterator[Reason]:
        keys = self.corpus.listings
        for match in self.matches.get((a, b), ())[:MOST_WORKS]:
            evidence = {
                "wants": keys[match.wants].key,
                "offers": keys[match.offers].key,
                "want": match.need.title,
                "offer": match.offer.title,
                "item_type": match.need.item_type,
                "metres": None if match.metres is None else rounded(match.metres),
            }
            yield Reason("need_meets_offer", match.strength, evidence)

    def _circumstances(self, a: int, b: int) -> Iterator[Reason]:
        one, other = self.corpus.listings[a], self.corpus.listings[b]
        if other.key in one.partners or one.key in other.partners:
            ends = (one.key, other.key) if other.key in one.partners else (other.key, one.key)
            yield Reason("linked", 0.9, {"from": ends[0], "to": ends[1]})
        networks = sorted(set(one.networks) & set(other.networks))
        if networks:
            # A network of five is a circle of friends, one of five hundred a directory of its own.
            fewest = min(self.corpus.frequencies.networks.get(key, 0) for key in networks)
            yield Reason("same_network", max(0.2, 0.6 - fewest / 100), {"networks": networks})
        licences = sorted(set(one.licences) & set(other.licences))
        if licences:
            known = self.corpus.frequencies
            share = min(known.licences.get(code, 0) for code in licences) / max(known.population, 1)
            yield Reason("shared_licence", max(0.1, 0.3 - share), {"licences": licences})
        if one.domains and other.domains and one.domains[0] == other.domains[0]:
            yield Reason("same_domain", 0.3, {"domain": one.domains[0]})
        yield from self._place(a, b)
        if one.structure and one.structure == other.structure:
            yield Reason("same_structure", 0.1, {"structure": one.structure})

    def _place(self, a: int, b: int) -> Iterator[Reason]:
        one, other = self.corpus.listings[a], self.corpus.listings[b]
        metres = metres_between(one, other)
        if metres is not None and SAME_SPOT <= metres <= NEARBY:
            yield Reason("nearby", 0.5 * closeness(one, other), {"metres": rounded(metres)})
        elif same_city(one, other):
            yield Reason("same_city", 0.25, {"city": one.city, "city_name": one.city_name})


def told(reasons: Sequence[Reason]) -> float:
    """How strongly the strongest reason says what both do."""
    return max((reason.strength for reason in reasons if reason.kind in TOPICAL), default=0.0)


def enough(reasons: Sequence[Reason]) -> bool:
    """One strong reason, or two of which one is topical and not weak, and the other says something."""
    best = told(reasons)
    return best >= STRONG or (best >= WEAK and sum(reason.strength >= SECOND for reason in reasons) >= 2)


def _enough(strengths: Iterator[float]) -> float:
    return 1 - exp(-sum(strengths) / WORDS_FOR_STRENGTH)
