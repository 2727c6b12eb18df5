"""Names as people write them for one and the same initiative: with or without legal form, accents, hyphens, town."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from initiatives.text import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Legal forms and their abbreviations: a register writes them, the initiative itself does not.
LEGAL_FORMS = frozenset(
    """
    aisbl ag aps asbl ass assoc associazione associacio asociacion association associations asso bv bvba cic cio coop
    cooperatie cvba ecc eg ev ets foundation fondazione fondation fundacio fundacion
    gemeinnutzig gemeinnutzige genossenschaft ggmbh gmbh inc kg limited llc llp ltd mbh ngo nonprofit nv odv onlus ong
    organizzazione oy plc sa sagl
    sarl sas sc scarl sccl sce scic scop scrl sl slne snc societa society spa srl srls stichting stiftung the verein
    vereniging volontariato vzw zs the of and for de di del della dei delle da do du des la le les el los las il lo i
    gli a e et en und der die das het van voor y per pour fur zur zum
    """.split()
)
# “Co-op”, “co operative”, “coops”, “cooperativa”, but “cooperation” says what somebody does.
COOPERATIVE = re.compile(r"\bco[- ]?op(?:s|eratives?|erativas?|eratief|eratieve|eratifs?|eratiu)?\b")
# Of a longer name this is enough to tell it by; a whole text for a name costs no more time than this.
LONGEST_NAME = 400  # characters
# An acronym of two letters fits too many names.
SHORTEST_ACRONYM = 3


def name_words(name: str) -> tuple[str, ...]:
    """The words that tell one name from another; all of them where nothing else is left. Letters with dots between
    are one word (“A.V.I.S.”)."""
    plain = fold(name[:LONGEST_NAME]).replace("'", " ").replace(".", "")
    told = words(COOPERATIVE.sub("coop", plain))
    return tuple(word for word in told if word not in LEGAL_FORMS) or tuple(told)


@lru_cache(maxsize=8_192)
def trigrams(told: tuple[str, ...]) -> frozenset[str]:
    """Of the words run together, so that “Repair Café” is “Repaircafé”; padded, so that beginnings and ends count."""
    joined = f"  {''.join(told)} "
    return frozenset(joined[at : at + 3] for at in range(len(joined) - 2))


def dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of the smaller that is in the other."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def is_acronym(short: str, told: Sequence[str]) -> bool:
    """“INC” of Institute of Network Cultures."""
    initials = "".join(word[0] for word in told)
    return len(short) >= SHORTEST_ACRONYM and len(told) >= SHORTEST_ACRONYM and fold(short) == initials


def numbers(told: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in told if word.isdigit())
