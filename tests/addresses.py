"""Every public address of the site, with arguments from whatever the database holds, hidden listings included."""

from collections.abc import Iterator, Sequence

from django.urls import URLPattern, reverse
from django.utils import translation

from initiatives import urls
from initiatives.models import City, Domain, Group, Initiative, Licence, Tag

# Of each address with arguments: the values that it can be asked for. A new one without a row is a KeyError.
ARGUMENTS = {
    "initiative": lambda: [[row.public_id, row.address_slug] for row in Initiative.objects.all()],
    "initiative-short": lambda: Initiative.objects.values_list("public_id"),
    "group": lambda: Group.objects.values_list("public_id"),
    "group-csv": lambda: Group.objects.values_list("public_id"),
    "city": lambda: City.objects.values_list("slug"),
    "city-moderation": lambda: City.objects.values_list("slug"),
    "domain": lambda: Domain.objects.values_list("slug"),
    "licence": lambda: Licence.objects.values_list("spdx_id"),
    "tag": lambda: Tag.objects.values_list("slug"),
}
# What people and machines read alike is a file; the rest are pages.
FILE_ENDINGS = (".csv",)


def arguments_of(pattern: URLPattern) -> Sequence[Sequence[str]]:
    return ARGUMENTS[pattern.name]() if pattern.pattern.converters else [[]]


def addresses(language: str = "en") -> Iterator[str]:
    with translation.override(language):
        for pattern in urls.pages:
            for arguments in arguments_of(pattern):
                yield reverse(pattern.name, args=arguments)


def pages(language: str = "en") -> list[str]:
    return [address for address in addresses(language) if not address.endswith(FILE_ENDINGS)]


def files(language: str = "en") -> list[str]:
    return [address for address in addresses(language) if address.endswith(FILE_ENDINGS)]
