"""What a group is about, and why its members belong together: an activity, a tag or the words that set it apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from initiatives.overlap.activities import TOLD_FIRST
from initiatives.overlap.values import GroupReason, Label, LabelKind

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from initiatives.overlap.reasons import Witness

# An activity, tag or domain names a group when half of it shares it; a city is added from 60 %.
MOST_DO = 0.5
# Where nothing is shared by half, a third of a group still says more than words torn out of their sentences.
MANY_DO = 0.33
MOST_LIVE = 0.6
# A word describes a group when three in ten of it write it, a reason is told when at least a quarter has it.
SOME_WRITE = 0.3
# A language that fewer write does not speak for the group: of 39 gardens the words of two were told (“woodland”).
SOME_SPEAK = 0.2
SOME_SHARE = 0.25
WORDS_EACH = 5

Reasons = tuple[GroupReason, ...]


@dataclass(frozen=True)
class Circle:
    """A group on its way: its rows, and who of them shares what, widest first."""

    witness: Witness
    rows: tuple[int, ...]

    def shared(self, kind: str) -> list[tuple[Any, tuple[int, ...]]]:
        """What at least two of the rows share, and which."""
        holders: dict[Hashable, list[int]] = defaultdict(list)
        for row in self.rows:
            for each in self._told(row, kind):
                holders[each].append(row)
        several = [(each, tuple(rows)) for each, rows in holders.items() if len(rows) > 1]
        return sorted(several, key=lambda item: (-len(item[1]), str(item[0])))

    def _told(self, row: int, kind: str) -> Iterable[Hashable]:
        listing = self.witness.corpus.listings[row]
        match kind:
            case "work":
                # What a long text mentions somewhere is not yet what they all do.
                return [
                    found.activity for found in self.witness.corpus.traits[row].works if found.strength >= TOLD_FIRST
                ]
            case "tag" | "network" | "licence":
                return sorted(set(getattr(listing, f"{kind}s")))
            case "domain":
                return listing.domains[:1]
            case "country":
                return [listing.country] if listing.country else []
            case "city":
                return [] if not listing.city_name else [(listing.city, listing.city_name)]
            case _:
                raise ValueError(kind)


class Name(NamedTuple):
    """What a group could be called, and the part of it that this holds for."""

    kind: LabelKind
    code: str
    share: float
    country: str = ""


def told(witness: Witness, rows: Sequence[int], *, called: Mapping[str, Any] | None = None) -> tuple[Label, Reasons]:
    """Of one group by itself: its label and its reasons. What it is `called` among the others stays, if it holds."""
    circle = Circle(witness, tuple(rows))
    known = [called.get(part) for part in ("kind", "code", "country")] if called else []
    name = next((name for name in _candidates(circle) if [name.kind, name.code, name.country] == known), None)
    return _label(circle, name or names(circle)[0]), reasons(circle)


def labels(circles: Sequence[Circle]) -> list[Label]:
    """One for each circle. Two circles get one name only when neither has another: of those that want it, it goes to
    the one that more of its members hold it for, and the other adds its country or takes its next."""
    wanted = [_candidates(circle) for circle in circles]
    homes = [_home(circle) for circle in circles]
    chosen: dict[int, Name] = {}
    taken: set[Hashable] = set()
    for place in sorted(range(len(circles)), key=lambda place: (-wanted[place][0].share, place)):
        free = (name for name in wanted[place] if (name.kind, name.code, name.country, homes[place]) not in taken)
        name = chosen[place] = next(free, wanted[place][0])
        if name.code:
            taken.add((name.kind, name.code, name.country, homes[place]))
    return [_label(circle, chosen[place]) for place, circle in enumerate(circles)]


def _candidates(circle: Circle) -> list[Name]:
    """Best first. What most do, in their country, says more than what fewer do."""
    country = _country(circle)
    return [
        each
        for name in names(circle)
        for each in (name, name._replace(country=country))
        if each is name or (country and name.share >= MOST_DO)
    ]


def names(circle: Circle) -> list[Name]:
    """Best first: what most do, what most are tagged, what many do or are tagged, the domain, the words; never none."""
    does, tagged = _shares(circle, "activity", "work"), _shares(circle, "tag", "tag")
    most = [name for name in (*does, *tagged) if name.share >= MOST_DO]
    many = [name for name in (*does, *tagged) if MANY_DO <= name.share < MOST_DO]
    domain = [name for name in _shares(circle, "domain", "domain") if name.share >= MOST_DO]
    told = [Name("words", "", 0.0)] if any(words(circle).values()) or not domain else []
    return [*most, *many, *told, *domain]


def _shares(circle: Circle, kind: LabelKind, source: str) -> list[Name]:
    """Widest first; of several that as many share, the rarest in the whole directory says most."""
    found = [Name(kind, str(each), len(rows) / len(circle.rows)) for each, rows in circle.shared(source)]
    return sorted(found, key=lambda name: (-name.share, _total(circle, source, name.code)))


def _label(circle: Circle, name: Name) -> Label:
    city, city_name = _home(circle)
    return Label(name.kind, name.code, words(circle), city, city_name, name.country)


def _total(circle: Circle, kind: str, value: str) -> tuple[int, str]:
    """How many share it in the whole directory, as far as that is counted."""
    known = circle.witness.corpus.frequencies
    counted: Mapping[str, Mapping[str, int]] = {"tag": known.tags, "work": known.works}
    return counted.get(kind, {}).get(value, 0), value


def _home(circle: Circle) -> tuple[int | None, str]:
    shared = circle.shared("city")
    if shared and len(shared[0][1]) >= MOST_LIVE * len(circle.rows):
        city, name = shared[0][0]
        return city, name
    return None, ""


def _country(circle: Circle) -> str:
    """Where most are, unless a city says so already."""
    if _home(circle)[1]:
        return ""
    shared = circle.shared("country")
    return shared[0][0] if shared and len(shared[0][1]) >= MOST_LIVE * len(circle.rows) else ""


def words(circle: Circle) -> dict[str, tuple[str, ...]]:
    """Per language the stems that set the group apart (tf-idf of the group as one text, among stems that SOME_WRITE),
    each as most of its writers spell it. Of languages that few write only when nothing is said otherwise."""
    corpus = circle.witness.corpus
    by_language: dict[str, list[int]] = defaultdict(list)
    for row in circle.rows:
        by_language[corpus.languages[row]].append(row)
    told = {language: _words_of(circle, rows) for language, rows in sorted(by_language.items())}
    heard = [language for language in told if len(by_language[language]) >= SOME_SPEAK * len(circle.rows)]
    return {language: told[language] for language in heard if told[language]} or {
        language: these for language, these in told.items() if these
    }


def _words_of(circle: Circle, rows: Sequence[int]) -> tuple[str, ...]:
    corpus = circle.witness.corpus
    writers = Counter(stem for row in rows for stem in corpus.words[row])
    fewest = max(2, SOME_WRITE * len(rows))
    telling = [
        (corpus.frequencies.rarity(stem) ** 2 * sum(corpus.salience(row, stem) for row in rows), stem)
        for stem, n in writers.items()
        if n >= fewest
    ]
    best = sorted(telling, key=lambda each: (-each[0], each[1]))[:WORDS_EACH]
    return tuple(_spelling(circle, rows, stem) for weight, stem in best if weight > 0)


def _spelling(circle: Circle, rows: Sequence[int], stem: str) -> str:
    spelled = Counter(words[stem].surface for row in rows if stem in (words := circle.witness.corpus.words[row]))
    return min(spelled, key=lambda surface: (-spelled[surface], len(surface), surface))


# Which kind of reason tells of what, under which name in its evidence.
TOLD: Mapping[str, tuple[str, str]] = {
    "same_work": ("work", "activity"),
    "shared_tags": ("tag", "tag"),
    "same_domain": ("domain", "domain"),
    "same_network": ("network", "network"),
    "shared_licence": ("licence", "licence"),
}
MOST_OF_A_KIND = 2


def reasons(circle: Circle) -> Reasons:
    """What is shared by SOME_SHARE of the members or more, and by whom."""
    keys = [listing.key for listing in circle.witness.corpus.listings]
    fewest = max(2, SOME_SHARE * len(circle.rows))
    told: list[GroupReason] = []
    for kind, (source, name) in TOLD.items():
        wide = [(each, rows) for each, rows in circle.shared(source) if len(rows) >= fewest]
        told.extend(
            GroupReason(kind, {name: each}, tuple(keys[r] for r in rows)) for each, rows in wide[:MOST_OF_A_KIND]
        )
    for (city, city_name), rows in circle.shared("city")[:1]:
        if len(rows) >= fewest:
            told.append(GroupReason("same_city", {"city": city, "city_name": city_name}, tuple(keys[r] for r in rows)))
    told.extend(_words_reason(circle, keys, fewest))
    return tuple(told)


def _words_reason(circle: Circle, keys: Sequence[int], fewest: float) -> Iterable[GroupReason]:
    """The words that the group shares in a language, and everybody who writes at least one of them: counted over all
    languages, a sentence with the words of one would claim too much. The language of most first."""
    corpus = circle.witness.corpus
    found = []
    for language, these in words(circle).items():
        rows = [
            row
            for row in circle.rows
            if corpus.languages[row] == language and any(word.surface in these for word in corpus.words[row].values())
        ]
        if len(rows) >= fewest:
            members = tuple(keys[row] for row in rows)
            found.append(GroupReason("shared_words", {"words": {language: list(these)}}, members))
    return sorted(found, key=lambda reason: -len(reason.members))[:MOST_OF_A_KIND]
