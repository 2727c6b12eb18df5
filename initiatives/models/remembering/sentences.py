"""What a deed did to a listing, in sentences: one function for each kind of row that the history remembers."""

from collections.abc import Callable, Iterator, Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from initiatives.models.choices import OutputKind, RelationshipKind
from initiatives.models.remembering import about_people, decided
from initiatives.models.remembering.difference import difference
from initiatives.models.remembering.events import HistoryEvent, Move
from initiatives.models.remembering.names import Names
from initiatives.models.remembering.parts import Kind, Telling, Told
from initiatives.models.remembering.values import TEXTS, WHAT, shown, somewhere_else
from initiatives.places import language_name


def told(events: Sequence[HistoryEvent], telling: Telling) -> list[Told]:
    """Of one deed. Kinds that say nothing to people are passed over."""
    sentences: list[Told] = []
    for kind, tell in KINDS.items():
        these = [event for event in events if event.kind == kind]
        if these:
            sentences += tell(these, telling)
    # An answer to a yearly question is written down as such, and on the listing: the same sentence twice.
    return list(dict.fromkeys(sentences))


def _initiative(events: Sequence[HistoryEvent], telling: Telling) -> Iterator[Told]:
    for event in events:
        if event.move == Move.CHANGED:
            yield from _fields(event, telling)


def _fields(event: HistoryEvent, telling: Telling) -> Iterator[Told]:
    for column in WHAT:
        # The country follows the city.
        if column in event.was and not (column == "country" and "city_id" in event.was):
            yield _field(column, event, telling)
    # Whoever changes a listing confirms the rest of it: that goes without saying.
    if event.was.keys() == {"confirmed_on"}:
        yield Told(_("{who} confirmed that it is still right.").format(who=telling.who))
    if said := somewhere_else(set(event.was)):
        yield Told(_("{who} changed {what}.").format(who=telling.who, what=said))


def _field(column: str, event: HistoryEvent, telling: Telling) -> Told:
    was, became = (shown(column, values[column], telling.names) for values in (event.was, event.became))
    said = {"who": telling.who, "what": WHAT[column], "was": was, "became": became}
    if column in TEXTS and was and became:
        return Told(_("{who} rewrote {what}.").format(**said), difference(was, became))
    if not was:
        return Told(_("{who} filled in {what}: “{became}”.").format(**said))
    if not became:
        return Told(_("{who} took out {what}: “{was}”.").format(**said))
    return Told(_("{who} changed {what} from “{was}” to “{became}”.").format(**said))


def _set_of(what_added: str, what_removed: str, name: Callable[[dict, Names], str]) -> Kind:
    """Rows that say a thing or another of a listing: what came and what went, where a deed wrote all of them anew."""

    def tell(events: Sequence[HistoryEvent], telling: Telling) -> Iterator[Told]:
        added = {name(event.became, telling.names) for event in events if event.move == Move.MADE}
        removed = {name(event.was, telling.names) for event in events if event.move == Move.REMOVED}
        for said, names in ((what_added, added - removed), (what_removed, removed - added)):
            if names:
                yield Told(_(said).format(who=telling.who, names=", ".join(sorted(names))))

    return tell


def _licence(values: dict, names: Names) -> str:
    return f"{names.of('licence_id', values['licence_id'])} ({OutputKind(values['output_kind']).label})"


def _translations(events: Sequence[HistoryEvent], telling: Telling) -> Iterator[Told]:
    for event in events:
        said = {"who": telling.who, "language": _language(event)}
        if event.move == Move.MADE:
            yield Told(_("{who} added a translation: {language}.").format(**said))
        elif event.move == Move.REMOVED:
            yield Told(_("{who} removed a translation: {language}.").format(**said))
        for column in TEXTS & (event.was or {}).keys() if event.move == Move.CHANGED else ():
            changed = difference(event.was[column], event.became[column])
            yield Told(_("{who} rewrote {what} in a translation.").format(**said, what=WHAT[column]), changed)


def _language(event: HistoryEvent) -> str:
    return language_name((event.became or event.was).get("language", ""))


def _exchanges(events: Sequence[HistoryEvent], telling: Telling) -> Iterator[Told]:
    added = {_exchange(event.became) for event in events if event.move == Move.MADE}
    removed = {_exchange(event.was) for event in events if event.move == Move.REMOVED}
    for kind, title in sorted(added - removed):
        said = _("{who} added a need: “{title}”.") if kind == "want" else _("{who} added an offer: “{title}”.")
        yield Told(said.format(who=telling.who, title=title))
    for kind, title in sorted(removed - added):
        said = _("{who} removed a need: “{title}”.") if kind == "want" else _("{who} removed an offer: “{title}”.")
        yield Told(said.format(who=telling.who, title=title))
    for event in events:
        if event.move == Move.CHANGED:
            yield Told(_("{who} changed a need or an offer.").format(who=telling.who), _texts(event))


def _exchange(values: dict) -> tuple[str, str]:
    return values["exchange_type"], values["title"]


def _texts(event: HistoryEvent) -> SafeString:
    columns = [column for column in WHAT if column in TEXTS and column in event.was]
    return SafeString(" ".join(difference(event.was[column], event.became[column]) for column in columns))


def _relationships(events: Sequence[HistoryEvent], telling: Telling) -> Iterator[Told]:
    for event in events:
        said = {"who": telling.who, "other": telling.other(event)}
        if event.move == Move.MADE:
            kind = RelationshipKind(event.became["kind"]).label
            yield Told(_("{who} linked it with {other}: {kind}.").format(**said, kind=kind))
        elif event.move == Move.REMOVED:
            yield Told(_("{who} removed the link with {other}.").format(**said))
        elif event.became.get("state") == "confirmed":
            yield Told(_("{who} confirmed the link with {other}.").format(**said))


def _of_people(kind: str) -> Kind:
    def tell(events: Sequence[HistoryEvent], telling: Telling) -> Iterator[Told]:
        for event in events:
            if sentence := about_people.sentence(kind, event):
                yield Told(sentence.format(who=telling.who))

    return tell


KINDS: dict[str, Kind] = {
    "reviewevent": decided.decisions,
    "merge": decided.merges,
    "initiative": _initiative,
    "initiativedomain": _set_of(
        gettext_noop("{who} added to its domains: {names}."),
        gettext_noop("{who} took from its domains: {names}."),
        lambda values, names: names.of("domain_id", values["domain_id"]),
    ),
    "taggedinitiative": _set_of(
        gettext_noop("{who} added to its tags: {names}."),
        gettext_noop("{who} took from its tags: {names}."),
        lambda values, names: names.of("tag_id", values["tag_id"]),
    ),
    "initiativelicence": _set_of(
        gettext_noop("{who} added to its licences: {names}."),
        gettext_noop("{who} took from its licences: {names}."),
        _licence,
    ),
    "translation": _translations,
    "exchange": _exchanges,
    "relationship": _relationships,
    "verdictevent": decided.verdicts,
    "placement": decided.placements,
    **{kind: _of_people(kind) for kind in about_people.TELL},
}
