import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from initiatives.importing.demonstration import entries
from initiatives.importing.evidence import Borne, Lists


class Command(BaseCommand):
    help = (
        "Say which demonstration initiatives are borne out by a row of a list in FOLDER, and which by an address alone."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder of the lists: p2p_wiki, susy, codefor_de, dpg, osta")
        parser.add_argument(
            "--json", action="store_true", help="one JSON object for each entry, then one with the counts"
        )

    def handle(self, **options: Any) -> None:
        lists = Lists(options["folder"])
        try:
            told = [lists.bears_out(entry) for entry in entries()]
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be read: {error.strerror}.") from error
        counts = Counter(each.verdict for each in told)
        for each in told:
            self.stdout.write(_as_json(each) if options["json"] else _as_text(each))
        if options["json"]:
            self.stdout.write(json.dumps({"entries": len(told)} | counts))
        else:
            said = ", ".join(f"{count:,} {verdict}" for verdict, count in counts.most_common())
            self.stdout.write(f"{len(told):,} entries: {said}.")
        if missing := sum(len(each.missing) for each in told):
            raise CommandError(f"{missing:,} rows that entries name are not there.")


def _as_text(borne: Borne) -> str:
    looks = [*(f"not there: {row}" for row in borne.missing), *(f"look: {row}" for row in borne.otherwise_named)]
    return "\n    ".join([f"{borne.entry} ({borne.file}): {borne.verdict}", *borne.found, *looks])


def _as_json(borne: Borne) -> str:
    return json.dumps(asdict(borne) | {"verdict": borne.verdict}, ensure_ascii=False)
