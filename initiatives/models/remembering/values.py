"""How the columns of a listing, and what they hold, are called by people."""

from collections.abc import Callable
from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.models.choices import ListingKind
from initiatives.models.remembering.names import Names
from initiatives.models.wording import CODED

# As they stand in “A steward changed {what} from … to …”.
WHAT = {
    "name": gettext_lazy("the name"),
    "nickname": gettext_lazy("the other names"),
    "mission": gettext_lazy("the sentence on what it does"),
    "description": gettext_lazy("the description"),
    "listing_kind": gettext_lazy("the kind of listing"),
    "primary_url": gettext_lazy("the website"),
    "urls": gettext_lazy("the further links"),
    "language": gettext_lazy("the language of the texts"),
    "status": gettext_lazy("the status"),
    "founded_year": gettext_lazy("the year of founding"),
    "founded_precision": gettext_lazy("how exact the year of founding is"),
    "closed_year": gettext_lazy("the year in which it ended"),
    "city_id": gettext_lazy("the city"),
    "country": gettext_lazy("the country"),
    "geographic_scope": gettext_lazy("the reach"),
    "street_address": gettext_lazy("the address"),
    "postal_code": gettext_lazy("the postal code"),
    "organisational_structure": gettext_lazy("the form of organisation"),
    "self_description": gettext_lazy("what it calls itself"),
    "number_of_members": gettext_lazy("the number of members"),
    "title": gettext_lazy("the title"),
}
TEXTS = frozenset({"name", "mission", "description", "title"})
CHOICES = CODED | {"listing_kind": ListingKind}


def shown(column: str, value: Any, names: Names) -> str:
    """Nothing where there is nothing."""
    if value in (None, "", []):
        return ""
    if column == "city_id":
        return names.of(column, value)
    if column in CHOICES:
        return ", ".join(str(_label(CHOICES[column], each)) for each in (value if isinstance(value, list) else [value]))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value) if column.endswith("_year") else localize(value)


def _label(choices: Callable[[Any], Any], value: Any) -> Any:
    """A code that the house knew once is still told, as it is."""
    return choices(value).label if value in choices.values else value  # type: ignore[attr-defined]


def somewhere_else(columns: set[str]) -> str:
    """What is told of the columns that hold no words for people."""
    if columns & {"latitude", "longitude"}:
        return _("the place on the map")
    if "evidence" in columns:
        return _("where its facts can be seen")
    return ""
