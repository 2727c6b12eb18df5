"""A listing as plain values, on its way in: what a mapping makes and the writer keeps."""

from dataclasses import dataclass, field
from typing import Self

from initiatives.models import Initiative
from initiatives.models.initiative import UNKNOWN_LANGUAGE

# The columns that stand on the listing itself; the other fields of a Record become rows beside it.
OWN = tuple(
    """
    name nickname slug listing_kind primary_url urls mission description language status founded_year founded_precision
    closed_year city_id country geographic_scope street_address postal_code latitude longitude organisational_structure
    self_description number_of_members source_url data_licence evidence
    """.split()
)
BESIDE = ("domains", "tags", "licences", "exchanges", "translations")
EVERYTHING = frozenset((*OWN, *BESIDE))


@dataclass(frozen=True, slots=True, order=True)
class ExchangeRecord:
    exchange_type: str
    item_type: str
    transaction_type: str
    title: str
    description: str = ""
    tags: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Record:
    """`told` are the fields that its source speaks of: of the others a listing that is here keeps what it has."""

    source_id: str
    name: str
    source: str = ""
    # Of a listing that came from no list: it is known by its own identity, and no import changes it.
    public_id: str = ""
    told: frozenset[str] = EVERYTHING
    nickname: list[str] = field(default_factory=list)
    slug: str = ""
    listing_kind: str = "initiative"
    primary_url: str = ""
    urls: list[str] = field(default_factory=list)
    mission: str = ""
    description: str = ""
    language: str = UNKNOWN_LANGUAGE
    status: str = "unknown"
    founded_year: int | None = None
    founded_precision: str = ""
    closed_year: int | None = None
    city_id: int | None = None
    country: str = ""
    geographic_scope: str = "unknown"
    street_address: str = ""
    postal_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    organisational_structure: str = ""
    self_description: list[str] = field(default_factory=list)
    number_of_members: int | None = None
    source_url: str = ""
    data_licence: str = ""
    evidence: list[dict] = field(default_factory=list)
    domains: list[str] = field(default_factory=list)  # codes, the main one first
    tags: set[str] = field(default_factory=set)
    licences: set[tuple[str, str]] = field(default_factory=set)  # (SPDX id, kind of output)
    exchanges: list[ExchangeRecord] = field(default_factory=list)
    translations: set[tuple[str, str, str]] = field(default_factory=set)  # (language, mission, description)

    def __post_init__(self) -> None:
        self.tags = {" ".join(tag.split()).lower() for tag in self.tags if tag.strip()}
        self.exchanges = sorted(self.exchanges)

    def differing(self, known: Self) -> tuple[str, ...]:
        """The fields in which it says something else than the known one."""
        return tuple(
            sorted(name for name in self.told if _compared(getattr(self, name)) != _compared(getattr(known, name)))
        )

    @classmethod
    def of(cls, listing: Initiative) -> Self:
        """The record that would make this listing; its related rows are expected to be prefetched."""
        return cls(
            source=listing.source,
            source_id=listing.source_id,
            **{name: getattr(listing, name) for name in OWN},
            domains=[row.domain.code for row in listing.domain_rows.all()],
            tags={row.tag.name for row in listing.tagged.all()},
            licences={(row.licence.spdx_id, row.output_kind) for row in listing.licence_rows.all()},
            exchanges=[
                ExchangeRecord(
                    exchange_type=row.exchange_type,
                    item_type=row.item_type,
                    transaction_type=row.transaction_type,
                    title=row.title,
                    description=row.description,
                    tags=tuple(sorted(tagged.tag.name.lower() for tagged in row.tagged.all())),
                )
                for row in listing.exchanges.all()
            ],
            translations={(row.language, row.mission, row.description) for row in listing.translations.all()},
        )


def _compared(value: object) -> object:
    """Of evidence the addresses, which is all that a file of our own says of it."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [each.get("url") for each in value]
    return value
