from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    """A group that dissolved can be found again by the members that it had."""

    dependencies = (("initiatives", "0003_tag_names"),)

    operations = (
        migrations.AddField(
            model_name="group",
            name="last_members",
            field=ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None),
        ),
    )
