"""Where a request comes from, as budgets are kept by it. No address is written down: of a network only a keyed hash."""

from collections.abc import Callable
from ipaddress import AddressValueError, IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

from initiatives.models.asking import Asking, asked_by

# Neighbours share it, and whoever rents a server has all of it: 256 addresses of the old kind, a site of the new.
PREFIXES = {4: 24, 6: 48}
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class AskedBy:
    """Says to the deeds of a POST who asks for them. After the middleware that knows who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in READING:
            return self.get_response(request)
        with asked_by(Asking(network=network_of(request), is_visitor=not request.user.is_authenticated)):
            return self.get_response(request)


def network_of(request: HttpRequest) -> str:
    """The hash of a network; the same for all whose address nobody can read."""
    said = _network(client_address(request))
    return salted_hmac("network", said, algorithm="sha256").hexdigest()


def client_address(request: HttpRequest) -> str:
    """Behind a proxy the last hop is what the proxy itself saw: all before it the client may have made up."""
    if settings.BEHIND_PROXY:
        return request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    return request.META.get("REMOTE_ADDR", "")


def _network(said: str) -> str:
    try:
        address: IPv4Address | IPv6Address = ip_address(said)
    except (AddressValueError, ValueError):
        return ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(ip_network(f"{address}/{PREFIXES[address.version]}", strict=False))
