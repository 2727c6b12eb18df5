"""What the history remembers: of each table the columns that are about no person (fixtures/data_classes.toml)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from initiatives.models.data_classes import REMEMBERED, fields_of


@dataclass(frozen=True, slots=True)
class Remembered:
    """A table: which listing a row belongs to, which other listing it speaks of, and which person it is about.

    `listing`, `other` and `about` name fields. With `from_the_start` the first values of a row are written down too. Of
    a listing they are not: they follow from what it is and what was changed since, and an import would write every text
    twice.
    """

    model: str
    listing: str = ""
    other: str = ""
    about: str = ""
    from_the_start: bool = True

    @property
    def table(self) -> type[models.Model]:
        return apps.get_model("initiatives", self.model)

    @property
    def kind(self) -> str:
        return self.model.lower()

    @property
    def columns(self) -> list[str]:
        """Those that say whose row it is are columns of the event itself."""
        whose = {self.listing, self.other, self.about}
        return [field.column for field in fields_of(self.table, *REMEMBERED) if field.name not in whose]

    @property
    def arguments(self) -> list[str]:
        """As the trigger takes them."""
        whose = [self._column(name) for name in (self.listing, self.other, self.about)]
        return [self.kind, *whose, "from_the_start" if self.from_the_start else "", *self.columns]

    def _column(self, name: str) -> str:
        return self.table._meta.get_field(name).column if name else ""


TABLES = (
    Remembered("Initiative", listing="id", from_the_start=False),
    Remembered("InitiativeDomain", listing="initiative"),
    Remembered("InitiativeLicence", listing="initiative"),
    Remembered("TaggedInitiative", listing="content_object"),
    Remembered("Translation", listing="initiative"),
    Remembered("Exchange", listing="initiative"),
    Remembered("TaggedExchange"),
    Remembered("Relationship", listing="from_initiative", other="to_initiative"),
    Remembered("User", about="id"),
    Remembered("User_groups", about="user"),
    Remembered("User_user_permissions", about="user"),
    Remembered("Appointment", about="person"),
    Remembered("Stewardship", listing="initiative", about="person"),
    Remembered("Invitation", listing="initiative", about="by"),
    Remembered("Claim", listing="initiative", about="by"),
    Remembered("Consent", listing="initiative", about="person"),
    Remembered("Confirmation", listing="initiative"),
    Remembered("ReviewEvent", listing="initiative"),
    Remembered("Report", listing="initiative"),
    Remembered("Merge", listing="kept", other="merged"),
    Remembered("VerdictEvent", listing="a", other="b"),
    Remembered("Placement", listing="initiative"),
)


def remembered() -> Iterator[tuple[str, list[str]]]:
    """The name of each table, and the arguments of its trigger."""
    for each in TABLES:
        yield each.table._meta.db_table, each.arguments
