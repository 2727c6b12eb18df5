"""Groups as a file."""

import csv
import io

import pytest
from django.test import Client
from django.utils.translation import override

from initiatives.models import Membership
from tests import people

pytestmark = pytest.mark.django_db


def reasons(address: str) -> list[str]:
    response = Client().get(address)
    return [row["reasons"] for row in csv.DictReader(io.StringIO(response.getvalue().decode()))]


class ReasonTests:
    @pytest.fixture(autouse=True)
    def _group(self) -> None:
        one, other = people.initiative(name="People's Shed"), people.initiative(name="Tools & <Things>")
        people.group(one, other)
        for mine, theirs in ((one, other), (other, one)):
            evidence = {"words": ["tool", "lend"], "with": [theirs.pk]}
            told = [{"kind": "shared_words", "strength": 0.5, "evidence": evidence}]
            Membership.objects.filter(initiative=mine).update(reasons=told)

    def test_are_plain_text(self) -> None:
        assert reasons("/groups.csv") == [
            "Speaks of tool and lend, like Tools & <Things>.",
            "Speaks of tool and lend, like People's Shed.",
        ]

    def test_are_in_the_language_of_the_file(self) -> None:
        with override("nl"):
            assert reasons("/nl/groups.csv") == [
                "Heeft het over tool en lend, net als Tools & <Things>.",
                "Heeft het over tool en lend, net als People's Shed.",
            ]
