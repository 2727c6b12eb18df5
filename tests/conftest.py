"""How the tests are spread over processes, and what each of them begins with."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

# These start a whole site for all of them: one process runs them.
TOGETHER = ("tests/test_run.py",)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """The mark xdist_group would say the same, but xdist 3.8 writes it where pytest 9 does not read it."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)

    return Scheduling(config, log)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """The language of a page that a test asks for stays active after it."""
    with translation.override("en"):
        yield
