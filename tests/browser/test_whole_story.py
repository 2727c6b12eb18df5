"""One initiative's story as its people see it: registered, asked, published, merged with its twin, kept by two, asked
about each year, ended. tests/test_walk.py tells how it becomes part of a group."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from tests.browser.own_site import open_newest_mail, pass_days
from tests.browser.signed_in import become
from tests.browser.site import Site
from tests.browser.tab import open_page
from tests.browser.test_register import LEAST_SECONDS, NAME, fill_in

pytestmark = pytest.mark.thorough

MAIL_OF_WIES = "somebody@example.org"  # as fill_in has it
MAIL_OF_BRUNO = "bruno@commons.example"
QUESTION = "On which evenings can people come by?"
ANSWER = "Every Tuesday, from seven to nine."
TWIN = "Herstelkring Dampoort Gent"
PATIENCE = 10_000  # milliseconds: the first question reads the sentence model
LIST = f"name;website;omschrijving;city\n{TWIN};https://herstelkring.example/;Wij herstellen fietsen.;Gent\n"


@dataclass
class Story:
    """Who takes part, each at a browser of their own: Wies and Bruno without scripts, Olga with."""

    site: Site
    wies: Page
    olga: Page
    bruno: Page

    def open_mail(self, page: Page, to: str, *, link: str) -> None:
        """The newest that somebody got, and follow it."""
        open_newest_mail(page, self.site, to)
        page.locator(".mail-text a", has_text=link).first.click()

    def open_desk(self, kind: str, name: str) -> None:
        self.olga.goto(f"{self.site.address}/desk/?kind={kind}")
        self.olga.get_by_role("link", name=name, exact=True).first.click()

    def open_page_of(self, page: Page, name: str) -> None:
        page.goto(f"{self.site.address}/initiatives/?city=ghent")
        page.get_by_role("link", name=name, exact=True).click()

    def ask_after_a_year(self) -> None:
        pass_days(366)
        call_command("ask_for_confirmation", verbosity=0)


@pytest.fixture
def story(own_site: Site, browser: Browser) -> Iterator[Story]:
    with ExitStack() as closed:
        wies, olga, bruno = (open_page(browser, java_script_enabled=scripts) for scripts in (False, True, False))
        for page in (wies, olga, bruno):
            closed.callback(page.context.close)
            page.set_default_timeout(PATIENCE)
        become(olga, own_site, "Olga")
        become(bruno, own_site, "Bruno")
        yield Story(own_site, wies, olga, bruno)


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()


def answer(page: Page, button: str) -> None:
    """One of the three. Who keeps several listings finds them all on that page."""
    page.get_by_role("listitem").filter(has_text=NAME).get_by_role("button", name=button).click()


class WholeStoryTests:
    def test_from_the_first_question_to_the_end(self, story: Story) -> None:
        wies_registers_it(story)
        olga_asks_and_wies_answers(story)
        olga_publishes_it(story)
        its_twin_is_merged_with_it(story)
        bruno_claims_it(story)
        a_year_later_it_is_still_right(story)
        a_year_later_it_has_changed(story)
        a_year_later_it_has_stopped(story)


def wies_registers_it(story: Story) -> None:
    page = story.wies
    fill_in(page, story.site)
    page.wait_for_timeout(LEAST_SECONDS * 1000)
    page.get_by_label("I agree").check()
    press(page, "Send")
    story.open_mail(page, MAIL_OF_WIES, link="/register/")
    expect(page.locator("h1")).to_have_text("Confirm your registration")
    # The link alone does nothing: mail servers open links too.
    story.olga.goto(f"{story.site.address}/desk/")
    expect(story.olga.get_by_role("link", name=NAME)).to_have_count(0)
    press(page, "Yes, register it")
    expect(page.locator(".page-head")).to_contain_text("It waits for the officers.")


def olga_asks_and_wies_answers(story: Story) -> None:
    olga, wies = story.olga, story.wies
    story.open_desk("new", NAME)
    olga.get_by_text("Ask something first").click()
    olga.get_by_label("Your question").fill(QUESTION)
    press(olga, "Send the question")
    story.open_mail(wies, MAIL_OF_WIES, link="/register/status/")
    expect(wies.locator("blockquote")).to_have_text(QUESTION)
    wies.get_by_label("Your answer").fill(ANSWER)
    press(wies, "Send the answer")
    expect(wies.locator(".page-head")).to_contain_text("It waits for the officers.")


def olga_publishes_it(story: Story) -> None:
    olga, wies = story.olga, story.wies
    story.open_desk("new", NAME)
    expect(olga.locator(".events")).to_contain_text(ANSWER)
    press(olga, "Publish")
    story.open_mail(wies, MAIL_OF_WIES, link="/initiatives/")
    expect(wies.locator("h1")).to_have_text(NAME)


def its_twin_is_merged_with_it(story: Story) -> None:
    """It comes with a list of the city, and is public until somebody sees that there are two."""
    olga, wies = story.olga, story.wies
    olga.goto(f"{story.site.address}/desk/import/")
    file = {"name": "list.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    olga.get_by_label("CSV file").set_input_files([file])
    olga.get_by_label("What is the list called?").fill("Lijst van de stad")
    press(olga, "Check the list")
    press(olga, "Import 1 listing")
    story.open_page_of(wies, TWIN)
    old = wies.url
    story.open_desk("duplicate", NAME)
    olga.get_by_role("group", name="Which listing stays?").get_by_label(NAME).check()
    press(olga, "Merge them")
    expect(olga.get_by_role("status")).to_contain_text(f"“{TWIN}” is now part of “{NAME}”.")
    wies.goto(old)
    expect(wies.locator("h1")).to_have_text(NAME)
    expect(wies.locator("main")).to_contain_text("herstelkring.example")


def bruno_claims_it(story: Story) -> None:
    bruno, olga = story.bruno, story.olga
    story.open_page_of(bruno, NAME)
    bruno.get_by_role("link", name="Claim it").click()
    bruno.get_by_label("How can an officer see that it is yours?").fill("I hold the key of the shed.")
    press(bruno, "Send the claim")
    story.open_desk("claim", NAME)
    olga.get_by_role("group").filter(has_text="Approve").locator("summary").click()
    press(olga, "Approve")
    story.open_mail(bruno, MAIL_OF_BRUNO, link="/initiatives/")
    expect(bruno.locator("h1")).to_contain_text(NAME)


def a_year_later_it_is_still_right(story: Story) -> None:
    story.ask_after_a_year()
    story.open_mail(story.wies, MAIL_OF_WIES, link="/confirmations/")
    answer(story.wies, "Still right")
    expect(story.wies.locator("main")).to_contain_text("confirmed as of today")


def a_year_later_it_has_changed(story: Story) -> None:
    """Wies signs in for that, with the code that she is mailed."""
    wies = story.wies
    story.ask_after_a_year()
    story.open_mail(wies, MAIL_OF_WIES, link="/confirmations/")
    answer(wies, "Something has changed")
    wies.get_by_label("E-mail address").fill(MAIL_OF_WIES)
    press(wies, "Mail me a code")
    asked = wies.url
    open_newest_mail(wies, story.site, MAIL_OF_WIES)
    code = wies.locator("h1").inner_text().removeprefix("Your code: ")
    wies.goto(asked)
    wies.get_by_label("Code").fill(code)
    press(wies, "Sign in")
    wies.get_by_label("Tags").fill("repair, bicycles")
    press(wies, "Save")
    story.open_page_of(wies, NAME)
    expect(wies.locator("main")).to_contain_text("bicycles")


def a_year_later_it_has_stopped(story: Story) -> None:
    """The other steward says so, and the page stays."""
    story.ask_after_a_year()
    story.open_mail(story.bruno, MAIL_OF_BRUNO, link="/confirmations/")
    answer(story.bruno, "It has stopped")
    story.open_page_of(story.wies, NAME)
    expect(story.wies.locator("main")).to_contain_text("Its page stays, so that others can learn from it.")
