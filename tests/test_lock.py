"""The lock: what `./run` installs. Held against pyproject.toml here without a network; .ci/run compiles it anew."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from commons_directory.embedded import ROOT

PIN = re.compile(r"^(?P<name>[a-z0-9._-]+)==(?P<version>[^ ;\\]+)", re.MULTILINE)
LOCKS = ("requirements.txt", "requirements-test.txt")


def text(lock: str) -> str:
    return (ROOT / lock).read_text()


def pins(lock: str) -> dict[str, str]:
    return {canonicalize_name(pin["name"]): pin["version"] for pin in PIN.finditer(text(lock))}


def wanted(lock: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    names = project["project"]["dependencies"] + (project["dependency-groups"]["test"] if "test" in lock else [])
    return [Requirement(name) for name in names]


@pytest.mark.parametrize("lock", LOCKS)
class LockTests:
    def test_pins_what_the_project_asks_for(self, lock: str) -> None:
        pinned = pins(lock)
        unmet = [
            str(requirement)
            for requirement in wanted(lock)
            if not requirement.specifier.contains(pinned.get(canonicalize_name(requirement.name), "0"))
        ]
        assert unmet == []

    def test_every_pin_has_a_hash(self, lock: str) -> None:
        entries = re.split(r"^(?=[a-z0-9])", text(lock), flags=re.MULTILINE)[1:]
        assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []

    def test_names_no_address(self, lock: str) -> None:
        assert re.findall(r"https?:|file:|--(?:extra-)?index|--find-links| @ ", text(lock)) == []


class BothLocksTests:
    def test_the_tests_run_what_is_served(self) -> None:
        served, tested = (pins(lock) for lock in LOCKS)
        assert {name: tested.get(name) for name in served} == served
