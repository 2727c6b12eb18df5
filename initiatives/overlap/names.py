"""Names as people write them for one and the same initiative: with or without legal form, accents, hyphens, town."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from initiatives.text import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Legal forms and their abbreviations: a register writes them, the initiative itself does not.
LEGAL_FORMS = frozenset(
    """
    aisbl ag aps asbl ass assoc associazione associacio asociacion association associations asso bv bvba cic cio coop
    cooperativa cooperative cooperatie cvba ecc eg ev ets foundation fondazione fondation fundacio fundacion
    gemeinnutzig gemeinnutzige ggmbh gmbh inc limited llc ltd ngo nonprofit nv odv onlus ong organizzazione plc sa sagl
    sarl sas sc scarl sccl sce scic scop scrl sl slne snc societa society spa srl srls stichting stiftung the verein
    vereniging volontariato vzw zs the of and for de di del della dei delle da do du des la le les el los las il lo i
    gli a e et en und der die das het van voor y per pour fur zur zum
    """.split()
)
# An acronym of two letters fits too many names.
SHORTEST_ACRONYM = 3


def name_words(name: str) -> tuple[str, ...]:
    """The words that tell one name from another; all of them where nothing else is left. Letters with dots between
    are one word (“A.V.I.S.”)."""
    told = words(fold(name).replace("'", " ").replace(".", ""))
    return tuple(word for word in told if word not in LEGAL_FORMS) or tuple(told)


@lru_cache(maxsize=8_192)
def trigrams(told: tuple[str, ...]) -> frozenset[str]:
    """Of the words run together, so that “Repair Café” is “Repaircafé”; padded, so that beginnings and ends count."""
    joined = f"  {''.join(told)} "
    return frozenset(joined[at : at + 3] for at in range(len(joined) - 2))


def dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def is_acronym(short: str, told: Sequence[str]) -> bool:
    """“INC” of Institute of Network Cultures."""
    initials = "".join(word[0] for word in told)
    return len(short) >= SHORTEST_ACRONYM and len(told) >= SHORTEST_ACRONYM and fold(short) == initials


def numbers(told: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in told if word.isdigit())
