"""What one agrees to, and who answers for the site."""

import pytest
from django.template.loader import get_template
from pytest_django.fixtures import Settings

from initiatives.models.consent import CONSENT_VERSION
from tests.views.reading import get

pytestmark = pytest.mark.django_db


class OperatorTests:
    @pytest.mark.parametrize("page", ["/terms/", "/privacy/"])
    def test_is_named_with_address_and_mail(self, settings: Settings, page: str) -> None:
        settings.OPERATOR = {"name": "Gardens & Co", "address": "Lane 1, Ghent", "email": "us@commons.example"}
        told = get(page)
        assert "Gardens &amp; Co, Lane 1, Ghent" in told
        assert 'href="mailto:us@commons.example"' in told
        assert "has not been told who runs it" not in told

    def test_that_is_not_told_is_said(self, settings: Settings) -> None:
        settings.OPERATOR = {"name": "Commons Directory", "address": "", "email": ""}
        assert "has not been told who runs it" in get("/privacy/")


class ConsentTests:
    def test_has_a_text_for_its_version(self) -> None:
        text = get_template(f"register/consent/{CONSENT_VERSION}.html").render()
        assert "CC0" in text
        assert "CC BY-SA 4.0" in text
