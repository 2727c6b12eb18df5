"""`./run bench NAME …`: runs one of the benchmarks; each prints what it measured."""

import sys
from importlib import import_module

NAMES = {
    "quality": "how good the overlap engine is, on labelled files",
    "stability": "how well groups last while a directory grows",
    "graph": "what a regroup takes in time and memory, up to a million rows",
    "one": "peers of one listing, up to a million rows in PostgreSQL",
    "speed": "how quick it is, with others on the same listings",
    "scale_data": "listings made from real texts, as many as asked for",
    "pages": "time, weight and queries of pages and files on the directory as it is",
    "signups": "what a flood of sign-ups makes the site mail",
    "reading": "pairs and groups of the directory as it is, to read by hand",
}


def main() -> None:
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in NAMES:
        told = "\n".join(f"  {each:10} {what}" for each, what in NAMES.items())
        sys.exit(f"Usage: ./run bench NAME [OPTIONS]\n\n{told}")
    sys.argv = [f"bench {name}", *sys.argv[2:]]
    import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main()
