"""What PostgreSQL knows of the tables: after much was written it plans badly until it has looked again."""

from django.apps import apps
from django.db import connection


def refresh_statistics() -> None:
    """A role that may not is only warned by the database, and autovacuum does the same within a minute or so."""
    quote = connection.ops.quote_name
    tables = [quote(model._meta.db_table) for model in apps.get_app_config("initiatives").get_models()]
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tables)}")
