"""Takes the pictures of the guides anew: `./run test tests/browser/pictures.py` writes them to docs/pictures/.

The pages are those of the demonstration’s people and samples. No test runs this: a picture differs by its day.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.management import call_command
from playwright.sync_api import Browser, Page

from commons_directory.embedded import ROOT
from initiatives.models import User
from tests import people
from tests.browser.own_site import open_newest_mail, pass_days
from tests.browser.sample_city import fill_desk, listing
from tests.browser.signed_in import become
from tests.browser.site import Site
from tests.browser.tab import open_page
from tests.browser.test_register import fill_in

FOLDER = ROOT / "docs" / "pictures"
WIDTH = 1280
QUESTION = "Where can people find you? Please add your street, or the place where you meet."
LIST = """name;website;omschrijving;city
Sample choir;https://choir.commons.example/;People sing together on Mondays.;Gent
Sample compost corner;;Neighbours bring peelings and take earth home.;Gent
Sample tool library;https://tools.commons.example/;Drills and ladders to borrow.;Gent
Sample cinema;;Films that somebody chose.;Lille
;https://nobody.commons.example/;;Gent
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """Of the upper part of a page, as somebody of the demonstration sees it."""

    who: str
    show: Callable[[Page, Site], object]
    height: int


def registering(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/register/")
    page.get_by_role("link", name="Start now").click()
    page.get_by_label("Name of the initiative").fill("Sample tool library of the harbour")
    page.get_by_label("What it does").fill("A sample: neighbours of the harbour lend each other drills and ladders.")
    page.get_by_role("button", name="Continue").click()


def answers(page: Page, site: Site) -> None:
    fill_in(page, site)


def standing(page: Page, site: Site) -> None:
    seeds = listing("Sample seed library")
    alice = User.objects.get(name="Alice")
    seeds.ask(by=User.objects.get(name="Olga"), question=QUESTION)
    page.goto(f"{site.address}{seeds.status_path(alice)}")


def editing(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/initiatives/{listing('Sample tool library').public_id}/edit/")


def three_buttons(page: Page, site: Site) -> None:
    pass_days(366)
    call_command("ask_for_confirmation", verbosity=0)
    open_newest_mail(page, site, "alice@commons.example")
    page.locator(".mail-text a", has_text="/confirmations/").click()


def claiming(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/initiatives/{listing('Sample neighbourhood kitchen').public_id}/claim/")


def desk(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/desk/")


def listing_on_desk(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/desk/listings/{listing('Tool library (sample)').public_id}/")
    page.get_by_text("Ask something first").click()


def side_by_side(page: Page, site: Site) -> None:
    one, other = listing("Sample tool library"), listing("Tool library (sample)")
    page.goto(f"{site.address}/desk/pairs/{one.public_id}/{other.public_id}/")


def many_listings(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/desk/bulk/")
    for name in ("Sample bicycle kitchen", "Sample swap shop"):
        page.get_by_label(name).check()


def preview_of_a_list(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/desk/import/")
    file = {"name": "list.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    page.get_by_label("CSV file").set_input_files([file])
    page.get_by_label("What is the list called?").fill("A sample of a city’s list")
    page.get_by_role("button", name="Check the list").click()


def moderation(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/cities/ghent/moderation/")


# In an order in which none spoils the next.
PICTURES = {
    "claim": Picture("Bruno", claiming, 800),
    "edit": Picture("Alice", editing, 900),
    "desk": Picture("Olga", desk, 900),
    "desk-listing": Picture("Olga", listing_on_desk, 1000),
    "merge": Picture("Olga", side_by_side, 960),
    "bulk": Picture("Olga", many_listings, 900),
    "upload": Picture("Olga", preview_of_a_list, 1060),
    "moderation": Picture("", moderation, 760),
    "register": Picture("", registering, 900),
    "check-answers": Picture("", answers, 900),
    "status": Picture("", standing, 800),
    "three-buttons": Picture("", three_buttons, 584),
}


class PicturesTests:
    def test_are_taken(self, own_site: Site, browser: Browser) -> None:
        for name in ("repair-reuse", "food", "education"):
            people.domain(name)
        fill_desk()
        for name, picture in PICTURES.items():
            page = open_page(browser)
            page.set_viewport_size({"width": WIDTH, "height": picture.height})
            if picture.who:
                become(page, own_site, picture.who)
            picture.show(page, own_site)
            page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")
            page.context.close()
