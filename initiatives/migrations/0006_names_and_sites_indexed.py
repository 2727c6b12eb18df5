from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    """Whether an initiative is listed already is asked by the words of its name and by its site."""

    dependencies = (("initiatives", "0005_deeds_on_groups"),)

    operations = (
        migrations.AddIndex(
            model_name="initiative",
            index=GinIndex(
                models.Func(
                    models.Func(models.F("sort_key"), models.Value("."), models.Value(""), function="replace"),
                    models.Value("[^[:alnum:]]+"),
                    function="regexp_split_to_array",
                    output_field=ArrayField(base_field=models.TextField()),
                ),
                name="initiative_name_words",
            ),
        ),
        migrations.AddIndex(
            model_name="initiative",
            index=models.Index(
                OpClass(
                    models.Func(
                        Lower("primary_url"),
                        models.Value("^[a-z]+://(www[.])?"),
                        models.Value(""),
                        function="regexp_replace",
                        output_field=models.TextField(),
                    ),
                    name="text_pattern_ops",
                ),
                name="initiative_site",
            ),
        ),
    )
