import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# Of an event only who and the run may be severed, by the database itself when a person or a run is deleted.
ONLY_ADDED = """
CREATE FUNCTION initiatives_groupevent_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    left_of_it initiatives_groupevent := NEW;
BEGIN
    left_of_it.by_id := OLD.by_id;
    left_of_it.run_id := OLD.run_id;
    IF TG_OP = 'UPDATE' AND left_of_it IS NOT DISTINCT FROM OLD
        AND (NEW.by_id IS NULL OR NEW.by_id = OLD.by_id) AND (NEW.run_id IS NULL OR NEW.run_id = OLD.run_id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'What happened to a group is only ever added.';
END $$;
CREATE TRIGGER only_added BEFORE UPDATE OR DELETE ON initiatives_groupevent
    FOR EACH ROW EXECUTE FUNCTION initiatives_groupevent_only_added();
"""


class Migration(migrations.Migration):
    """People name, pin, bar and split; what happens to groups is written down."""

    dependencies = [
        ("initiatives", "0004_group_last_members"),
    ]

    operations = [
        migrations.AddField(
            model_name="verdict",
            name="took",
            field=models.JSONField(null=True),
        ),
        migrations.CreateModel(
            name="GroupEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("formed", "Formed"),
                            ("grew", "Grew"),
                            ("shrank", "Shrank"),
                            ("split_from", "Split From"),
                            ("split_into", "Split Into"),
                            ("merged_into", "Merged Into"),
                            ("took_over", "Took Over"),
                            ("dissolved", "Dissolved"),
                            ("returned", "Returned"),
                            ("named", "Named"),
                            ("unnamed", "Unnamed"),
                            ("pinned", "Pinned"),
                            ("unpinned", "Unpinned"),
                            ("barred", "Barred"),
                            ("unbarred", "Unbarred"),
                            ("split_by_hand", "Split By Hand"),
                            ("made_by_hand", "Made By Hand"),
                            ("rejoined", "Rejoined"),
                            ("put_back", "Put Back"),
                        ],
                        max_length=15,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("evidence", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="initiatives.group"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="initiatives.overlaprun",
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="initiatives.groupevent",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="GroupMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="group_moves",
                        to="initiatives.initiative",
                    ),
                ),
                (
                    "joined",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="initiatives.group"
                    ),
                ),
                (
                    "left",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="initiatives.group"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="moves", to="initiatives.overlaprun"
                    ),
                ),
            ],
            options={
                "ordering": ("run", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("pinned", "Pinned"), ("barred", "Barred")], max_length=6)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.TextField(blank=True)),
                ("took", models.JSONField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="initiatives.groupevent",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="placements", to="initiatives.group"
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="placements",
                        to="initiatives.initiative",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="VerdictEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "was",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("same", "The same"),
                            ("peers", "Peers"),
                            ("complementary", "Complementary"),
                            ("unrelated", "Unrelated"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "became",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("same", "The same"),
                            ("peers", "Peers"),
                            ("complementary", "Complementary"),
                            ("unrelated", "Unrelated"),
                        ],
                        max_length=15,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "a",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="initiatives.initiative"
                    ),
                ),
                (
                    "b",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="initiatives.initiative"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="undone_by",
                        to="initiatives.verdictevent",
                    ),
                ),
            ],
            options={
                "ordering": ("at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Feedback",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("useful", models.BooleanField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "a",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="initiatives.initiative",
                    ),
                ),
                (
                    "b",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="initiatives.initiative",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="overlap_feedback",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feedback_rows",
                        to="initiatives.group",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("a", None), ("b", None), ("group__isnull", False)),
                            models.Q(
                                ("a__isnull", False), ("a__lt", models.F("b")), ("b__isnull", False), ("group", None)
                            ),
                            _connector="OR",
                        ),
                        name="feedback_on_group_or_pair",
                    ),
                    models.UniqueConstraint(fields=("by", "group"), name="feedback_once_on_group"),
                    models.UniqueConstraint(fields=("by", "a", "b"), name="feedback_once_on_pair"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="groupevent",
            index=models.Index(fields=["group", "-at"], name="groupevent_of_group"),
        ),
        migrations.AddConstraint(
            model_name="groupevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "formed",
                            "grew",
                            "shrank",
                            "split_from",
                            "split_into",
                            "merged_into",
                            "took_over",
                            "dissolved",
                            "returned",
                            "named",
                            "unnamed",
                            "pinned",
                            "unpinned",
                            "barred",
                            "unbarred",
                            "split_by_hand",
                            "made_by_hand",
                            "rejoined",
                            "put_back",
                        ],
                    )
                ),
                name="groupevent_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupmove",
            constraint=models.UniqueConstraint(fields=("run", "initiative"), name="groupmove_once"),
        ),
        migrations.AddConstraint(
            model_name="groupmove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("joined__isnull", True), ("left__isnull", False)),
                    models.Q(("joined__isnull", False), ("left__isnull", True)),
                    models.Q(
                        ("joined__isnull", False),
                        ("left__isnull", False),
                        models.Q(("left", models.F("joined")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="groupmove_goes_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["pinned", "barred"])), name="placement_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.UniqueConstraint(fields=("group", "initiative"), name="placement_once"),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "pinned")), fields=("initiative",), name="placement_one_pin"
            ),
        ),
        migrations.AddIndex(
            model_name="verdictevent",
            index=models.Index(fields=["a", "b"], name="verdictevent_of_pair"),
        ),
        migrations.AddConstraint(
            model_name="verdictevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("became__in", ["", "same", "peers", "complementary", "unrelated"]),
                    ("was__in", ["", "same", "peers", "complementary", "unrelated"]),
                    models.Q(("was", models.F("became")), _negated=True),
                ),
                name="verdictevent_changes_a_verdict",
            ),
        ),
        migrations.RunSQL(
            ONLY_ADDED,
            "DROP TRIGGER only_added ON initiatives_groupevent; DROP FUNCTION initiatives_groupevent_only_added();",
        ),
    ]
