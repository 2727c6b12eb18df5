"""What mails to people begin with: their address and language, and the ways to the pages that they name."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import translation

from initiatives.models.mail import Mail

if TYPE_CHECKING:
    from initiatives.models.initiative import Initiative
    from initiatives.models.people import User


def path_in(language: str, name: str, *arguments: Any) -> str:
    """The address of a page in the language that the mail is written in."""
    with translation.override(language):
        return reverse(name, args=arguments)


def about(listing: "Initiative", language: str) -> dict[str, str]:
    """What every mail about a listing says."""
    return {
        "listing": listing.name,
        "listing_path": path_in(language, "initiative", listing.public_id, listing.address_slug),
        "mine_path": path_in(language, "my-listings"),
    }


def write_to(
    person: "User",
    kind: str,
    *,
    key: str,
    listing: "Initiative | None" = None,
    not_before: datetime | None = None,
    **context: Any,
) -> Mail:
    """A mail to somebody with an account, in their language. A link is told as the name of its page and its arguments:
    `edit_path=("listing-edit", "abc")`."""
    language = person.language
    told = {name: path_in(language, *value) if isinstance(value, tuple) else value for name, value in context.items()}
    options = {"not_before": not_before} if not_before else {}
    return Mail.objects.post(
        kind,
        to=person.email,
        key=key,
        context={**(about(listing, language) if listing else {}), **told},
        language=language,
        person=person,
        **options,
    )
