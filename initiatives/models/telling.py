"""Reasons in the reader's language: the engine gives evidence as data, here it becomes a sentence.

Evidence is marked (`<mark>`) in pages; files get the same sentence as plain text.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from initiatives.models.choices import OrganisationalStructure
from initiatives.models.city import City
from initiatives.models.domain import Domain
from initiatives.models.fields import in_reader_language
from initiatives.models.initiative import Initiative
from initiatives.models.licence import Licence
from initiatives.models.overlaps import Activity

KINDS = {
    "same_work": gettext_lazy("Same work"),
    "shared_tags": gettext_lazy("Same tags"),
    "shared_words": gettext_lazy("Shared words"),
    "words_across": gettext_lazy("Same words, other language"),
    "need_meets_offer": gettext_lazy("Need meets offer"),
    "linked": gettext_lazy("Already in touch"),
    "same_network": gettext_lazy("Same network"),
    "shared_licence": gettext_lazy("Shared licence"),
    "same_domain": gettext_lazy("Same domain"),
    "nearby": gettext_lazy("Same neighbourhood"),
    "same_city": gettext_lazy("Same city"),
    "same_structure": gettext_lazy("Same legal form"),
    "verdict": gettext_lazy("Said by a person"),
}

Reason = Mapping[str, Any]


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
    """The names that reasons speak of, looked up once for all reasons of a page: five queries at most."""

    activities: Mapping[str, Activity] = field(default_factory=dict)
    domains: Mapping[str, Domain] = field(default_factory=dict)
    licences: Mapping[str, Licence] = field(default_factory=dict)
    cities: Mapping[int, City] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    mark: Callable[[str], str] = lambda text: format_html("<mark>{}</mark>", text)

    @classmethod
    def whole(cls) -> Self:
        """Every name that a reason may speak of, for files; evidence is not marked."""
        return cls(
            activities={row.code: row for row in Activity.objects.all()},
            domains={row.code: row for row in Domain.objects.all()},
            licences={row.spdx_id: row for row in Licence.objects.all()},
            cities={row.pk: row for row in City.objects.with_initiatives()},
            names=dict(Initiative.objects.viewable().values_list("pk", "name")),
            mark=str,
        )

    @classmethod
    def of(cls, reasons: Iterable[Reason]) -> Self:
        told = [reason["evidence"] for reason in reasons]
        keys = {key for evidence in told for key in _listings(evidence)}
        return cls(
            activities={row.code: row for row in Activity.objects.filter(code__in=_codes(told, "activity"))},
            domains={row.code: row for row in Domain.objects.filter(code__in=_codes(told, "domain"))},
            licences={row.spdx_id: row for row in Licence.objects.filter(spdx_id__in=_codes(told, "licence"))},
            cities=City.objects.in_bulk(_codes(told, "city")),
            names=dict(Initiative.objects.viewable().filter(pk__in=keys).values_list("pk", "name")),
        )

    # Between two.

    def pair(self, reasons: Iterable[Reason]) -> list[Told]:
        """Why these two; reasons that speak of a listing which is not public any more are left out."""
        told = []
        for reason in reasons:
            teller = PAIR.get(reason["kind"])
            sentence = teller(self, reason["evidence"]) if teller else ""
            if sentence:
                told.append(_told(reason, sentence))
        return told

    # Of a whole group.

    def group(self, reasons: Iterable[Reason], members: Iterable[int]) -> list[Told]:
        """Why these belong together: what most of them share first."""
        public = set(members)
        told = []
        for reason in reasons:
            holders = len(public & set(reason["members"]))
            teller = GROUP.get(reason["kind"])
            sentence = teller(self, reason["evidence"], everybody=holders == len(public)) if teller and holders > 1 else ""
            if sentence:
                told.append(_told(reason, sentence, holders, len(public)))
        return sorted(told, key=lambda each: -each.holders)

    def marked(self, words: Iterable[str]) -> str:
        """“a, b and c”, each marked."""
        marked = [self.mark(word) for word in words]
        if len(marked) < 2:
            return marked[0] if marked else ""
        first, last = marked[:-1], marked[-1]
        return format_html(
            pgettext("a list: all but the last, the last", "{} and {}"),
            format_html_join(", ", "{}", ((word,) for word in first)),
            last,
        )


def _told(reason: Reason, sentence: str, holders: int = 0, total: int = 0) -> Told:
    kind = reason["kind"]
    return Told(kind, str(KINDS[kind]), SafeString(sentence), reason.get("strength", 0.0), holders, total)


def _listings(evidence: Mapping[str, Any]) -> Iterable[int]:
    yield from (evidence[name] for name in ("wants", "offers", "from", "to") if isinstance(evidence.get(name), int))
    yield from evidence.get("networks", ())
    if isinstance(evidence.get("network"), int):
        yield evidence["network"]


def _codes(told: Sequence[Mapping[str, Any]], name: str) -> set[Any]:
    """Values of `name`, and of the list of its plural."""
    single = {evidence[name] for evidence in told if evidence.get(name)}
    return single | {code for evidence in told for code in evidence.get(f"{name}s", ()) if isinstance(code, str)}


def distance(metres: float) -> str:
    """Rounded as people say it: 80 m, 650 m, 1.2 km, 14 km."""
    if metres < 1000:
        return _("%(n)s m") % {"n": number_format(max(10, round(metres / 10) * 10))}
    kilometres = metres / 1000
    return _("%(n)s km") % {"n": number_format(kilometres, decimal_pos=1 if kilometres < 10 else 0)}


# The sentences. Each gets the book and the evidence; an empty sentence is not told.


def _both_work(book: Book, evidence: Mapping[str, Any]) -> str:
    activity = book.activities.get(evidence["activity"])
    if not activity:
        return ""
    sentence = in_reader_language(activity.said_of_both)
    words = list(dict.fromkeys(word for word in evidence.get("words", ()) if word))
    if not words:
        return format_html("{}", sentence)
    return format_html("{} ({})", sentence, book.marked(words))


def _both_tags(book: Book, evidence: Mapping[str, Any]) -> str:
    return format_html(_("Both are tagged {}."), book.marked(evidence["tags"]))


def _both_words(book: Book, evidence: Mapping[str, Any]) -> str:
    return format_html(_("Both speak of {}."), book.marked(evidence["words"]))


def _words_across(book: Book, evidence: Mapping[str, Any]) -> str:
    pairs = [
        format_html(
            pgettext("a word and the same in another language", "{} is {}"), book.mark(one), book.mark(other)
        )
        for one, other in evidence["pairs"]
    ]
    return format_html(_("In other words the same: {}."), format_html_join("; ", "{}", ((pair,) for pair in pairs)))


def _need_meets_offer(book: Book, evidence: Mapping[str, Any]) -> str:
    wants, offers = book.names.get(evidence["wants"]), book.names.get(evidence["offers"])
    if not wants or not offers:
        return ""
    want, offer = book.mark(evidence["want"]), book.mark(evidence["offer"])
    if evidence.get("metres") is None:
        return format_html(_("{} looks for: {}. {} offers: {}."), wants, want, offers, offer)
    away = distance(evidence["metres"])
    return format_html(_("{} looks for: {}. {}, {} away, offers: {}."), wants, want, offers, away, offer)


def _linked(book: Book, evidence: Mapping[str, Any]) -> str:
    one, other = book.names.get(evidence["from"]), book.names.get(evidence["to"])
    return format_html(_("{} names {} as its partner or example."), one, other) if one and other else ""


def _both_networks(book: Book, evidence: Mapping[str, Any]) -> str:
    names = [book.names[key] for key in evidence["networks"] if key in book.names]
    return format_html(_("Both belong to {}."), book.marked(names)) if names else ""


def _both_licences(book: Book, evidence: Mapping[str, Any]) -> str:
    names = [book.licences[code].short_name for code in evidence["licences"] if code in book.licences]
    return format_html(_("Both publish under {}."), book.marked(names)) if names else ""


def _both_domain(book: Book, evidence: Mapping[str, Any]) -> str:
    domain = book.domains.get(evidence["domain"])
    return format_html(_("Both work first of all in {}."), book.mark(str(domain))) if domain else ""


def _nearby(book: Book, evidence: Mapping[str, Any]) -> str:
    return format_html(_("They are {} apart."), book.mark(distance(evidence["metres"])))


def _both_city(book: Book, evidence: Mapping[str, Any]) -> str:
    return format_html(_("Both are in {}."), book.mark(_city(book, evidence)))


def _city(book: Book, evidence: Mapping[str, Any]) -> str:
    city = book.cities.get(evidence.get("city"))
    return str(city or evidence["city_name"])


def _both_structure(book: Book, evidence: Mapping[str, Any]) -> str:
    label = OrganisationalStructure(evidence["structure"]).label
    return format_html(_("Both have the same legal form: {}."), book.mark(label))


def _verdict(book: Book, evidence: Mapping[str, Any]) -> str:
    return format_html("{}", _("Somebody who knows both said that they do the same."))


PAIR: dict[str, Callable[[Book, Mapping[str, Any]], str]] = {
    "same_work": _both_work,
    "shared_tags": _both_tags,
    "shared_words": _both_words,
    "words_across": _words_across,
    "need_meets_offer": _need_meets_offer,
    "linked": _linked,
    "same_network": _both_networks,
    "shared_licence": _both_licences,
    "same_domain": _both_domain,
    "nearby": _nearby,
    "same_city": _both_city,
    "same_structure": _both_structure,
    "verdict": _verdict,
}


def _group_work(book: Book, evidence: Mapping[str, Any], *, everybody: bool) -> str:
    activity = book.activities.get(evidence["activity"])
    if not activity:
        return ""
    return format_html("{}", in_reader_language(activity.said_of_all) if everybody else book.mark(str(activity)))


def _group_tag(book: Book, evidence: Mapping[str, Any], *, everybody: bool) -> str:
    return format_html(_("Tagged {}."), book.mark(evidence["tag"]))


def _group_words(book: Book, evidence: Mapping[str, Any], *, everybody: bool) -> str:
    words = [word for these in evidence["words"].values() for word in these[:3]]
    return format_html(_("They speak of {}."), book.marked(dict.fromkeys(words)))


def _group_network(book: Book, evidence: Mapping[str, Any], *, everybody: bool) -> str:
    name = book.names.get(evidence["network"])
    return format_html(_("They belong to {}."), book.mark(name)) if name else ""


def _group_licence(book: Book, evidence: Mapping[str, Any], *, everybody: bool) -> str:
    licence = book.licences.get(evidence["licence"])
    return format_html(_("They publish under {}."), book.mark(licence.short_name)) if licence else ""


def _group_domain(book: Book, evidence: Mapping[str, Any], *, everybody: bool) -> str:
    domain = book.domains.get(evidence["domain"])
    return format_html(_("They work first of all in {}."), book.mark(str(domain))) if domain else ""


def _group_city(book: Book, evidence: Mapping[str, Any], *, everybody: bool) -> str:
    return format_html(_("They are in {}."), book.mark(_city(book, evidence)))


GROUP: dict[str, Callable[..., str]] = {
    "same_work": _group_work,
    "shared_tags": _group_tag,
    "shared_words": _group_words,
    "same_network": _group_network,
    "shared_licence": _group_licence,
    "same_domain": _group_domain,
    "same_city": _group_city,
}


# Names of groups.


def group_name(label: Mapping[str, Any], given: Mapping[str, str], book: Book) -> str:
    """What a person called it, else what the engine found, in the reader's language."""
    if given:
        return in_reader_language(dict(given))
    name = _found_name(label, book)
    if label.get("city_name"):
        city = book.cities.get(label.get("city"))
        return _("%(what)s in %(city)s") % {"what": name, "city": city or label["city_name"]}
    return name


def _found_name(label: Mapping[str, Any], book: Book) -> str:
    code = label.get("code", "")
    match label.get("kind"):
        case "activity" if code in book.activities:
            return str(book.activities[code])
        case "domain" if code in book.domains:
            return str(book.domains[code])
        case "tag":
            return code[:1].upper() + code[1:]
    words = [word for these in label.get("words", {}).values() for word in these[:2]]
    return ", ".join(dict.fromkeys(words[:4])).capitalize() or _("Without a name yet")
