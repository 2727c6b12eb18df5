"""`./run`: reads the command line and the environment, then serves, tests, imports, manages or measures."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from django.core.exceptions import ImproperlyConfigured

from commons_directory import environment
from commons_directory.embedded import ROOT
from commons_directory.errors import StartError

COMMANDS = ("test", "import", "manage", "bench")


def main(arguments: Sequence[str]) -> int:
    try:
        return run(*parse(arguments))
    except (StartError, ImproperlyConfigured) as error:
        print(error, file=sys.stderr)
        return 1


def parse(arguments: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    """Our own options come before the command; what follows it is the command's."""
    parser = argparse.ArgumentParser(prog="./run", add_help=False)
    parser.add_argument("--port", default=os.environ.get("PORT") or "8000")
    parser.add_argument("--data", default=os.environ.get("COMMONS_DATA") or ROOT / ".data")
    parser.add_argument("--empty", action="store_true")
    parser.add_argument("command", nargs="?", choices=COMMANDS)
    place = next((at for at, argument in enumerate(arguments) if argument in COMMANDS), len(arguments))
    return parser.parse_args(arguments[: place + 1]), list(arguments[place + 1 :])


def run(options: argparse.Namespace, rest: list[str]) -> int:
    called_from = Path(os.environ.get("COMMONS_CALLED_FROM") or Path.cwd())
    os.environ["COMMONS_DATA"] = str(called_from / options.data)
    os.environ["PYTHONPATH"] = str(ROOT)
    match options.command:
        case "test":
            _become("-m", "pytest", *_in_parallel(rest), *rest)
        case "bench":
            _become("-m", "benchmarks", *rest)
        case "manage":
            os.chdir(called_from)
            _become(str(ROOT / "manage.py"), *rest)
        case "import":
            _prepare_for_import()
            os.chdir(called_from)
            _become(str(ROOT / "manage.py"), "import_listings", *rest)
    from commons_directory.serving import serve

    port = environment.whole_number("PORT", options.port, least=1, most=65535)
    return serve(port=port, demonstration=not options.empty)


def _in_parallel(arguments: list[str]) -> list[str]:
    """A process for each core, unless told otherwise or a single test is asked for, which more would only delay."""
    chosen = any("::" in argument or argument.startswith(("-n", "--version", "--pdb")) for argument in arguments)
    return [] if chosen else ["--numprocesses=logical"]


def _prepare_for_import() -> None:
    """An import may come before the first start: it needs the tables and the vocabulary."""
    from commons_directory.database import data_folder, use_embedded_unless_told
    from commons_directory.preparing import prepare

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commons_directory.settings")
    if cluster := use_embedded_unless_told():
        cluster.keep_across_exec()
    prepare(data_folder(), demonstration=False, tell=print)


def _become(*command: str) -> NoReturn:
    """Its signals and its exit code are then those of ./run."""
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, *command])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
