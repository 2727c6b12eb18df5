"""What is counted to slow down guessing: the table that `createcachetable` would make, so that nobody has to run it."""

from django.db import migrations

CREATE = """
    CREATE TABLE cache (
        cache_key varchar(255) PRIMARY KEY,
        value text NOT NULL,
        expires timestamp with time zone NOT NULL
    );
    CREATE INDEX cache_expires ON cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0008_people_and_their_deeds")]

    operations = [migrations.RunSQL(CREATE, "DROP TABLE cache")]
