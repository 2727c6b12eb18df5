"""Time, weight and queries of pages and files, on the directory as it is: ./run bench pages [--rounds N] [--json]

The addresses are asked in turn, round after round, so that whatever else the machine does falls on all alike; what is
told is the median. Sent bytes are those of a browser that takes brotli. Queries are those of the database.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
from statistics import median
from time import perf_counter
from typing import Any


def main() -> None:
    asked = _arguments()
    set_up()
    addresses = _addresses()
    measured: dict[str, list[dict[str, float]]] = {name: [] for name in addresses}
    for _ in range(asked.rounds + 1):
        for name, address in addresses.items():
            measured[name].append(_measure(address))
    # The first round fills caches.
    figures = {name: _medians(rounds[1:]) | {"address": addresses[name]} for name, rounds in measured.items()}
    result = {"listings": _listings(), "peak_mb": _peak(), "pages": figures}
    print(json.dumps(result, indent=2) if asked.json else _table(result))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="pages", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def set_up() -> None:
    import django

    from commons_directory.database import use_embedded_unless_told

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commons_directory.settings")
    use_embedded_unless_told()
    django.setup()


def _addresses() -> dict[str, str]:
    """A page of each kind; the largest city, domain, tag and group, which cost most."""
    from initiatives.models import City, Domain, Group, Initiative, Tag

    city = City.objects.with_initiatives().by_size().first()
    group = Group.objects.public().largest_first().first()
    domain = Domain.objects.with_counts().order_by("-initiative_count")[0]
    pages: dict[str, Any] = {
        "home": "/",
        "list": "/initiatives/",
        "list, newest first": "/initiatives/?sort=founded",
        "list, one domain": f"/initiatives/?domain={domain.slug}",
        "list, one city": city and f"/initiatives/?city={city.slug}",
        "search, one word": "/initiatives/?q=energy",
        "search, two words": "/initiatives/?q=community+gard",
        "search, a slip": "/initiatives/?q=comunitty",
        "search, nothing": "/initiatives/?q=qqqqxyz",
        "initiative": Group.objects.exists() and _most_tied(Initiative),
        "groups": "/groups/",
        "group": group and group.get_absolute_url(),
        "map": "/map/",
        "cities": "/cities/",
        "city": city,
        "domain": Domain.objects.with_counts().order_by("-initiative_count").first(),
        "licences": "/licences/",
        "tags": "/tags/",
        "tag": next(iter(Tag.most_used(most=1)), None),
        "initiatives.csv": "/initiatives.csv",
        "groups.csv": "/groups.csv",
    }
    return {name: page if isinstance(page, str) else page.get_absolute_url() for name, page in pages.items() if page}


def _most_tied(initiatives: Any) -> str:
    from initiatives.models import Membership

    return Membership.objects.public().main().order_by("-strength", "pk")[0].initiative.get_absolute_url()


def _measure(address: str) -> dict[str, float]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="localhost", headers={"accept-encoding": "identity"})
    with CaptureQueriesContext(connection) as queries:
        start = perf_counter()
        response = client.get(address)
        if response.status_code != 200 and "map" not in address:
            raise SystemExit(f"{address} answers {response.status_code}.")
        size, sent = _sizes(response)
        seconds = perf_counter() - start
    return {"ms": seconds * 1000, "kb": size / 1000, "brotli_kb": sent / 1000, "queries": len(queries)}


def _sizes(response: Any) -> tuple[int, int]:
    """Bytes as they are, and under brotli; a file is only counted, chunk after chunk."""
    if response.streaming:
        return sum(len(chunk) for chunk in response.streaming_content), 0
    import brotli

    return len(response.content), len(brotli.compress(response.content, quality=5))


def _medians(rounds: list[dict[str, float]]) -> dict[str, float]:
    return {key: round(median(each[key] for each in rounds), 1) for key in rounds[0]}


def _listings() -> int:
    from initiatives.models import Initiative

    return Initiative.objects.published().count()


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _table(result: dict[str, Any]) -> str:
    lines = [f"{result['listings']:,} listings, peak memory {result['peak_mb']:,} MB", ""]
    lines.append(f"{'page':22}{'ms':>9}{'kB':>9}{'brotli':>9}{'queries':>9}")
    for name, figures in result["pages"].items():
        lines.append(
            f"{name:22}{figures['ms']:9.0f}{figures['kb']:9.1f}{figures['brotli_kb']:9.1f}{figures['queries']:9.0f}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
