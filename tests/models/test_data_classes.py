"""Every column of the database says what it is, for people."""

from django.apps import apps

from initiatives.models.data_classes import FILE, data_classes

WHERE = f"Say in {FILE.name} what these columns are, for people"


class DataClassTests:
    def test_every_column_has_one(self) -> None:
        """A new column that is about a person must be given out, erased and forgotten: somebody has to think of it."""
        known = data_classes()
        missing = [
            f"{model._meta.label}.{field.name}"
            for model in apps.get_models(include_auto_created=True)
            if model._meta.managed and not model._meta.proxy
            for field in model._meta.local_concrete_fields
            if field.name not in known.get(model._meta.label, {}) and field.name != "id"
        ]
        assert missing == [], WHERE

    def test_no_column_is_told_of_that_is_not_there(self) -> None:
        there = {
            model._meta.label: {field.name for field in model._meta.local_concrete_fields}
            for model in apps.get_models(include_auto_created=True)
        }
        gone = [
            f"{label}.{name}"
            for label, fields in data_classes().items()
            for name in fields
            if name not in there.get(label, ())
        ]
        assert gone == []
