from django.db import migrations

import initiatives.models.fields


class Migration(migrations.Migration):
    """Tags are called in the reader's language where they have a word in it."""

    dependencies = (("initiatives", "0002_country_is_the_citys"),)

    operations = (
        migrations.AddField(
            model_name="tag",
            name="names",
            field=initiatives.models.fields.TextsField(blank=True, default=dict),
        ),
    )
