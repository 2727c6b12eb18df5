"""Vectors are of a space that is kept, and traits are read once. All of it is computed again by `find_overlaps`, so the
old vectors are not carried over."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0006_names_and_sites_indexed")]

    operations = [
        migrations.DeleteModel(name="OverlapVector"),
        migrations.CreateModel(
            name="OverlapSpace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.CharField(max_length=100)),
                ("reading", models.CharField(max_length=100)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("population", models.PositiveIntegerField()),
                ("activities", models.JSONField()),
                ("domains", models.JSONField()),
                ("archive", models.BinaryField()),
                ("middles", models.BinaryField()),
                ("frequencies", models.JSONField()),
                ("revision", models.PositiveIntegerField(default=1)),
                ("is_current", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("is_current",),
                        name="overlapspace_one_current",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OverlapTraits",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reading", models.CharField(max_length=100)),
                ("digest", models.CharField(max_length=64)),
                ("told", models.JSONField()),
                ("meaning", models.BinaryField(null=True)),
                (
                    "initiative",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="overlap_traits",
                        to="initiatives.initiative",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OverlapVector",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cell", models.SmallIntegerField()),
                ("vector", models.BinaryField()),
                ("beside", models.BinaryField()),
                ("language", models.CharField(blank=True, max_length=20)),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="overlap_vectors",
                        to="initiatives.initiative",
                    ),
                ),
                (
                    "space",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="vectors",
                        to="initiatives.overlapspace",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["space", "cell"], name="overlapvector_cell")],
                "constraints": [models.UniqueConstraint(fields=("initiative", "space"), name="overlapvector_once")],
            },
        ),
    ]
