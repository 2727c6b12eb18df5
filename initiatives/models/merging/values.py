"""The fields of the kept listing: what it takes over from the other, and what it had before."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from initiatives.models.initiative import Initiative
from initiatives.models.merging.choosing import AWAY, values_of
from initiatives.models.merging.journal import plain

# An e-mail address is not written down a second time; what it was can be told from the two listings.
Changes = dict[str, list[Any]]  # field → what it was, what it became
LISTS = ("nickname", "urls", "self_description", "evidence")


def take_values(kept: Initiative, away: Initiative, choices: Mapping[str, str]) -> Changes:
    chosen = values_of(away, [code for code, which in choices.items() if which == AWAY])
    became = {**chosen, **_joined(kept, away, chosen)}
    changed = {name: [getattr(kept, name), value] for name, value in became.items() if getattr(kept, name) != value}
    took_contact = not kept.contact and bool(away.contact)
    contact = {"contact": away.contact} if took_contact else {}
    _write(kept, {name: value for name, (_was, value) in changed.items()} | contact)
    return changed | ({"contact": ["", ""]} if took_contact else {})


def take_values_back(kept: Initiative, away: Initiative, changes: Changes) -> None:
    """A field that somebody has changed since stays; of a list goes what came over."""
    back: dict[str, Any] = {}
    for name, (was, became) in changes.items():
        now = plain(getattr(kept, name))
        if name == "contact":
            back |= {"contact": ""} if kept.contact == away.contact else {}
        elif now == became:
            back[name] = _as_it_was(kept, name, was)
        elif name in LISTS:
            back[name] = [each for each in now if each in was or each not in became]
    _close_ranks(kept)
    _write(kept, back)


def _as_it_was(kept: Initiative, name: str, was: Any) -> Any:
    field = kept._meta.get_field(name.removesuffix("_id"))
    if field.remote_field and not field.remote_field.model.objects.filter(pk=was).exists():
        return None  # whoever confirmed it has gone
    return field.to_python(was)


def _joined(kept: Initiative, away: Initiative, chosen: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Lists of both, the kept one's first; what was not chosen of name and website is a further one."""
    name, url = chosen.get("name", kept.name), chosen.get("primary_url", kept.primary_url)
    names = dict.fromkeys((*kept.nickname, kept.name, away.name, *away.nickname))
    urls = dict.fromkeys((*kept.urls, kept.primary_url, away.primary_url, *away.urls))
    known = {each["url"] for each in kept.evidence}
    return {
        "nickname": [each for each in names if each.casefold() != name.casefold()],
        "urls": [each for each in urls if each and each != url],
        "self_description": list(dict.fromkeys((*kept.self_description, *away.self_description))),
        "evidence": [*kept.evidence, *(each for each in away.evidence if each["url"] not in known)],
    }


def _close_ranks(kept: Initiative) -> None:
    """The main domain is the first, also where the first came over and went back."""
    rows = list(kept.domain_rows.select_related("domain"))
    if [row.position for row in rows] != list(range(1, len(rows) + 1)):
        kept.set_domains([row.domain for row in rows])


def _write(kept: Initiative, values: Mapping[str, Any]) -> None:
    """As an edit: whoever is editing an older version is told."""
    for name, value in values.items():
        setattr(kept, name, value)
    kept.version, kept.changed_at = kept.version + 1, timezone.now()
    fields = {name.removesuffix("_id") for name in values} | {"version", "changed_at"}
    if "name" in fields:
        fields.add("sort_key")
    kept.save(update_fields=sorted(fields))
