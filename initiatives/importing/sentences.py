"""Texts cut between sentences, never in one."""

import re

from initiatives.models.initiative import MISSION_LENGTH

# A sentence ends before a space and something that begins one; German and English abbreviations end none.
END = re.compile(r"(?<=[.!?…])[\"”»)']*\s+(?=[\"“„«(]?[^\W\d_a-zß-öø-ÿ]|[\"“„«(]?\d)|\n+")
ABBREVIATION = re.compile(
    r"(?i)(?:\b(?:st|dr|mr|mrs|ms|prof|nr|no|inc|ltd|bzw|ca|usw|etc|vs|ev|str|al|approx|dott)"
    r"\.|\b\w\.)$"
)


def lead(text: str) -> tuple[str, str]:
    """The first sentences that fit where a mission stands, and the rest. A longer first sentence stays whole."""
    if len(text) <= MISSION_LENGTH and "\n" not in text:
        return text, ""
    cut = 0
    for end in END.finditer(text):
        if ABBREVIATION.search(text[: end.start()][-12:]) and "\n" not in end[0]:
            continue
        if end.start() > MISSION_LENGTH and cut:
            break
        cut = end.end()
        if end.start() > MISSION_LENGTH or "\n" in end[0]:
            break
    return (text[:cut].strip(), text[cut:].strip()) if cut else (text, "")


def without_repeated(lead_text: str, text: str) -> str:
    """The text without the lead that it begins with, as wikis and registers repeat it."""
    if lead_text and text.startswith(lead_text):
        return text[len(lead_text) :].lstrip(' .\n"”')
    return text
