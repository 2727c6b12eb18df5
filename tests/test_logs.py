"""What the log says names nobody and opens no door (S-19)."""

import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from django.conf import settings
from django.core import signing
from django.db import connection
from django.db.utils import IntegrityError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.log import log_response

from commons_directory import embedded, testing
from commons_directory.logs import discreet
from initiatives.models import Registration, User
from tests import people


class DiscreetTests:
    @pytest.mark.parametrize(
        "secret",
        [
            "alice.de-vries+list@mail.example.org",
            "alice@localhost",
            signing.dumps(42, salt="invitation"),
            signing.TimestampSigner(sep=".").sign("6jfpxf9rq8"),
            signing.Signer(sep=".").sign("6jfpxf9rq8"),
            "0z8kq3v5m1r7t9w2y4x6b8n0c2d4f6g8",
        ],
    )
    def test_takes_out_addresses_links_and_keys(self, secret: str) -> None:
        for line in ("Internal Server Error: /register/{}/about/", "Not sent (to={})", "Gone: /nl/invitations/{}"):
            assert secret not in discreet(line.format(secret))

    @pytest.mark.parametrize(
        "line",
        [
            'File "/srv/commons/initiatives/models/merging/carrying.py", line 142, in _try',
            "violates check constraint “initiative_place_or_wide_scope”",
            "Internal Server Error: /initiatives/6jfpxf9rq8/a-garden-of-many-plots-in-ghent/",
            "2026-11-24 00:12:13,500 ERROR initiatives.tasks.loop: The worker met an error",
        ],
    )
    def test_leaves_what_helps_to_find_the_fault(self, line: str) -> None:
        assert discreet(line) == line


@pytest.fixture
def console() -> Iterator[StringIO]:
    """Where the lines of every logger go."""
    handler = logging.getHandlerByName("console")
    assert all(handler in logging.getLogger(name).handlers for name in ("", "django"))
    before = handler.setStream(StringIO())
    yield handler.stream
    handler.setStream(before)


@pytest.mark.django_db
class LoggedTests:
    def test_a_page_behind_a_mailed_link_that_broke(self, console: StringIO) -> None:
        token = Registration.objects.begin(language="en").draft_token
        path = reverse("registration", args=[token])
        # As Django writes it of every answer of 500.
        log_response("Internal Server Error: %s", path, response=HttpResponse(status=500))
        said = console.getvalue()
        assert "Internal Server Error: /register/[key]/" in said
        assert token not in said

    def test_a_row_that_the_database_refuses(self, console: StringIO) -> None:
        alice = people.person("Alice")
        try:
            User.objects.bulk_create([User(email=alice.email)])
        except IntegrityError:
            logging.getLogger("initiatives.tasks").exception("The worker met an error.")
        said = console.getvalue()
        assert "duplicate key value" in said
        assert alice.email not in said


@pytest.mark.django_db
class DatabaseLogTests:
    def test_the_embedded_database_writes_down_no_rows(self) -> None:
        assert connection.settings_dict["HOST"]
        people.person("Alice")
        with pytest.raises(IntegrityError):
            User.objects.bulk_create([User(email="alice@example.org")])
        log = (testing.FOLDER / "postgres.log").read_text(errors="replace")
        assert "alice@example.org" not in log[-20_000:]
        assert embedded.SERVER_SETTINGS["log_error_verbosity"] == "terse"
        assert settings.LOGGING["formatters"]["line"]["()"].endswith("DiscreetFormatter")
