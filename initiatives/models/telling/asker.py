"""Why a listing overlaps with what the reader does: the same reasons, told to one of the two.

In the evidence the asker is the first of the two, under a key that no listing has.
"""

from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.models.fields import in_reader_language
from initiatives.models.telling.sentences import Evidence, filled, shared, terms_of_both, word_pairs
from initiatives.models.telling.words import distance

if TYPE_CHECKING:
    from initiatives.models.telling.book import Book

# Who asks is nobody's listing: no listing has this key.
ASKER = 0

# Of the reader and one other. Kinds that are not here (what a person said of two listings, links between them) cannot
# come up between a listing and somebody who has none.
YOU = {
    "shared_tags": gettext_lazy("You share the tags {}."),
    "shared_words": gettext_lazy("You both speak of {}."),
    "words_across": gettext_lazy("In other words the same: {}."),
    "alike_words": gettext_lazy("In other words the same: {}."),
    "same_network": gettext_lazy("You both belong to {}."),
    "shared_licence": gettext_lazy("You both publish under {}."),
    "same_domain": gettext_lazy("You both work in {}."),
    "nearby": gettext_lazy("They are {} from you."),
    "same_city": gettext_lazy("They are in {} too."),
    "same_structure": gettext_lazy("You have the same legal form: {}."),
}


def of_you(book: "Book", kind: str, evidence: Evidence, languages: tuple[str, str]) -> str:
    match kind:
        case "same_work":
            return _they_do(book, evidence, languages)
        case "words_across" | "alike_words":
            return format_html(YOU[kind], word_pairs(book, evidence, languages))
        case "need_meets_offer":
            return _need_meets_offer(book, evidence, languages)
    return filled(YOU, kind, shared(book, kind, evidence, languages[0]))


def _they_do(book: "Book", evidence: Evidence, languages: tuple[str, str]) -> str:
    """“They mend broken things with volunteers, like you (repair café and reparatie).”"""
    activity = book.activities.get(evidence["activity"])
    if not activity:
        return ""
    sentence = in_reader_language(activity.said_of_all).removesuffix(".")
    terms = terms_of_both(book, evidence, languages)
    return format_html(_("{}, like you ({})."), sentence, terms) if terms else format_html(_("{}, like you."), sentence)


def _need_meets_offer(book: "Book", evidence: Evidence, languages: tuple[str, str]) -> str:
    you_want = evidence["wants"] == ASKER
    other = book.names.get(evidence["offers" if you_want else "wants"])
    if not other:
        return ""
    yours, theirs = ("want", "offer") if you_want else ("offer", "want")
    mine, its = book.mark(evidence[yours], languages[0]), book.mark(evidence[theirs], languages[1])
    if evidence.get("metres") is None:
        said = _("You look for: {}. {} offers: {}.") if you_want else _("You offer: {}. {} looks for: {}.")
        return format_html(said, mine, other, its)
    away = distance(evidence["metres"])
    said = (
        _("You look for: {}. {}, {} away, offers: {}.") if you_want else _("You offer: {}. {}, {} away, looks for: {}.")
    )
    return format_html(said, mine, other, away, its)
