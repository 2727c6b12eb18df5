"""A deed says who does it: to the transaction, and to nobody after it."""

import json
from typing import Any

import pytest
from django.db import connection

from initiatives.models.acting import SETTING, acting, role_of
from tests import people

pytestmark = pytest.mark.django_db


def told() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [SETTING])
        said = cursor.fetchone()[0]
    return json.loads(said) if said else {}


class ActingTests:
    def test_tells_role_deed_and_key_and_never_a_name(self) -> None:
        olga = people.officer("Olga")
        with acting(olga, role="officer", deed="publish"):
            said = told()
        assert {name: said[name] for name in ("actor", "role", "deed")} == {
            "actor": olga.pk,
            "role": "officer",
            "deed": "publish",
        }
        assert set(said) == {"key", "actor", "role", "deed"}

    def test_is_over_when_the_deed_is(self) -> None:
        with acting(people.person("Stan"), role="visitor", deed="report"):
            pass
        assert told() == {}

    def test_is_over_when_the_deed_failed(self) -> None:
        with pytest.raises(ValueError, match="no"), acting(people.person("Stan"), role="visitor", deed="report"):
            raise ValueError("no")
        assert told() == {}

    def test_a_deed_inside_of_ones_own_is_a_part_of_it(self) -> None:
        olga = people.officer("Olga")
        with acting(olga, role="officer", deed="merge"):
            outer = told()
            with acting(olga, role="steward", deed="edit"):
                assert told() == outer
            with acting(None, role="system", deed="import"):
                assert told() == outer

    def test_somebody_elses_deed_inside_is_theirs(self) -> None:
        olga, stan = people.officer("Olga"), people.person("Stan")
        with acting(olga, role="officer", deed="approve"):
            outer = told()
            with acting(stan, role="claimant", deed="claim"):
                assert told()["actor"] == stan.pk
            assert told() == outer

    def test_what_fails_inside_gives_the_outer_deed_back(self) -> None:
        olga, stan = people.officer("Olga"), people.person("Stan")
        with acting(olga, role="officer", deed="approve"):
            outer = told()
            with pytest.raises(ValueError, match="no"), acting(stan, role="claimant", deed="claim"):
                raise ValueError("no")
            assert told() == outer


class RoleOfTests:
    def test_is_what_somebody_is_to_this_listing(self) -> None:
        here, there = people.initiative(), people.initiative(city=people.city("Lille"))
        olga = people.steward("Olga", of=there)
        olga = people.officer("Olga")
        assert role_of(olga, here) == "officer"
        assert role_of(olga, there) == "steward"
        assert role_of(people.administrator(), there) == "administrator"
        assert role_of(people.broker(), here) == "broker"
        assert role_of(people.person("Stan"), here) == "visitor"
        assert role_of(None, here) == "visitor"
