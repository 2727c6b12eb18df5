"""S-3: ten roles, every state of the object, every address of the site, read and written."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import people
from tests.permissions import matrix
from tests.permissions.world import KINDS, World, undone
from tests.views.reading import body

TABLE = matrix.table()
# Django's own, behind one door: see AdminTests.
ADMIN = "admin"
HOLDERS = ("broker", "officer here", "officer elsewhere", "administrator")


def names(resolver: URLResolver) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield entry.name or str(entry.pattern)
        elif entry.namespace != ADMIN:
            yield from names(entry)


def names_of_admin() -> list[str]:
    """Those that need no key of a row: the front page, and each list and form."""
    _prefix, resolver = get_resolver().namespace_dict[ADMIN]
    patterns = resolver.reverse_dict
    return sorted({str(name) for name in patterns if isinstance(name, str) and not patterns[name][0][0][1]})


def is_of_a_role(name: str) -> bool:
    """Whether it opens to somebody with a role, and to nobody for what they keep, claim or were mailed."""
    by_role = {
        role: {row.answers[place] for row in matrix.rows(name, TABLE[name])} & {"p", "a"}
        for place, role in enumerate(matrix.ROLES)
    }
    return not any(by_role[role] for role in set(matrix.ROLES) - set(HOLDERS)) and any(by_role.values())


def cases() -> Iterator[Any]:
    """Every state of every address; quickly, only the one that tells most."""
    for name, entry in TABLE.items():
        states = KINDS[entry.get("about", "")].states
        quick = "published" if "published" in states else states[0]
        for state in states:
            yield pytest.param(name, state, marks=() if state == quick else pytest.mark.thorough, id=f"{name}-{state}")


def answer(response: HttpResponseBase, method: str) -> str:
    """The letter of the table."""
    if response.status_code == 404:
        return "."
    if response.status_code == 405:
        return "x"
    if response.status_code in (301, 302):
        led_to_sign_in = "/sign-in/" in response.headers["Location"]
        return "s" if led_to_sign_in else "r" if method == "GET" else "a"
    heard = response.status_code in (200, 202, 400, 409, 422, 429)
    return ("p" if method == "GET" else "a") if heard else str(response.status_code)


class MatrixTests:
    def test_names_every_address_of_the_site_and_no_other(self) -> None:
        assert set(TABLE) == set(names(get_resolver()))

    @pytest.mark.parametrize("name", TABLE)
    def test_names_every_state_and_everybody(self, name: str) -> None:
        entry = TABLE[name]
        rows = list(matrix.rows(name, entry))
        for method in matrix.METHODS:
            assert sorted(row.state for row in rows if row.method == method) == sorted(
                KINDS[entry.get("about", "")].states
            )
        for row in rows:
            assert len(row.answers) == len(matrix.ROLES), row
            assert set(row.answers) <= set(matrix.ANSWERS), row

    @pytest.mark.django_db
    @pytest.mark.parametrize(("name", "state"), list(cases()))
    def test_holds(self, world: World, name: str, state: str) -> None:
        said = [row for row in matrix.rows(name, TABLE[name]) if row.state == state]
        assert observed(world, name, state) == said


def observed(world: World, name: str, state: str) -> list[matrix.Row]:
    """How it is: read, then written."""
    with undone():
        thing = KINDS[TABLE[name].get("about", "")].make(world, state)
        return [
            matrix.Row(name, state, method, tuple(answers(world, name, thing, method))) for method in matrix.METHODS
        ]


def answers(world: World, name: str, thing: Any, method: str) -> Iterator[str]:
    """What each of the ten gets. Without a link in the address its holder comes as a visitor."""
    visitor = given(world, name, thing, "visitor", method)
    for role in matrix.ROLES:
        is_visitor = role == "visitor" or (role == "draft-link holder" and "token" not in TABLE[name].get("args", ()))
        yield visitor if is_visitor else given(world, name, thing, role, method)


class SecondFactorTests:
    """Who has a role is led to show more than a mailed code, wherever the role is what lets them in."""

    @pytest.mark.django_db
    @pytest.mark.parametrize("name", [name for name in TABLE if is_of_a_role(name)])
    def test_is_asked_for_before_anything_else(self, world: World, name: str) -> None:
        kind = KINDS[TABLE[name].get("about", "")]
        with undone():
            thing = kind.make(world, kind.states[0])
            address = reverse(name, args=[told(thing, each, "administrator") for each in TABLE[name].get("args", ())])
            for role in HOLDERS:
                browser = people.signed_in(world.people[role], second_factor=False)
                for response in (browser.get(address), browser.post(address)):
                    led = response.status_code == 302 and "/account/second-factor/" in response.headers["Location"]
                    assert led or response.status_code in (404, 405), (role, response)
                    if role == "administrator":
                        assert response.status_code != 404


class AdminTests:
    """Django's own pages are one row: for administrators, and to the others they are not there."""

    @pytest.mark.django_db
    @pytest.mark.parametrize("name", [name for name in names_of_admin() if name != "login"])
    def test_opens_to_administrators_alone(self, world: World, name: str) -> None:
        address = reverse(f"{ADMIN}:{name}")
        for role in matrix.ROLES:
            with undone():
                response = world.browser(role).get(address)
            if role not in world.people:
                assert response.headers["Location"].startswith((reverse(f"{ADMIN}:login"), "/sign-in/")), role
            elif role != "administrator":
                assert response.status_code == 404, role

    @pytest.mark.django_db
    def test_its_door_leads_to_ours(self, world: World) -> None:
        response = world.browser("visitor").get(reverse(f"{ADMIN}:login"))
        assert response.headers["Location"].startswith("/sign-in/")


def given(world: World, name: str, thing: Any, role: str, method: str) -> str:
    """What somebody gets."""
    address = reverse(name, args=[told(thing, each, role) for each in TABLE[name].get("args", ())])
    with undone():
        response = getattr(world.browser(role), method.lower())(address)
        if response.streaming:
            body(response)
    return answer(response, method)


def told(thing: Any, part: str, role: str) -> Any:
    """A part of an address. A token is known to whom it was mailed, and guessed in vain by the others."""
    value = getattr(thing, part) if thing else part
    guessed = part == "token" and role != "draft-link holder"
    return f"{value[:-1]}{'A' if value[-1] != 'A' else 'B'}" if guessed else value
