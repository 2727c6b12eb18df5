"""All that was answered so far, read anew: what is still to ask, what it says in words, and the listing it makes."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language

from initiatives.forms.register import PAGES, Page
from initiatives.importing.languages import detected
from initiatives.importing.sentences import lead
from initiatives.models import City, Domain
from initiatives.models.drafting import Told
from initiatives.models.initiative import UNKNOWN_LANGUAGE
from initiatives.models.telling.asker import ASKER
from initiatives.overlap.values import Exchange, Identity, Listing

# Pages that all of it may be left empty on.
OPTIONAL = ("about", "exchange")


@dataclass(frozen=True, slots=True)
class Section:
    """A page with its answers in words, for the page on which they are checked."""

    slug: str
    question: Promise
    rows: list[tuple[Any, str]]
    is_unfinished: bool

    @property
    def is_said(self) -> bool:
        return any(value for _label, value in self.rows)


class Answers:
    """Forms of all pages, filled with what was said. One of them may be as somebody is just typing it."""

    def __init__(self, answers: dict[str, dict[str, list[str]]], *, now: Page | None = None) -> None:
        self.said = answers
        self.now = now

    @cached_property
    def forms(self) -> dict[str, Page]:
        made = {page.slug: page(self.said.get(page.slug)) for page in PAGES}
        return made | {self.now.slug: self.now} if self.now else made

    @property
    def first_open(self) -> str | None:
        """The first page that still needs an answer."""
        return next((slug for slug, form in self.forms.items() if self.is_unfinished(slug)), None)

    def is_unfinished(self, slug: str) -> bool:
        form = self.forms[slug]
        return not form.is_valid() and (form.is_bound or slug not in OPTIONAL)

    def sections(self) -> list[Section]:
        return [
            Section(slug, form.question, form.shown(), self.is_unfinished(slug)) for slug, form in self.forms.items()
        ]

    # What some answers say; empty where they are not there yet.

    def value(self, page: str, name: str) -> Any:
        return self.forms[page].value(name)

    @property
    def city(self) -> City | None:
        return self.value("place", "where")

    @property
    def domain_chosen(self) -> Domain | None:
        return self.value("work", "domain")

    @property
    def has_exchanges(self) -> bool:
        return bool(self.exchanges)

    @property
    def exchanges(self) -> list[dict[str, str]]:
        return self.forms["exchange"].exchanges()

    @property
    def email(self) -> str:
        return self.value("email", "email") or ""

    @property
    def can_be_compared(self) -> bool:
        return bool(self.value("name", "mission"))

    @property
    def language(self) -> str:
        """Of few words nobody can tell: they are most likely in the language of the page."""
        text = " ".join(filter(None, (self.value("name", "mission"), self.value("about", "description"))))
        language = detected(text)
        return (get_language() or "en").split("-")[0] if language == UNKNOWN_LANGUAGE else language

    # As others see it.

    def identity(self) -> Identity:
        """What it is known by, to find out whether it is listed already."""
        return Identity(
            name=self.value("name", "name") or "",
            website=self.value("about", "website") or "",
            city=self.city.name if self.city else "",
            country=self.city.country if self.city else "",
        )

    def asked(self) -> Listing:
        """As the engine sees a listing, to find its peers."""
        domains = self.forms["work"].domains() if self.domain_chosen else []
        mission, description = lead(self.value("name", "mission") or "")
        return Listing(
            key=ASKER,
            name="",
            mission=mission,
            description=" ".join(filter(None, (description, self.value("about", "description")))),
            language=self.language,
            country=self.city.country if self.city else "",
            city=self.city.pk if self.city else None,
            city_name=self.city.name if self.city else "",
            domains=tuple(domain.code for domain in domains),
            exchanges=tuple(
                Exchange(
                    direction="want" if row["exchange_type"] == "want" else "offer",
                    title=row["title"],
                    item_type=row["item_type"],
                    transaction_type=row["transaction_type"],
                )
                for row in self.exchanges
            ),
        )

    def told(self) -> Told:
        """The listing that all of it makes, once no page is unfinished."""
        city, value = self.city, self.value
        return Told(
            columns={
                "name": value("name", "name"),
                "mission": value("name", "mission"),
                "language": self.language,
                "city": city,
                "country": city.country if city else value("place", "country"),
                "geographic_scope": value("place", "reach"),
                "primary_url": value("about", "website") or "",
                "description": value("about", "description") or "",
                "founded_year": value("about", "founded"),
                "founded_precision": self.forms["about"].precision,
                "organisational_structure": value("about", "structure") or "",
                "shows_contact": any(form.value("shows_contact") for form in self.forms.values()),
            },
            domains=self.forms["work"].domains(),
            tags=value("work", "tags"),
            exchanges=self.exchanges,
        )
