"""Where the facts of a listing come from, and when somebody last said that they are right."""

from dataclasses import dataclass

from initiatives.models import Initiative, Source
from initiatives.text import host


@dataclass(frozen=True, slots=True)
class Evidence:
    url: str

    @property
    def host(self) -> str:
        return host(self.url)


@dataclass(frozen=True, slots=True)
class Provenance:
    source: Source | None
    evidence: list[Evidence]
    own_page: str  # of this listing at its source


def provenance(listing: Initiative) -> Provenance:
    urls = dict.fromkeys(item["url"] for item in listing.evidence)
    return Provenance(Source.objects.called(listing.source), [Evidence(url) for url in urls], listing.source_url)
