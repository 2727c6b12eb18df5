"""A listing that leaves the directory takes its words along, at once."""

import pytest
from django.test import Client

from initiatives.models import Group, Initiative, Membership, Pair, User
from initiatives.models.choices import ReviewState
from initiatives.models.overlaps import MembershipRole
from tests import people
from tests.views.reading import body

pytestmark = pytest.mark.django_db

TELLING = "quetzalcoatlus"


def group(**values: object) -> tuple[Group, list[Initiative]]:
    """Two that say the telling word and are tagged with it, and two that are neither."""
    telling = [people.initiative(name=f"Hidden {n}", mission=f"A {TELLING}", tags=[TELLING]) for n in range(2)]
    others = [people.initiative(name=f"Open {n}", mission="A garden", domains=["food"]) for n in range(2)]
    made = people.group(*telling, *others, words=(TELLING, "garden"), **values)
    keys, rest = [one.pk for one in telling], [one.pk for one in others]
    made.reasons += [
        {"kind": "shared_tags", "evidence": {"tag": TELLING}, "members": keys},
        {"kind": "same_domain", "evidence": {"domain": "food"}, "members": rest},
    ]
    made.save()
    return made, telling


def pages(made: Group) -> dict[str, str]:
    addresses = ["/groups/", "/groups.csv", "/initiatives/", "/cities/ghent/", "/"]
    addresses += [made.get_absolute_url(), f"/groups/{made.public_id}.csv"]
    return {address: body(Client().get(address)) for address in addresses}


def telling_pages(made: Group) -> set[str]:
    return {address for address, text in pages(made).items() if TELLING in text.lower()}


def withdraw(listings: list[Initiative]) -> None:
    for listing in listings:
        listing.withdraw()


class LeavingTests:
    @pytest.mark.parametrize(
        "label",
        [
            {"kind": "words", "code": "", "words": {"en": [TELLING]}},
            {"kind": "tag", "code": TELLING, "words": {"en": [TELLING], "la": [TELLING]}},
        ],
    )
    def test_its_words_are_nowhere(self, label: dict) -> None:
        made, telling = group(label=label)
        assert telling_pages(made) >= {"/groups/", "/groups.csv", made.get_absolute_url()}
        withdraw(telling)
        assert telling_pages(made) == set()
        made.refresh_from_db()
        assert TELLING not in str([made.label, made.reasons])

    def test_the_group_is_called_by_its_domain_then(self) -> None:
        made, telling = group()
        withdraw(telling)
        assert "<h1>Food</h1>" in pages(made)[made.get_absolute_url()]

    def test_or_by_nothing_where_there_is_none(self) -> None:
        one, two, three = (people.initiative() for _ in range(3))
        made = people.group(one, two, three, words=(TELLING,))
        three.withdraw()
        assert "<h1>Without a name yet</h1>" in pages(made)[made.get_absolute_url()]

    def test_a_name_that_a_person_gave_stays(self) -> None:
        made, telling = group(given_labels={"en": "Growers"})
        withdraw(telling)
        assert "<h1>Growers</h1>" in pages(made)[made.get_absolute_url()]

    def test_a_tag_that_several_others_have_stays(self) -> None:
        made, telling = group(label={"kind": "tag", "code": "wood", "words": {}})
        rest = list(made.memberships.exclude(initiative__in=telling).values_list("initiative", flat=True))
        made.reasons.append({"kind": "shared_tags", "evidence": {"tag": "wood"}, "members": rest})
        made.save()
        withdraw(telling)
        assert "<h1>Wood</h1>" in pages(made)[made.get_absolute_url()]

    def test_its_pairs_and_memberships_go_and_no_others(self) -> None:
        one, two, three = (people.initiative() for _ in range(3))
        people.group(one, two, three)
        other = people.group(people.initiative(), people.initiative())
        Membership.objects.create(
            group=other, initiative=one, role=MembershipRole.ALSO, strength=0.5, reasons=[people.REASON]
        )
        one.withdraw()
        assert not Pair.objects.with_any([one.pk]).exists()
        assert not one.memberships.exists()
        assert (Pair.objects.count(), Membership.objects.count()) == (2, 4)
        other.refresh_from_db()
        assert other.label["words"] == {"en": ["garden"]}

    def test_moves_that_hide_nothing_take_nothing(self) -> None:
        waiting = people.initiative(review_state=ReviewState.SUBMITTED)
        made = people.group(waiting, people.initiative())
        by: User = people.person("Olga")
        waiting.publish(by=by)
        made.refresh_from_db()
        assert (made.label["words"], Pair.objects.count()) == ({"en": ["garden"]}, 1)
