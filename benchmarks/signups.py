"""Many sign-ups in an hour, most by a program: ./run bench signups [--attacks N] [--json]

A replay of 2,249 registrations from as many addresses of 750 networks, as a program does it that waits long enough
and leaves the hidden field empty; in between ten people who register for the first time and ten who took part before.
Each goes by the pages that everybody uses, eight at a time, on a PostgreSQL of its own. Told is how many mails left,
and whether anybody lost what they wrote.
"""

from __future__ import annotations

import argparse
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import perf_counter, sleep
from typing import TYPE_CHECKING, Any

from benchmarks.outcome import add_options, tell
from benchmarks.own_cluster import own_cluster

if TYPE_CHECKING:
    from collections.abc import Mapping

ATTACKS, HONEST, AT_ONCE = 2_249, 10, 8
# Three addresses of each: what one can rent in an afternoon.
ATTACKS_OF_NETWORK = 3


@dataclass(frozen=True, slots=True)
class SignUp:
    email: str
    network: str
    kind: str  # attack, new or known


def main() -> None:
    parser = argparse.ArgumentParser(prog="signups", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--attacks", type=int, default=ATTACKS)
    add_options(parser)
    asked = parser.parse_args()
    from benchmarks.stored_directory import set_up

    with own_cluster() as cluster:
        set_up(cluster)
        from django.db import connection
        from django.test.utils import setup_test_environment

        setup_test_environment()
        try:
            tell(replay(asked.attacks), asked, _table)
        finally:
            connection.close()


def replay(attacks: int, *, threads: int = AT_ONCE) -> dict[str, Any]:
    from django.conf import settings

    from initiatives.models import Mail, MailAddress, Registration

    sign_ups = _sign_ups(attacks)
    for each in sign_ups:
        if each.kind == "known":
            MailAddress.objects.took_part(each.email)
    stamp = _stamp()
    started = perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        told = list(pool.map(lambda each: _sign_up(each, stamp), sign_ups))
    seconds = perf_counter() - started
    strangers = Mail.objects.filter(is_unverified=True)
    return {
        "sign_ups": len(sign_ups),
        "budget": settings.MAILS_TO_STRANGERS,
        "mails_to_strangers": strangers.filter(state="waiting").count(),
        "most_to_one": _most_to_one(),
        "mails_to_known": Mail.objects.filter(is_unverified=False, state="waiting").count(),
        "known": sum(each.kind == "known" for each in sign_ups),
        "drafts_kept": Registration.objects.filter(email__in=[each.email for each in sign_ups]).count(),
        "answers": sorted(set(told)),
        "seconds": round(seconds, 1),
    }


def _sign_ups(attacks: int) -> list[SignUp]:
    flood = [
        SignUp(f"stranger{number}@example.org", f"10.{number // 256 // ATTACKS_OF_NETWORK}."
               f"{number // ATTACKS_OF_NETWORK % 256}.{number % 250}", "attack")
        for number in range(attacks)
    ]  # fmt: skip
    people = [
        SignUp(f"{kind}{number}@example.org", f"192.0.{number}.{1 if kind == 'new' else 2}", kind)
        for kind in ("new", "known")
        for number in range(HONEST)
    ]
    mixed = flood + people
    random.Random(4).shuffle(mixed)
    return mixed


def _stamp() -> str:
    """Of an open form: one is enough for all who send it."""
    from initiatives.forms.guards import LEAST_SECONDS
    from initiatives.forms.register.sending import LaterForm

    stamp = str(LaterForm()["opened"].value())
    sleep(LEAST_SECONDS)
    return stamp


def _sign_up(each: SignUp, stamp: str) -> int:
    """To go on later; answers the status of what comes back."""
    from django.db import connection
    from django.test import Client
    from django.urls import reverse

    from initiatives.models import Registration

    try:
        page = reverse("registration-later", args=[Registration.objects.begin(language="en").token])
        said = {"email": each.email, "key": each.email, "opened": stamp}
        return Client(REMOTE_ADDR=each.network).post(page, said).status_code
    finally:
        connection.close()


def _most_to_one() -> int:
    from initiatives.models import MailAddress

    return max(MailAddress.objects.values_list("unverified_mails", flat=True), default=0)


def _table(result: Mapping[str, Any]) -> str:
    return "\n".join(
        (
            f"{result['sign_ups']:,} sign-ups in {result['seconds']} s, answered with {result['answers']}",
            f"{result['mails_to_strangers']:,} mails to strangers, of {result['budget']:,} an hour;"
            f" at most {result['most_to_one']} to one address",
            f"{result['mails_to_known']:,} mails to {result['known']:,} who took part before",
            f"{result['drafts_kept']:,} drafts kept",
        )
    )
