"""The roles and databases of an embedded cluster.

The owner migrates. The serving role is no superuser and owns nothing, so that it can neither read past the rules of the
rows nor switch off triggers.
"""

from collections.abc import Callable

import psycopg
from psycopg import sql

SUPERUSER, OWNER, WEB = "postgres", "commons_owner", "commons_web"
RIGHTS = {"TABLES": "SELECT, INSERT, UPDATE, DELETE", "SEQUENCES": "USAGE, SELECT"}
MAINTAIN_SINCE = 170_000

# Opens a connection as a role to a database.
Connect = Callable[[str, str], psycopg.Connection]


def create_roles(connect: Connect, *, may_create_databases: bool) -> None:
    """Unless they exist. Only tests let the owner create databases."""
    with connect(SUPERUSER, "postgres") as connection:
        for role in (OWNER, WEB):
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER").format(sql.Identifier(role)))
        if may_create_databases:
            connection.execute(sql.SQL("ALTER ROLE {} CREATEDB").format(sql.Identifier(OWNER)))


def _rights(connection: psycopg.Connection) -> dict[str, str]:
    """From PostgreSQL 17 on looking at the tables anew (ANALYZE) is a right that can be given."""
    if connection.info.server_version < MAINTAIN_SINCE:
        return RIGHTS
    return RIGHTS | {"TABLES": f"{RIGHTS['TABLES']}, MAINTAIN"}


def create_database(connect: Connect, name: str) -> None:
    """Unless it exists; what its owner makes in it later, the serving role may read and write."""
    with connect(SUPERUSER, "postgres") as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        create = sql.SQL("CREATE DATABASE {} OWNER {}")
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(OWNER)))
    with connect(OWNER, name) as connection:
        for what, rights in _rights(connection).items():
            grant = sql.SQL(f"ALTER DEFAULT PRIVILEGES GRANT {rights} ON {what} TO {{}}")
            connection.execute(grant.format(sql.Identifier(WEB)))
