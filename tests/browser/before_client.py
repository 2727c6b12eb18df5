"""What Django’s client is answered, put before a browser; whatever is sent from it goes back to the client.

Both see what the test has made and not committed, and no server is started for it.
"""

from contextvars import copy_context
from http import HTTPStatus

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, Route

SITE = "http://deeds.example"


def put_before(page: Page, client: Client) -> None:
    # In the context of the browser’s loop Django would open a connection of its own, that sees nothing of the test.
    here = copy_context()

    def answer(route: Route) -> None:
        sent = route.request
        path = sent.url.removeprefix(SITE)
        if path.startswith("/static/"):
            route.fulfill(path=settings.STATIC_ROOT / path.removeprefix("/static/"))
            return
        kind = sent.headers.get("content-type", "")
        body = sent.post_data_buffer or b""
        response = here.run(client.generic, sent.method, path, body, content_type=kind)
        if response.status_code == HTTPStatus.FOUND:
            # The browser would ask the way there of nobody here.
            response = here.run(client.get, response.headers["Location"])
        headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
        route.fulfill(status=response.status_code, headers=headers, body=response.content)

    page.route(f"{SITE}/**", answer)
