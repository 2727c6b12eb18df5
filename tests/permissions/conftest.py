from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.permissions.world import World, undone


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One for all rows: to make it takes as long as to ask for ten of them."""
    with django_db_blocker.unblock(), undone():
        yield World()
