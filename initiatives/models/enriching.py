"""What is added to a listing one by one: its texts in further languages, its needs and offers."""

from typing import TYPE_CHECKING, Any

from django.db import transaction

from initiatives.models.editing import Edited
from initiatives.models.people import User
from initiatives.models.plain import Plain, read_exchanges, read_translations

if TYPE_CHECKING:
    from initiatives.models.changes import Change


class Enriched(Edited):
    """Each deed is an edit: with its version where something is replaced, and with the present one where something is
    only added or taken away, which nobody else's words can be lost by. `also` are further plain values."""

    class Meta:
        abstract = True

    @transaction.atomic
    def translate(
        self, *, by: User, version: int, language: str, mission: str, description: str, **also: Any
    ) -> "Change | None":
        """Add or replace its texts in a further language. Saving says that they are up to date, changed or not."""
        others = [row for row in read_translations(self) if row["language"] != language]
        row = {"language": language, "mission": mission, "description": description}
        translations = sorted([*others, row], key=lambda each: each["language"])
        change = self.edit(by=by, version=version, values={"translations": translations} | also)
        self.translations.filter(language=language).update(needs_update=False)
        return change

    @transaction.atomic
    def remove_translation(self, *, by: User, language: str) -> "Change | None":
        version = self._held_version()
        others = [row for row in read_translations(self) if row["language"] != language]
        return self.edit(by=by, version=version, values={"translations": others})

    @transaction.atomic
    def add_exchange(self, *, by: User, row: Plain, **also: Any) -> "Change | None":
        version = self._held_version()
        return self.edit(by=by, version=version, values={"exchanges": [*read_exchanges(self), row]} | also)

    def change_exchange(self, public_id: str, *, by: User, version: int, row: Plain, **also: Any) -> "Change | None":
        rows = [
            {**row, "public_id": public_id} if each["public_id"] == public_id else each for each in read_exchanges(self)
        ]
        return self.edit(by=by, version=version, values={"exchanges": rows} | also)

    @transaction.atomic
    def remove_exchange(self, public_id: str, *, by: User) -> "Change | None":
        version = self._held_version()
        rows = [each for each in read_exchanges(self) if each["public_id"] != public_id]
        return self.edit(by=by, version=version, values={"exchanges": rows})

    def _held_version(self) -> int:
        """Nobody else changes it until the end of the transaction."""
        return type(self).objects.select_for_update().values_list("version", flat=True).get(pk=self.pk)
