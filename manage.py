#!/usr/bin/env python
"""Django's command line. It uses the embedded database of the data folder, unless DATABASE_URL names another."""

import os
import sys

# What needs no database, and so need not wait for one.
WITHOUT_DATABASE = {
    "help",
    "version",
    "collectstatic",
    "compilemessages",
    "makemessages",
    "diffsettings",
}
# What changes the shape of the database, or the history, and so needs the role that owns it.
AS_OWNER = {
    "migrate",
    "forget_words",
    "makemigrations",
    "sqlmigrate",
    "sqlflush",
    "flush",
    "optimizemigration",
    "squashmigrations",
}


def main(arguments: list[str]) -> None:
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from commons_directory.database import ROLE, use_embedded_unless_told
    from commons_directory.errors import StartError

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commons_directory.settings")
    arguments = _take_data_folder(arguments)
    command = arguments[1] if len(arguments) > 1 else "help"
    if command in AS_OWNER:
        os.environ.setdefault(ROLE, "owner")
    if command in WITHOUT_DATABASE or {"--help", "-h", "--version"} & set(arguments):
        # These sign nothing.
        os.environ.setdefault("SECRET_KEY", "x" * 50)
    else:
        try:
            use_embedded_unless_told()
        except StartError as error:
            sys.exit(str(error))
    try:
        settings.INSTALLED_APPS  # noqa: B018 - reading any setting reads, and so judges, them all
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    execute_from_command_line(arguments)


def _take_data_folder(arguments: list[str]) -> list[str]:
    """`--data DIR`, before the command's own options, says where the embedded database lives."""
    if len(arguments) > 2 and arguments[1] == "--data":
        os.environ["COMMONS_DATA"] = os.path.abspath(arguments[2])
        return arguments[:1] + arguments[3:]
    return arguments


if __name__ == "__main__":
    main(sys.argv)
