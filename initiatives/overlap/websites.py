"""Web addresses as keys: what shows that two listings are one."""

from __future__ import annotations

from urllib.parse import urlsplit

# Where everybody can have a page: the host says nothing, the host with the name of the page does.
GENERIC_HOSTS = frozenset(
    """
    facebook.com fb.com m.facebook.com instagram.com twitter.com x.com linkedin.com youtube.com youtu.be meetup.com
    vimeo.com flickr.com tiktok.com t.me telegram.me pinterest.com tumblr.com github.com gitlab.com sourceforge.net
    bitbucket.org codeberg.org medium.com linktr.ee sites.google.com docs.google.com drive.google.com google.com
    goo.gl bit.ly wikipedia.org wikidata.org wikia.com fandom.com archive.org web.archive.org kickstarter.com
    indiegogo.com goteo.org eventbrite.com nextdoor.com nebenan.de ning.com academia.edu researchgate.net slideshare.net
    scribd.com issuu.com amazon.com discord.gg matrix.to opencollective.com patreon.com
    """.split()
)
# Where a name of one's own stands before the host: alice.wordpress.com is Alice's.
GENERIC_SUFFIXES = ("wikipedia.org", "wikimedia.org")
# Languages and doorways in front of a path that is otherwise the same.
NOT_A_PAGE = frozenset(
    {"", "en", "nl", "fr", "de", "es", "it", "ca", "pt", "index.html", "index.php", "home", "pages", "groups"}
)


def site(address: str) -> str:
    """The part of a web address that belongs to one initiative: host, or host and page on a host that many use.
    Empty where there is none, or only a generic host."""
    try:
        parts = urlsplit(address.strip() if "//" in address else f"//{address.strip()}")
        host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    except ValueError:
        return ""
    if "." not in host:
        return ""
    if host in GENERIC_HOSTS or host.endswith(GENERIC_SUFFIXES):
        named = page(address)
        return f"{host}/{named}" if named else ""
    return host


def page(address: str) -> str:
    """The first part of the path that names a page, lower case."""
    path = urlsplit(address.strip() if "//" in address else f"//{address.strip()}").path
    return next((part for part in path.lower().split("/") if part not in NOT_A_PAGE), "")
