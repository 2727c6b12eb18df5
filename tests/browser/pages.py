"""Every kind of public page, and where one of it is."""

import re
from collections.abc import Callable

from tests.browser.site import Site

NAMES = r"/initiatives/[0-9a-z]{10}/[^/\"]+/"
GROUPS = r"/groups/[0-9a-z]{10}/"

# Fixed addresses, or what leads to one: pages of listings and groups go by ids that the data decides.
KINDS: dict[str, str | Callable[[Site], str]] = {
    "home": "/",
    "list": "/initiatives/",
    "list that was narrowed": "/initiatives/?q=repair&city=ghent&city=amsterdam&domain=repair-reuse",
    "list in which nothing is found": "/initiatives/?q=zwxqv&city=ghent&domain=food&status=active",
    "list asked for something unknown": "/initiatives/?city=atlantis",
    "initiative with peers": lambda site: site.first_link(site.first_link("/groups/", GROUPS), NAMES),
    "initiative that ended": lambda site: site.first_link("/initiatives/?status=completed", NAMES),
    "initiative with needs and offers": lambda site: site.first_link("/initiatives/?q=timebank", NAMES),
    "report a problem": lambda site: re.sub(r"[^/]+/$", "report/", site.first_link("/initiatives/?city=ghent", NAMES)),
    "platform": lambda site: site.first_link("/platforms/", NAMES),
    "find peers": "/find-peers/",
    "groups": "/groups/",
    "group": lambda site: site.first_link("/groups/", GROUPS),
    "cities": "/cities/",
    "city": "/cities/ghent/",
    "how a city keeps its directory": "/cities/ghent/moderation/",
    "domains": "/domains/",
    "domain": "/domains/food/",
    "licences": "/licences/",
    "licence": "/licences/AGPL-3.0-or-later/",
    "tags": "/tags/",
    "tag": lambda site: site.first_link("/tags/", r"/tags/[^/\"]+/"),
    "map": "/map/",
    "platforms": "/platforms/",
    "about": "/about/",
    "accessibility": "/accessibility/",
    "register": "/register/",
    "terms": "/terms/",
    "privacy": "/privacy/",
    "data": "/data/",
    "not found": "/nothing/of/the/kind/",
}
PREFIXES = {"en": "", "nl": "/nl"}


def address(site: Site, kind: str, language: str = "en") -> str:
    where = KINDS[kind]
    return site.address + PREFIXES[language] + (where if isinstance(where, str) else where(site))
