"""What a bulk deed does to its listings: a fixed number of statements, however many they are.

Each kind of work finds the listings that it would change, does it and tells what was there before, by key; and puts
that back where it is still as the work left it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from django.db import models
from django.utils import timezone

from initiatives.models.confirming import Confirmation, ConfirmationAnswer
from initiatives.models.domain import Domain
from initiatives.models.initiative import MOST_DOMAINS, Initiative, InitiativeDomain
from initiatives.models.tag import Tag, TaggedInitiative

if TYPE_CHECKING:
    from initiatives.models.people import User

Journal = dict[str, Any]  # by the key of the listing, as JSON has keys


class Work(Protocol):
    """`value` is the word, domain or status that was chosen."""

    # Whether the words of listings change, and so what they are found by and what they overlap with.
    changes_words: bool

    def concerned(self, keys: list[int], value: str) -> list[int]: ...
    def do(self, keys: list[int], value: str, *, by: "User") -> Journal: ...
    def undo(self, journal: Journal, value: str) -> list[int]: ...


class Tagging:
    changes_words = True

    def concerned(self, keys: list[int], value: str) -> list[int]:
        having = set(_tagged(keys, value).values_list("content_object", flat=True))
        return [key for key in keys if key not in having]

    def do(self, keys: list[int], value: str, *, by: "User") -> Journal:
        tag = _tag(value)
        TaggedInitiative.objects.bulk_create(TaggedInitiative(content_object_id=key, tag=tag) for key in keys)
        return {str(key): tag.pk for key in keys}

    def undo(self, journal: Journal, value: str) -> list[int]:
        keys = _keys(journal)
        TaggedInitiative.objects.filter(content_object__in=keys, tag__in=set(journal.values())).delete()
        return keys


class Untagging:
    """Takes the word away, and the words that stand for it."""

    changes_words = True

    def concerned(self, keys: list[int], value: str) -> list[int]:
        having = set(_tagged(keys, value).values_list("content_object", flat=True))
        return [key for key in keys if key in having]

    def do(self, keys: list[int], value: str, *, by: "User") -> Journal:
        had: dict[str, list[int]] = defaultdict(list)
        rows = _tagged(keys, value)
        for key, tag in rows.values_list("content_object", "tag"):
            had[str(key)].append(tag)
        rows.delete()
        return dict(had)

    def undo(self, journal: Journal, value: str) -> list[int]:
        known = set(Tag.objects.values_list("pk", flat=True))
        rows = [(int(key), tag) for key, tags in journal.items() for tag in tags if tag in known]
        TaggedInitiative.objects.bulk_create(
            (TaggedInitiative(content_object_id=key, tag_id=tag) for key, tag in rows), ignore_conflicts=True
        )
        return _keys(journal)


class Domaining:
    """Makes it the main domain; those that were there follow it, as many as may be."""

    changes_words = True

    def concerned(self, keys: list[int], value: str) -> list[int]:
        first = dict(
            InitiativeDomain.objects.filter(initiative__in=keys, position=1).values_list("initiative", "domain__code")
        )
        return [key for key in keys if first.get(key) != value]

    def do(self, keys: list[int], value: str, *, by: "User") -> Journal:
        was, domain = _domains_of(keys), Domain.objects.get(code=value).pk
        _set_domains({key: _with_main(was.get(key, []), domain) for key in keys})
        return {str(key): was.get(key, []) for key in keys}

    def undo(self, journal: Journal, value: str) -> list[int]:
        now, domain = _domains_of(_keys(journal)), Domain.objects.get(code=value).pk
        back = {int(key): was for key, was in journal.items() if now.get(int(key), []) == _with_main(was, domain)}
        _set_domains(back)
        return list(back)


class Standing:
    """Its status."""

    changes_words = False

    def concerned(self, keys: list[int], value: str) -> list[int]:
        return list(_listings(keys).exclude(status=value).values_list("pk", flat=True))

    def do(self, keys: list[int], value: str, *, by: "User") -> Journal:
        was = dict(_listings(keys).values_list("pk", "status"))
        _listings(keys).update(status=value)
        return {str(key): status for key, status in was.items()}

    def undo(self, journal: Journal, value: str) -> list[int]:
        still = _listings(_keys(journal)).filter(status=value)
        back = list(still.values_list("pk", flat=True))
        for status, keys in _by_value({str(key): journal[str(key)] for key in back}).items():
            _listings(keys).update(status=status)
        return back


class Confirming:
    """Somebody has looked, and it is right. Questions to its stewards that wait are answered by that."""

    changes_words = False

    def concerned(self, keys: list[int], value: str) -> list[int]:
        return list(_listings(keys).exclude(confirmed_on=timezone.localdate()).values_list("pk", flat=True))

    def do(self, keys: list[int], value: str, *, by: "User") -> Journal:
        was = {key: (on, who) for key, on, who in _listings(keys).values_list("pk", "confirmed_on", "confirmed_by")}
        _listings(keys).update(confirmed_on=timezone.localdate(), confirmed_by=by)
        waiting = Confirmation.objects.filter(initiative__in=keys, answered_at=None)
        asked = dict(waiting.values_list("initiative", "pk"))
        waiting.update(answer=ConfirmationAnswer.RIGHT, answered_at=timezone.now(), answered_by=by)
        return {str(key): [on and on.isoformat(), who, asked.get(key)] for key, (on, who) in was.items()}

    def undo(self, journal: Journal, value: str) -> list[int]:
        still = _listings(_keys(journal)).filter(confirmed_on=value)
        back = {str(key): journal[str(key)] for key in still.values_list("pk", flat=True)}
        for (on, who), keys in _by_value({key: (on, who) for key, (on, who, _asked) in back.items()}).items():
            _listings(keys).update(confirmed_on=on, confirmed_by=_who_is_left(who))
        asked = [question for _on, _who, question in back.values() if question]
        Confirmation.objects.filter(pk__in=asked).update(answer="", answered_at=None, answered_by=None)
        return _keys(back)


def _listings(keys: Iterable[int]) -> models.QuerySet[Initiative]:
    return Initiative.objects.with_keys(keys)


def _keys(journal: Mapping[str, Any]) -> list[int]:
    return [int(key) for key in journal]


def _by_value(values: Mapping[str, Any]) -> dict[Any, list[int]]:
    found: dict[Any, list[int]] = defaultdict(list)
    for key, value in values.items():
        found[value].append(int(key))
    return found


def _who_is_left(who: int | None) -> int | None:
    from initiatives.models.people import User

    return who if User.objects.filter(pk=who).exists() else None


def _tag(name: str) -> Tag:
    known = Tag.objects.named([name.lower()]).first()
    return (known or Tag.objects.create(name=name.lower())).effective


def _tagged(keys: list[int], name: str) -> models.QuerySet[TaggedInitiative]:
    """With this word or one of the same meaning."""
    known = Tag.objects.named([name.lower()]).first()
    if not known:
        return TaggedInitiative.objects.none()
    words = models.Q(tag=known.effective) | models.Q(tag__synonym_of=known.effective)
    return TaggedInitiative.objects.filter(words, content_object__in=keys)


def _domains_of(keys: list[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = InitiativeDomain.objects.filter(initiative__in=keys).order_by("position")
    for key, domain in rows.values_list("initiative", "domain"):
        found[key].append(domain)
    return found


def _with_main(was: list[int], domain: int) -> list[int]:
    return [domain, *(each for each in was if each != domain)][:MOST_DOMAINS]


def _set_domains(domains: Mapping[int, list[int]]) -> None:
    InitiativeDomain.objects.filter(initiative__in=list(domains)).delete()
    InitiativeDomain.objects.bulk_create(
        InitiativeDomain(initiative_id=key, domain_id=domain, position=place)
        for key, own in domains.items()
        for place, domain in enumerate(own, start=1)
    )
