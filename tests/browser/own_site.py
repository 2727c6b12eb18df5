"""A site of one test's own, with the people of the demonstration and their samples and nothing else. It may be changed;
mails leave, and time passes, when the test says so."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.utils import timezone
from playwright.sync_api import Page

from initiatives.importing.vocabulary import load_activities, load_domains
from initiatives.models import Confirmation, Initiative, Mail
from tests import people
from tests.browser.site import Site, served

# What is counted from, when something is due.
CLOCKS = {Initiative: ("changed_at", "confirmed_on"), Confirmation: ("asked_at",)}


@pytest.fixture
def own_site(transactional_db: None, settings: Any) -> Iterator[Site]:
    settings.DEMO = True
    load_domains()
    load_activities()
    for name in ("Ghent", "Lille"):
        people.city(name)
    call_command("load_samples", verbosity=0)
    with served(connection.settings_dict["NAME"]) as address:
        yield Site(address)


def pass_days(days: int) -> None:
    """What happened so far is that much longer ago."""
    for model, names in CLOCKS.items():
        model._base_manager.update(**{name: F(name) - timedelta(days) for name in names})


def open_newest_mail(page: Page, site: Site, to: str) -> None:
    """As its reader does, in the outbox of the demonstration."""
    # Of a decision they leave once it cannot be undone any more.
    Mail.objects.waiting().update(not_before=timezone.now())
    call_command("send_mails", verbosity=0)
    page.goto(f"{site.address}/demonstration/mails/")
    page.locator(".mails li").filter(has_text=f"to {to}").get_by_role("link").first.click()
