import json
import re
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from initiatives.importing.lists import Import
from initiatives.importing.mapping import UnknownMapping, load, shipped_names
from initiatives.importing.verdicts import OUTCOMES, REFUSED, Unreadable, Verdict
from initiatives.management.progress import reading
from initiatives.models.choices import ReviewState

# So many refusals are listed; the rest is counted.
SHOWN = 20
SOURCE_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")


class Command(BaseCommand):
    help = "Import initiatives from a CSV or GeoJSON file. Importing it again changes only what has changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("mapping", help=f"what its columns mean: {', '.join(shipped_names())}, or a TOML file")
        parser.add_argument("file", type=Path, help="a CSV or GeoJSON file, gzipped or not")
        parser.add_argument("--dry-run", action="store_true", help="say what would become of each row, write nothing")
        parser.add_argument(
            "--as",
            dest="review_state",
            choices=[ReviewState.PUBLISHED.value, ReviewState.SUBMITTED.value],
            default=ReviewState.PUBLISHED.value,
            help="what new listings are: published at once (default), or submitted to the officers' desk",
        )
        parser.add_argument("--source", default="", help="the code of the list, where rows and mapping name none")
        parser.add_argument("--whole", action="store_true", help="the whole file in one transaction, or nothing of it")
        parser.add_argument("--verbose", action="store_true", help="the verdict on every row")
        parser.add_argument(
            "--json", action="store_true", help="one JSON object for each row, then one with the counts"
        )

    def handle(self, **options: Any) -> None:
        if options["source"] and not SOURCE_CODE.fullmatch(options["source"]):
            raise CommandError("--source is a short code: small letters, digits and hyphens.")
        try:
            mapping = load(options["mapping"])
        except UnknownMapping as error:
            raise CommandError(str(error)) from error
        self.counts: Counter[str] = Counter(dict.fromkeys(OUTCOMES, 0))
        self.refused: list[Verdict] = []
        run = Import(
            mapping,
            options["file"],
            review_state=options["review_state"],
            source=options["source"],
            dry_run=options["dry_run"],
            whole=options["whole"],
        )
        try:
            self._take(run, options)
        except Unreadable as error:
            raise CommandError(f"{error}{self._so_far(options)}") from error
        except KeyboardInterrupt as error:
            raise CommandError(f"Stopped.{self._so_far(options)}", returncode=130) from error
        self._tell_counts(options)

    def _take(self, run: Import, options: dict[str, Any]) -> None:
        with reading(run.file) as progress, closing(run.verdicts()) as verdicts:
            for verdict in verdicts:
                progress()
                self.counts[verdict.outcome] += 1
                if verdict.outcome == REFUSED and len(self.refused) < SHOWN:
                    self.refused.append(verdict)
                if options["json"]:
                    self.stdout.write(json.dumps(verdict.as_json(), ensure_ascii=False))
                elif options["verbose"]:
                    self.stdout.write(str(verdict))
                    self.stdout.write("".join(f"    {note}\n" for note in verdict.notes), ending="")

    def _tell_counts(self, options: dict[str, Any]) -> None:
        rows = self.counts.total()
        if options["json"]:
            summary = {outcome.replace(" ", "_"): count for outcome, count in self.counts.items()}
            self.stdout.write(json.dumps({"rows": rows, "dry_run": options["dry_run"]} | summary))
            return
        said = ", ".join(f"{count:,} {outcome}" for outcome, count in self.counts.items())
        written = " Nothing was written: this was a dry run." if options["dry_run"] else ""
        self.stdout.write(f"{rows:,} rows: {said}.{written}")
        if self.refused and not options["verbose"]:
            self.stdout.write("Refused:")
            for verdict in self.refused:
                name = f" “{verdict.name}”" if verdict.name else ""
                self.stdout.write(f"  row {verdict.row}{name}: {verdict.reason}")
            if (more := self.counts[REFUSED] - len(self.refused)) > 0:
                self.stdout.write(f"  and {more:,} more; --verbose lists them all")

    def _so_far(self, options: dict[str, Any]) -> str:
        rows = self.counts.total()
        if not rows:
            return ""
        if options["dry_run"] or options["whole"]:
            return f" {rows:,} rows were read, nothing was written."
        return f" {rows:,} rows before that are settled; the same command again goes on from there."
