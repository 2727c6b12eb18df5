"""Reads settings from the environment; a wrong value is refused with a sentence that says what to do."""

import os

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def words(name: str, default: str = "") -> list[str]:
    """A list, separated by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def flag(name: str, *, default: bool = False) -> bool:
    value = text(name, "1" if default else "0").casefold()
    if value in YES:
        return True
    if value in NO:
        return False
    raise ImproperlyConfigured(f"{name} is “{value}”: write 1 for yes or 0 for no.")


def number(name: str, default: int, *, least: int, most: int) -> int:
    return whole_number(name, text(name, str(default)), least=least, most=most)


def whole_number(name: str, value: str, *, least: int, most: int) -> int:
    if not value.isdecimal() or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name} is “{value}”: write a whole number from {least} to {most}.")
    return int(value)
