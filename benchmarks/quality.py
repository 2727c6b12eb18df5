"""How good the overlap engine is, on any labelled file: ./run bench quality --rows FILE --pairs FILE --sentences FILE
[--json]

rows        CSV id, name, mission, description, language, city, country, lat, lon, domains, tags, label (lists joined by
"; ") pairs       CSV label, name_a, desc_a, city_a, country_a, lat_a, lon_a, … and the same with _b
sentences   JSON [[language, text, language, text], …]: two sentences about one thing
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks import labelled_pairs, labelled_rows, sentence_pairs
from initiatives.overlap.encoder import default_encoder


def main() -> None:
    asked = _arguments()
    encoder = None if asked.without_encoder else default_encoder()
    measured = {}
    for path in asked.rows:
        measured[path.stem] = labelled_rows.measured(path, encoder)
    for path in asked.pairs:
        measured[path.stem] = labelled_pairs.measured(path, errors=0 if asked.json else asked.errors, folds=asked.folds)
    for path in asked.sentences:
        measured[path.stem] = sentence_pairs.measured(path, encoder)
    print(json.dumps(measured, indent=2, ensure_ascii=False) if asked.json else _table(measured))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="quality", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for kind in ("rows", "pairs", "sentences"):
        parser.add_argument(f"--{kind}", type=Path, action="append", default=[], metavar="FILE")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--errors", type=int, default=10, help="how many of the worst errors to list (10)")
    parser.add_argument("--folds", type=int, default=0, help="of pairs: fit the weights afresh in so many folds, too")
    parser.add_argument("--without-encoder", action="store_true", help="measure the fallback")
    asked = parser.parse_args()
    if not (asked.rows or asked.pairs or asked.sentences):
        parser.error("give at least one file: --rows, --pairs or --sentences")
    return asked


def _table(measured: dict[str, dict[str, object]]) -> str:
    lines = []
    for name, figures in measured.items():
        lines.append(name)
        lines.extend(f"  {key:18} {value}" for key, value in figures.items() if not isinstance(value, list))
        lines.extend(f"  {error}" for value in figures.values() if isinstance(value, list) for error in value)
    return "\n".join(lines)


if __name__ == "__main__":
    main()
