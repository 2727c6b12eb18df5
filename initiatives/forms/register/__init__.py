"""The six pages on which somebody registers an initiative: what each asks, and what it takes for an answer."""

from initiatives.forms.register.about import AboutPage
from initiatives.forms.register.email import EmailPage
from initiatives.forms.register.exchange import ExchangePage
from initiatives.forms.register.name import NamePage
from initiatives.forms.register.page import Page
from initiatives.forms.register.place import PlacePage
from initiatives.forms.register.work import WorkPage

PAGES: tuple[type[Page], ...] = (NamePage, PlacePage, WorkPage, AboutPage, ExchangePage, EmailPage)
BY_SLUG = {page.slug: page for page in PAGES}

__all__ = [
    "BY_SLUG",
    "PAGES",
    "AboutPage",
    "EmailPage",
    "ExchangePage",
    "NamePage",
    "Page",
    "PlacePage",
    "WorkPage",
]
