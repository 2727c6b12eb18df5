"""Two listings of one initiative, with something of everything that a merge carries over."""

from random import Random
from typing import Any

from django.apps import apps
from django.db import models

from initiatives.models import (
    Claim,
    Confirmation,
    DuplicatePair,
    Feedback,
    Initiative,
    Invitation,
    Placement,
    Report,
    Translation,
    Verdict,
)
from tests import people

# What is only ever added to, what the engine finds anew, and what is written in order to be read once.
NOT_COMPARED = {"reviewevent", "outbox", "mail", "merge", "searchtext", "searchword", "groupevent", "group"}
MOMENTS = {"version", "changed_at", "review_since", "took"}


def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row there is, of every table that a merge may touch."""
    nouns = [noun for noun in apps.get_app_config("initiatives").get_models() if noun._meta.managed]
    return {noun._meta.model_name or "": rows(noun) for noun in nouns if is_compared(noun)}


def is_compared(noun: type[models.Model]) -> bool:
    name = noun._meta.model_name or ""
    return name not in NOT_COMPARED and not name.startswith("overlap") and not name.endswith("event")


def rows(noun: type[models.Model]) -> list[dict[str, Any]]:
    found = noun._base_manager.order_by("pk").values()
    return [{name: value for name, value in row.items() if name not in MOMENTS} for row in found]


def two(chance: Random) -> tuple[Initiative, Initiative]:
    """Each has any part of what there is; where both have a thing, it is as often the same as another."""
    third = people.initiative(name="Third")
    pair = tuple(_one(chance, name, third) for name in ("Repair café", "Repair Cafe Ghent"))
    if chance.random() < 0.5:
        people.link(source=pair[0], target=pair[1])
        DuplicatePair.objects.create(a=pair[0], b=pair[1], probability=0.9, reasons=[])
    return pair if chance.random() < 0.5 else (pair[1], pair[0])


def _one(chance: Random, name: str, third: Initiative) -> Initiative:
    def some(*choices: str) -> list[str]:
        return [each for each in choices if chance.random() < 0.6]

    listing = people.initiative(
        name=name,
        mission=chance.choice(["", "We repair.", "We mend things together."]),
        language=chance.choice(["en", "nl", "und"]),
        primary_url=chance.choice(["", "https://repair.example/", "https://mend.example/"]),
        urls=some("https://a.example/", "https://b.example/"),
        nickname=some("Repair", "RC"),
        evidence=[{"url": url, "for": []} for url in some("https://seen.example/")],
        contact=chance.choice(["", "us@repair.example"]),
        self_description=some("commons", "makerspace"),
        domains=some("food", "energy", "repair-reuse"),
        tags=some("repair", "tools"),
        licences=[(code, "software") for code in some("MIT", "AGPL-3.0-or-later")],
        wants=some("A room", "Tools"),
        offers=some("A saw"),
    )
    if chance.random() < 0.5:
        Initiative.objects.filter(pk=listing.pk).update(founded_year=2011, founded_precision="exact")
    for language in some("fr", "de"):
        Translation.objects.create(initiative=listing, language=language, mission="…")
    _people(some, listing)
    _ties(chance, listing, third)
    return Initiative.objects.get(pk=listing.pk)


def _people(some: Any, listing: Initiative) -> None:
    for name in some("Alice", "Bruno"):
        people.steward(name, of=listing)
    for name in some("Stan", "Alice"):
        Claim.objects.create(initiative=listing, by=people.person(name), evidence="I founded it.")
    for name in some("Bruno"):
        Claim.objects.create(initiative=listing, by=people.person(name), evidence="Mine.", state="approved")
    for email in some("new@example.org"):
        Invitation.objects.create(initiative=listing, email=email, kind="invite", by=people.person("Alice"))
    for kind in some("gone", "wrong"):
        Report.objects.create(initiative=listing, kind=kind)
    for _each in some("once"):
        Confirmation.objects.create(initiative=listing)


def _ties(chance: Random, listing: Initiative, third: Initiative) -> None:
    a, b = sorted((listing, third), key=lambda each: each.pk)
    for kind in ("member_of", "partner_of"):
        if chance.random() < 0.5:
            people.link(source=listing, target=third, kind=kind)
        if chance.random() < 0.5:
            people.link(source=third, target=listing, kind=kind)
    if chance.random() < 0.6:
        Verdict.objects.create(a=a, b=b, verdict=chance.choice(["peers", "unrelated", "different"]))
    elif chance.random() < 0.6:
        DuplicatePair.objects.create(a=a, b=b, probability=0.6, reasons=[])
    if chance.random() < 0.6:
        Feedback.objects.create(a=a, b=b, by=people.person("Stan"), useful=chance.random() < 0.5)
    if chance.random() < 0.6:
        group = people.group(people.initiative(), people.initiative())
        event = group.events.create(kind="pinned")
        Placement.objects.create(group=group, initiative=listing, kind=chance.choice(["pinned", "barred"]), event=event)
