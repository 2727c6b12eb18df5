"""Trust promise S-2: every answer carries the security headers, whatever it is."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.finders import get_finders
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.templatetags.static import static
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.utils import translation
from pytest_django.fixtures import Settings

from commons_directory import urls

PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?\w+>")
# Those of passkeys send visitors to /sign-in/, where there is one too.
WITH_SCRIPT = {"/find-peers/", "/sign-in/", "/sign-in/second-factor/"}
pytestmark = pytest.mark.django_db


@login_not_required
def break_down(_request: HttpRequest) -> HttpResponseBase:
    raise RuntimeError("for the test of the error page")


@login_not_required
def stream(_request: HttpRequest) -> HttpResponseBase:
    return StreamingHttpResponse(iter([b"a", b"b"]))


class Troubled:
    """Our addresses, and two more that do what ours should not."""

    handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
    urlpatterns = [path("-break/", break_down), path("-stream/", stream), *urls.urlpatterns]


@pytest.fixture(autouse=True)
def site_with_https(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.WHITENOISE_AUTOREFRESH = False  # static files as a server has them
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    settings.ROOT_URLCONF = Troubled


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def addresses(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    """Each address once, with arguments that lead nowhere: “not found” must carry the headers all the same."""
    for entry in resolver.url_patterns:
        route = before + PARAMETER.sub(lambda found: "1" if found["kind"] == "int" else "nothing", str(entry.pattern))
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from addresses(entry, route)


def read(response: HttpResponseBase) -> HttpResponseBase:
    """To its end, as a server would: a file that is left in the middle holds its place and its transaction."""
    if response.streaming:
        for _ in response:
            pass
    return response


def lacking(response: HttpResponseBase) -> list[str]:
    """What an answer says too little, or too much, about. A few pages have a script, and ask this site with it."""
    request = getattr(response, "wsgi_request", None)
    scripts = "'self'" if request and request.path.removeprefix("/nl") in WITH_SCRIPT else "'none'"
    headers = response.headers
    parts = [part.split() for part in headers.get("Content-Security-Policy", "").split(";") if part.strip()]
    policy = {name: allowed for name, *allowed in parts}
    demands = {
        "content": policy.get("default-src") == ["'none'"] and "unsafe" not in str(policy),
        "scripts": policy.get("script-src") == policy.get("connect-src") == [scripts],
        "base": policy.get("base-uri") == ["'none'"],
        "frames": "frame-ancestors" in policy,
        "HSTS": headers.get("Strict-Transport-Security", "").startswith("max-age=63072000; includeSubDomains"),
        "opener": headers.get("Cross-Origin-Opener-Policy") == "same-origin",
        "resource": headers.get("Cross-Origin-Resource-Policy") in ("same-origin", "cross-origin"),
        "type": headers.get("X-Content-Type-Options") == "nosniff",
        "referrer": headers.get("Referrer-Policy") == "strict-origin-when-cross-origin",
        "permissions": "geolocation=()" in headers.get("Permissions-Policy", ""),
    }
    return [demand for demand, met in demands.items() if not met]


class HeaderTests:
    @pytest.mark.parametrize("method", ["get", "post"])
    @pytest.mark.parametrize("language", ["en", "nl"])
    def test_stand_on_every_address(self, client: Client, method: str, language: str) -> None:
        with translation.override(language):
            visited = sorted(addresses(get_resolver(Troubled)))
        assert len(visited) > 20
        found = {address: lacking(read(getattr(client, method)(address, secure=True))) for address in visited}
        assert {address: missing for address, missing in found.items() if missing} == {}

    def test_stand_on_static_files(self, client: Client) -> None:
        file = next(name for finder in get_finders() for name, _ in finder.list([]) if name.endswith(".css"))
        response = read(client.get(static(file), secure=True))
        assert (response.status_code, lacking(response)) == (200, [])

    def test_stand_on_streams(self, client: Client) -> None:
        response = read(client.get("/-stream/", secure=True))
        assert (response.streaming, lacking(response)) == (True, [])

    @pytest.mark.parametrize(("address", "status"), [("/nothing/of/the/kind/", 404), ("/-break/", 500)])
    def test_stand_on_errors(self, client: Client, address: str, status: int) -> None:
        response = client.get(address, secure=True)
        assert (response.status_code, lacking(response)) == (status, [])

    def test_stand_on_a_refused_host(self, client: Client) -> None:
        response = client.get("/", secure=True, headers={"host": "elsewhere.example"})
        assert (response.status_code, lacking(response)) == (400, [])

    def test_stand_on_a_refused_form(self) -> None:
        response = Client(enforce_csrf_checks=True).post("/-stream/", secure=True)
        assert (response.status_code, lacking(response)) == (403, [])

    @pytest.mark.parametrize(("address", "said"), [("/", "You cannot do this"), ("/nl/", "Dit kun je niet doen")])
    def test_a_refused_form_is_answered_in_the_language_of_its_page(self, address: str, said: str) -> None:
        response = Client(enforce_csrf_checks=True).post(address, secure=True)
        page = response.content.decode()
        assert (response.status_code, f"<h1>{said}</h1>" in page, "CSRF" in page) == (403, True, False)
