"""The answer to a form with mistakes in it, as somebody finds it who sees it or hears it."""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from django.http import HttpResponse

from tests.permissions.filling import Opened, drawn, tree
from tests.views.filling import Fields, dict_of

FIELDS = ("input", "select", "textarea")

# Which field, by its id, and what is wrong with it.
type Wrong = tuple[str, str]


class Page:
    def __init__(self, response: HttpResponse, form: Opened) -> None:
        self.tree = tree(response)
        self.form = drawn(self.tree, form.address, page=form.address, names=form.filled.wrong)
        self.title = words(next(self.tree.iter("title")))
        self._summaries = [each for each in self.tree.iter() if "error-summary" in each.get("class", "").split()]

    @property
    def summary_takes_the_focus(self) -> bool:
        said = [[each.get(name) for name in ("role", "tabindex", "autofocus")] for each in self._summaries]
        return said == [["alert", "-1", ""]]

    @property
    def double_ids(self) -> list[str]:
        """A link or a label leads to the first of them only."""
        counted = Counter(each.get("id") for each in self.tree.iter() if each.get("id"))
        return [name for name, times in counted.items() if times > 1]

    @property
    def links(self) -> list[Wrong]:
        """Of the summary."""
        links = [each for summary in self._summaries for each in summary.iter("a")]
        return sorted((each.get("href", "").removeprefix("#"), words(each)) for each in links)

    @property
    def errors(self) -> list[Wrong]:
        """Beside the fields of the form; of several radios the first is the one to lead to."""
        found = [each for each in self.form.iter() if "field-error" in each.get("class", "").split()]
        return sorted((self._told_by(each), words(said)) for each in found for said in each.iter("p"))

    def keeps(self, written: Fields) -> bool:
        """All but codes, files and the token, which are given anew."""
        given_anew = {each.get("name") for each in self.form.iter("input") if is_given_anew(each)}
        kept = dict_of(self.form)
        return all(said == kept.get(name, []) for name, said in written.items() if name not in given_anew)

    def _told_by(self, error: Element) -> str:
        """The field that says by `aria-describedby` that this is about it, or whose fieldset does."""
        (told,) = [each for each in self.form.iter() if error.get("id") in each.get("aria-describedby", "").split()]
        return next(each.get("id", "") for each in told.iter() if each.tag in FIELDS)


def is_given_anew(field: Element) -> bool:
    is_secret = field.get("type") in ("password", "file") or field.get("autocomplete") == "one-time-code"
    return is_secret or field.get("name") == "csrfmiddlewaretoken"


def words(element: Element) -> str:
    """Without what stands there for those who listen alone."""
    return " ".join("".join(_read(element)).split())


def _read(element: Element) -> Iterator[str]:
    if "visually-hidden" not in element.get("class", "").split():
        yield element.text or ""
        for each in element:
            yield from _read(each)
            yield each.tail or ""
