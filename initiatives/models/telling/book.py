"""The names that reasons speak of, looked up once for all reasons of a page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from initiatives.models.city import City
from initiatives.models.domain import Domain
from initiatives.models.initiative import Initiative
from initiatives.models.licence import Licence
from initiatives.models.overlaps import Activity
from initiatives.models.tag import Tag
from initiatives.models.telling import asker, sentences
from initiatives.models.telling.marks import marked, plain
from initiatives.models.telling.words import and_list

Reason = Mapping[str, Any]
Languages = tuple[str, str]
UNKNOWN: Languages = ("", "")
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Told:
    """A reason as people read it. In a group `holders` of `total` members share it."""

    kind: str
    label: str
    sentence: SafeString
    strength: float = 0.0
    holders: int = 0
    total: int = 0

    @property
    def share(self) -> str:
        if not self.total:
            return ""
        return _("%(some)s of %(all)s") % {"some": number_format(self.holders), "all": number_format(self.total)}

    @property
    def holds_for_all(self) -> bool:
        return self.total > 0 and self.holders == self.total


@dataclass(frozen=True)
class Book:
    """Tells reasons. Made by `of` in six queries at most, whatever their number."""

    activities: Mapping[str, Activity] = field(default_factory=dict)
    domains: Mapping[str, Domain] = field(default_factory=dict)
    licences: Mapping[str, Licence] = field(default_factory=dict)
    cities: Mapping[int, City] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    tags: Mapping[str, str] = field(default_factory=dict)  # what tags are called, by the names that reasons have
    mark: Callable[..., str] = marked  # the text, and the language it is in where that is known

    @classmethod
    def of(cls, reasons: Iterable[Reason]) -> Self:
        told = [reason["evidence"] for reason in reasons]
        keys = {key for evidence in told for key in _listings(evidence)}
        return cls(
            activities={row.code: row for row in Activity.objects.filter(code__in=_codes(told, "activity"))},
            domains={row.code: row for row in Domain.objects.filter(code__in=_codes(told, "domain"))},
            licences={row.spdx_id: row for row in Licence.objects.filter(spdx_id__in=_codes(told, "licence"))},
            cities=City.objects.in_bulk(_codes(told, "city")),
            names=dict(Initiative.objects.published().filter(pk__in=keys).values_list("pk", "name")),
            tags={row.name: str(row) for row in Tag.objects.with_names().filter(name__in=_codes(told, "tag"))},
        )

    @classmethod
    def whole(cls) -> Self:
        """Every name that a reason may speak of, for files; evidence is not marked."""
        return cls(
            activities={row.code: row for row in Activity.objects.all()},
            domains={row.code: row for row in Domain.objects.all()},
            licences={row.spdx_id: row for row in Licence.objects.all()},
            cities={row.pk: row for row in City.objects.with_initiatives()},
            names=dict(Initiative.objects.published().values_list("pk", "name")),
            tags={row.name: str(row) for row in Tag.objects.with_names()},
            mark=plain,
        )

    def pair(self, reasons: Iterable[Reason], languages: Languages = UNKNOWN) -> list[Told]:
        """Why these two; `languages` are those of their texts, in the order that the reasons have."""
        told = [(reason, sentences.of_both(self, reason["kind"], reason["evidence"], languages)) for reason in reasons]
        return [_told(reason, sentence) for reason, sentence in told if sentence]

    def with_asker(self, reasons: Iterable[Reason], languages: Languages = UNKNOWN) -> list[Told]:
        """Why this one and whoever asks: the first of the two is the reader."""
        told = [(reason, asker.of_you(self, reason["kind"], reason["evidence"], languages)) for reason in reasons]
        return [_told(reason, sentence) for reason, sentence in told if sentence]

    def member(self, reasons: Iterable[Reason], language: str = "") -> list[Told]:
        """Why one belongs to its group: what it shares, and with whom (`with`, nearest first). `language` is that of
        its texts, whose words are told."""
        told = []
        for reason in reasons:
            others = [self.names[key] for key in reason["evidence"].get("with", ()) if key in self.names][:MOST_NAMED]
            if not others:
                continue
            sentence = sentences.of_one(
                self, reason["kind"], reason["evidence"], others=and_list(others), language=language
            )
            if sentence:
                told.append(_told(reason, sentence))
        return told

    def group(self, reasons: Iterable[Reason], members: Iterable[int]) -> list[Told]:
        """Why these belong together: what most of them share first."""
        public = set(members)
        told = []
        for reason in reasons:
            holders = len(public & set(reason["members"]))
            sentence = sentences.of_group(self, reason["kind"], reason["evidence"])
            if sentence and holders > 1:
                told.append(_told(reason, sentence, holders, len(public)))
        # Words last: each member uses some of them, which says least.
        return sorted(told, key=lambda each: (each.kind == "shared_words", -each.holders))

    def marked(self, words: Iterable[str], language: str = "") -> str:
        """“a, b and c”, each marked; all in this language."""
        return and_list([self.mark(word, language) for word in words])


def _told(reason: Reason, sentence: str, holders: int = 0, total: int = 0) -> Told:
    kind = reason["kind"]
    return Told(kind, str(sentences.KINDS[kind]), SafeString(sentence), reason.get("strength", 0.0), holders, total)


def _listings(evidence: Mapping[str, Any]) -> Iterable[int]:
    for name in ("wants", "offers", "from", "to", "network"):
        if name in evidence:
            yield evidence[name]
    yield from evidence.get("networks", ())
    yield from evidence.get("with", ())


def _codes(told: Sequence[Mapping[str, Any]], name: str) -> set[Any]:
    """Values of `name`, and those in the list that its plural holds."""
    single = {evidence[name] for evidence in told if evidence.get(name)}
    return single | {code for evidence in told for code in evidence.get(f"{name}s", ())}
