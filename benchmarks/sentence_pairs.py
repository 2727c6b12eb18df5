"""Whether two sentences about one thing in two languages find each other."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from initiatives.overlap.arrays import unit
from initiatives.overlap.engine import Engine
from initiatives.overlap.values import Listing

if TYPE_CHECKING:
    from pathlib import Path

    from initiatives.overlap.encoder import Encoder


def measured(path: Path, encoder: Encoder | None) -> dict[str, object]:
    """The share of sentences whose nearest among all of the other side is their own, forward and back."""
    pairs = json.loads(path.read_text(encoding="utf-8"))
    sides = [Listing(key=n, name="", mission=pair[1], language=pair[0]) for n, pair in enumerate(pairs)]
    sides += [Listing(key=len(pairs) + n, name="", mission=pair[3], language=pair[2]) for n, pair in enumerate(pairs)]
    engine = Engine((), encoder)
    traits = engine.read(sides)
    rows = unit(engine.space(traits).vectors(traits).astype(np.float32))
    products = rows[: len(pairs)] @ rows[len(pairs) :].T
    own = range(len(pairs))
    return {
        "p_at_1_forward": round(float((products.argmax(axis=1) == own).mean()), 4),
        "p_at_1_back": round(float((products.argmax(axis=0) == own).mean()), 4),
    }
