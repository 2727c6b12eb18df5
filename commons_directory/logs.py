"""Lines of the log: what happened, and nothing by which a person could be found or a door be opened."""

import logging
import re

ADDRESS = re.compile(r"[^\s<>()\"'=:,;]+@[^\s<>()\"'=:,;]+")
# A signed link: a few characters, then its time and signature behind a dot or colon.
SIGNED = re.compile(r"(?<=[/=])[\w-]+(?:[.:][\w-]+)*[.:][\w-]{20,}")
# Keys of sessions and forms. Names in our own code that are as long have no digit.
KEY = re.compile(r"(?<![\w/-])(?=[\w-]*\d)[\w-]{24,}|(?<=/)(?=[\w-]*\d)[\w-]{24,}(?=[/?\s]|$)")


class DiscreetFormatter(logging.Formatter):
    """Of the whole line, with what an exception says: a database that refuses a row tells what stood in it."""

    def format(self, record: logging.LogRecord) -> str:
        return discreet(super().format(record))


def discreet(text: str) -> str:
    return KEY.sub("[key]", SIGNED.sub("[key]", ADDRESS.sub("[address]", text)))
