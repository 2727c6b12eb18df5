"""Hidden means hidden everywhere: a listing that is not public changes no byte of what anybody can read."""

from itertools import product

import pytest
from django.test import Client

from initiatives.models import Group, Initiative, Membership, SearchWord, Tag
from initiatives.models.choices import ListingKind, ReviewState
from tests import people
from tests.addresses import addresses
from tests.views.reading import body

pytestmark = pytest.mark.django_db

TELLING = "Quetzalcoatlus"
# What could betray it: its words, spelled rightly and wrongly, its choices, orders and formats.
QUESTIONS = [
    "/initiatives/?q=quetzalcoatlus",
    "/initiatives/?q=quetzalcoatlis",
    "/initiatives/?q=garden",
    "/initiatives/?city=bologna&domain=energy",
    "/initiatives/?tag=feathers",
    "/initiatives/?language=fr",
    "/initiatives/?sort=confirmed",
    "/initiatives.csv?q=quetzalcoatlis",
    "/initiatives.csv?city=bologna&sort=founded&excel=1",
    "/nl/initiatives/",
    "/nl/groups.csv",
]
NOT_PUBLIC = [
    (state, kind)
    for state, kind in product(ReviewState.values, ListingKind.values)
    if (state, kind) != ("published", "initiative")
]


def neighbours() -> list[Initiative]:
    """A small public directory, of which the hidden one is a part in every way there is."""
    people.city("Bologna")
    one = people.initiative(name="Garden of Ghent", tags=["wood"], domains=["food"], licences=[("MIT", "data")])
    two = people.initiative(name="Quetzalcoatl Garden", domains=["food"], wants=["A room"], city=people.city("Lille"))
    people.platform(name="Taxi App")
    people.domain("energy")
    people.group(one, two)
    people.group(people.initiative(name="Alone in its group"))
    return [one, two]


def hidden(state: str, kind: str, near: list[Initiative]) -> Initiative:
    listing = people.initiative(
        name=f"{TELLING} Garden",
        slug="own-page",  # a page that is not found may repeat its address
        nickname=[TELLING],
        mission=f"{TELLING} mission",
        description=f"{TELLING} description",
        primary_url=f"https://{TELLING}.example.org/",
        city=people.city("Bologna"),
        language="it",
        status="on_hold",
        founded_year=1999,
        founded_precision="exact",
        closed_year=2001,
        geographic_scope="regional",
        organisational_structure="mutual",
        confirmed_on="2026-01-01",
        domains=["energy", "food"],
        tags=["feathers", "wood"],
        licences=[("MIT", "software")],
        offers=[f"{TELLING} offer"],
        translations={"fr": f"{TELLING} en français"},
        listing_kind=kind,
        review_state=state,
        merged_into=near[0] if state == "merged" else None,
    )
    for group, role in zip(Group.objects.order_by("pk"), ("main", "also"), strict=True):
        members = [listing.pk, *group.memberships.values_list("initiative", flat=True)]
        for membership in group.memberships.all():
            membership.reasons = [people.shared_with(members, but=membership.initiative_id)]
            membership.save()
        reasons = [people.shared_with(members, but=listing.pk)]
        Membership.objects.create(group=group, initiative=listing, strength=0.9, reasons=reasons, role=role)
    for neighbour in near:
        people.pair(listing, neighbour, score=0.99)
        people.link(source=neighbour, target=listing)
        people.link(source=listing, target=neighbour)
    return listing


def forget() -> None:
    Initiative.objects.filter(name__startswith=TELLING).delete()
    Tag.objects.filter(slug="feathers").delete()
    SearchWord.objects.filter(word__startswith="quetzalcoatlus").delete()


def read(asked: list[str]) -> dict[str, tuple[int, str]]:
    def answered(address: str) -> tuple[int, str]:
        answer = Client().get(address)
        return answer.status_code, body(answer)

    return {address: answered(address) for address in asked}


def may_tell(address: str, listing: Initiative) -> bool:
    """A platform has its pages, apart from the initiatives; a merged listing leads on. How many wait, and since when,
    is told of each city, and nothing else of them."""
    if address == "/cities/bologna/moderation/":
        return listing.review_state == "submitted"
    if listing.review_state == "published":
        return any(part in address for part in (listing.public_id, "/platforms/", "feathers"))
    return listing.review_state == "merged" and listing.public_id in address


class HiddenTests:
    def test_they_change_nothing_that_anybody_can_read(self) -> None:
        near = neighbours()
        listings = [hidden(state, kind, near) for state, kind in NOT_PUBLIC]
        asked = [*addresses(), *QUESTIONS]
        with_them = read(asked)
        own = {address for listing in listings for address in asked if may_tell(address, listing)}
        forget()
        without_them = read(asked)
        assert [
            address for address in asked if with_them[address] != without_them[address] and address not in own
        ] == []

    def test_the_same_listing_in_public_is_everywhere(self) -> None:
        """Else the test above could not fail."""
        hidden("published", "initiative", neighbours())
        answers = read([*addresses(), "/initiatives/?q=quetzalcoatlis"])
        telling = {address for address, (_, text) in answers.items() if TELLING.lower() in text.lower()}
        group = Group.objects.order_by("pk").first().public_id
        assert telling >= {
            "/initiatives/",
            "/initiatives.csv",
            "/groups.csv",
            f"/groups/{group}/",
            f"/groups/{group}.csv",
            "/cities/bologna/",
            "/domains/energy/",
            "/licences/MIT/",
            "/tags/feathers/",
            "/initiatives/?q=quetzalcoatlis",
        }
        assert "/platforms/" not in telling

    @pytest.mark.parametrize(("state", "heading"), [("published", f"{TELLING} Garden"), ("merged", "Garden of Ghent")])
    def test_what_was_public_once_keeps_its_address(self, state: str, heading: str) -> None:
        listing = hidden(state, "initiative", neighbours())
        assert f"<h1>{heading}</h1>" in body(Client().get(f"/initiatives/{listing.public_id}/", follow=True))

    @pytest.mark.parametrize("state", sorted(set(ReviewState.values) - {"published", "merged"}))
    def test_every_other_is_not_found(self, state: str) -> None:
        listing = people.initiative(review_state=state)
        for address in (f"/initiatives/{listing.public_id}/", listing.get_absolute_url()):
            assert Client().get(address).status_code == 404

    def test_what_was_merged_into_a_hidden_one_leads_nowhere_and_names_nothing(self) -> None:
        target = people.initiative(name=TELLING)
        merged = people.initiative(name="Garden", slug="garden", review_state="merged", merged_into=target)
        double = people.initiative(name="Yard", slug="yard", review_state="merged", merged_into=merged)
        ways = [f"/initiatives/{one.public_id}/{rest}" for one in (merged, double) for rest in ("", "garden/")]
        for way in ways:
            answer = Client().get(way)
            assert (answer.status_code, answer["Location"]) == (302, target.get_absolute_url())
            assert "no-store" in answer["Cache-Control"]
        Initiative.objects.filter(pk=target.pk).update(review_state="withdrawn")
        for way in ways:
            answer = Client().get(way)
            assert answer.status_code == 404
            assert TELLING.lower() not in (body(answer) + str(answer.headers)).lower()
