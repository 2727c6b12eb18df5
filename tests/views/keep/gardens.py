"""A listing that Alice keeps, and the pages on which she does."""

from typing import Any

from django.test import Client

from initiatives.models import Initiative
from tests import people


def garden(**values: Any) -> Initiative:
    listing = people.initiative(**{"name": "Tuin"} | values)
    people.steward(of=listing)
    return listing


def alice() -> Client:
    return people.signed_in(people.person("Alice"))


def address(listing: Initiative, page: str = "edit") -> str:
    return f"/initiatives/{listing.public_id}/{page}/"
