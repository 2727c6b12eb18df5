"""How the tests are spread over processes, and what each of them begins and ends with."""

import gc
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from tests.permissions import matrix

# On a busy machine an example takes as long as it takes: how fast something is, the benchmarks say.
hypothesis_settings.register_profile("unhurried", hypothesis_settings(), deadline=None)
hypothesis_settings.load_profile("unhurried")

# These start a whole site for all of them: one process runs them.
TOGETHER = ("tests/test_run.py",)
# Those among these that ask for a “site” read its pages. One process fills its database, the others would wait for it.
OF_THE_SITE = "tests/browser/"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--thorough", action="store_true", help="ask every page in every colour, every address in any state"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Who asks for all tests waits a few minutes; who names some gets those, thorough ones too. Workers of xdist are
    handed what was decided here."""
    asked_for_all = config.args_source is pytest.Config.ArgsSource.TESTPATHS and not config.option.keyword
    if asked_for_all and not config.option.markexpr and not config.option.thorough:
        config.option.markexpr = "not thorough"


def pytest_collection_finish() -> None:
    """What has been collected stays until the end: nobody need look through it for rubbish again and again."""
    gc.collect()
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest starts first, and so does one that has the site filled; who would wait for it comes last."""
    first = next(filter(is_of_the_site, items), None)

    def turn(item: pytest.Item) -> int:
        if item.nodeid.startswith(TOGETHER):
            return 0
        if item is first:
            return 1
        return 3 if is_of_the_site(item) else 2

    items.sort(key=turn)


def is_of_the_site(item: pytest.Item) -> bool:
    return item.nodeid.startswith(OF_THE_SITE) and "site" in item.fixturenames


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """The mark xdist_group would say the same, but xdist 3.8 writes it where pytest 9 does not read it."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)

    return Scheduling(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was left out, and how much the table of who may do what asks, whenever it was asked."""
    if terminalreporter.config.option.markexpr == "not thorough":
        terminalreporter.write_line("Those that take longest were left out; `./run test --thorough` runs them too.")
    if any("permissions/test_matrix" in report.nodeid for report in terminalreporter.getreports("passed")):
        terminalreporter.write_line(
            f"permission matrix: {len(matrix.table())} addresses, {matrix.number_of_cases()} cases"
        )


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_looked_up_when_asked_for() -> Iterator[None]:
    """A server reads all of them once, when it starts; each client of a test would do so anew, for 35 milliseconds."""
    with override_settings(WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """The language of a page that a test asks for stays active after it."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _every_file_is_let_go() -> Iterator[None]:
    """A file that nobody read or closed keeps its snapshot, inside the transaction that is to undo what the test wrote:
    without this, its rows would stay, and a test far away would fail."""
    yield
    if opendata := sys.modules.get("initiatives.views.opendata"):
        from tests.views.reading import free_places

        assert free_places() == opendata.MOST_AT_ONCE, "This test asked for a file and did not read it."
