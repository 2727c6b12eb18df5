"""A sentence for each kind of reason: between two, of one in its group, and of a whole group.

Most sentences have one place for what is shared; `shared` fills it. A reason whose evidence is not public any more, or
not known any more, has an empty sentence and is not told.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from initiatives.models.choices import OrganisationalStructure
from initiatives.models.fields import in_reader_language
from initiatives.models.telling.words import and_list, distance, words_with_language

if TYPE_CHECKING:
    from initiatives.models.telling.book import Book

Evidence = Mapping[str, Any]

KINDS = {
    "same_work": gettext_lazy("Same work"),
    "shared_tags": gettext_lazy("Same tags"),
    "shared_words": gettext_lazy("Shared words"),
    "words_across": gettext_lazy("Same words, other language"),
    "alike_words": gettext_lazy("Words of one meaning"),
    "need_meets_offer": gettext_lazy("Need meets offer"),
    "linked": gettext_lazy("Already in touch"),
    "same_network": gettext_lazy("Same network"),
    "shared_licence": gettext_lazy("Shared licence"),
    "same_domain": gettext_lazy("Same domain"),
    "nearby": gettext_lazy("Same neighbourhood"),
    "same_city": gettext_lazy("Same city"),
    "same_structure": gettext_lazy("Same legal form"),
    "verdict": gettext_lazy("Said by a person"),
    "pinned": gettext_lazy("Put here by a person"),
}

# After two names.
BOTH = {
    "shared_tags": gettext_lazy("Both are tagged {}."),
    "shared_words": gettext_lazy("Both speak of {}."),
    "words_across": gettext_lazy("In other words the same: {}."),
    "alike_words": gettext_lazy("In other words the same: {}."),
    "same_network": gettext_lazy("Both belong to {}."),
    "shared_licence": gettext_lazy("Both publish under {}."),
    "same_domain": gettext_lazy("Both work first of all in {}."),
    "nearby": gettext_lazy("They are {} apart."),
    "same_city": gettext_lazy("Both are in {}."),
    "same_structure": gettext_lazy("Both have the same legal form: {}."),
}

# Of one that shares it with others, whose names follow.
LIKE = {
    "same_work": gettext_lazy("{}, like {}."),
    "shared_tags": gettext_lazy("Tagged {}, like {}."),
    "shared_words": gettext_lazy("Speaks of {}, like {}."),
    "words_across": gettext_lazy("Says {} where others say it in their own language: {}."),
    "alike_words": gettext_lazy("Says {} where others use a word of the same meaning: {}."),
    "same_network": gettext_lazy("Belongs to {}, like {}."),
    "shared_licence": gettext_lazy("Publishes under {}, like {}."),
    "same_domain": gettext_lazy("Works first of all in {}, like {}."),
    "same_city": gettext_lazy("Is in {}, like {}."),
}

# Of one where only the kind is told, and with whom.
WITH = {
    "linked": gettext_lazy("Is in touch with {}."),
    "nearby": gettext_lazy("Is close to {}."),
    "need_meets_offer": gettext_lazy("A need meets an offer between it and {}."),
    "same_structure": gettext_lazy("Has the same legal form as {}."),
    "verdict": gettext_lazy("Somebody who knows them said that it does the same as {}."),
    "pinned": gettext_lazy("A curator put it beside {}."),
}

# Of a group: how many of its members it holds for stands beside it.
THEY = {
    "shared_tags": gettext_lazy("They are tagged {}."),
    "shared_words": gettext_lazy("They speak of {}."),
    "same_network": gettext_lazy("They belong to {}."),
    "shared_licence": gettext_lazy("They publish under {}."),
    "same_domain": gettext_lazy("They work first of all in {}."),
    "same_city": gettext_lazy("They are in {}."),
}


def of_both(book: "Book", kind: str, evidence: Evidence, languages: tuple[str, str]) -> str:
    match kind:
        case "same_work":
            return _both_do(book, evidence, languages)
        case "words_across" | "alike_words":
            return format_html(BOTH[kind], word_pairs(book, evidence, languages))
        case "need_meets_offer":
            return _need_meets_offer(book, evidence, languages)
        case "linked":
            return _linked(book, evidence)
        case "verdict":
            return format_html("{}", _("Somebody who knows both said that they do the same."))
    return filled(BOTH, kind, shared(book, kind, evidence, languages[0]))


def of_one(book: "Book", kind: str, evidence: Evidence, *, others: str, language: str) -> str:
    if kind in WITH:
        return format_html(WITH[kind], others)
    return filled(LIKE, kind, shared(book, kind, evidence, language), others)


def of_group(book: "Book", kind: str, evidence: Evidence) -> str:
    if kind == "same_work":
        activity = book.activities.get(evidence["activity"])
        return format_html("{}", in_reader_language(activity.said_of_all)) if activity else ""
    return filled(THEY, kind, shared(book, kind, evidence))


def filled(sentences: Mapping[str, Any], kind: str, what: str, *more: str) -> str:
    return format_html(sentences[kind], what, *more) if what and kind in sentences else ""


def shared(book: "Book", kind: str, evidence: Evidence, language: str = "") -> str:
    """What is shared, marked. A group's evidence names one thing, that of a pair several; words are in `language`."""
    if kind in QUOTED:
        return _quoted(book, evidence, language)
    teller = SHARED.get(kind)
    return teller(book, evidence) if teller else ""


def _work(book: "Book", evidence: Evidence) -> str:
    activity = book.activities.get(evidence["activity"])
    return book.mark(str(activity)) if activity else ""


def _quoted(book: "Book", evidence: Evidence, language: str) -> str:
    words = evidence.get("words", ())
    if isinstance(words, Mapping):  # of a group: by language
        return and_list([book.mark(*each) for each in words_with_language(words)])
    return book.marked(words, language)


def _tags(book: "Book", evidence: Evidence) -> str:
    return book.marked(book.tags.get(tag, tag) for tag in evidence.get("tags") or [evidence["tag"]])


def _networks(book: "Book", evidence: Evidence) -> str:
    keys = evidence.get("networks") or [evidence["network"]]
    return book.marked(book.names[key] for key in keys if key in book.names)


def _licences(book: "Book", evidence: Evidence) -> str:
    codes = evidence.get("licences") or [evidence["licence"]]
    return book.marked(book.licences[code].short_name for code in codes if code in book.licences)


def _domain(book: "Book", evidence: Evidence) -> str:
    domain = book.domains.get(evidence["domain"])
    return book.mark(domain.in_sentence) if domain else ""


def _city(book: "Book", evidence: Evidence) -> str:
    city = book.cities.get(evidence.get("city"))
    return book.mark(str(city or evidence["city_name"]))


# The kinds whose evidence is words as they stand in the texts.
QUOTED = ("shared_words", "words_across", "alike_words")
SHARED: Mapping[str, Callable[["Book", Evidence], str]] = {
    "same_work": _work,
    "shared_tags": _tags,
    "same_network": _networks,
    "shared_licence": _licences,
    "same_domain": _domain,
    "nearby": lambda book, evidence: book.mark(distance(evidence["metres"])),
    "same_city": _city,
    "same_structure": lambda book, evidence: book.mark(str(OrganisationalStructure(evidence["structure"]).label)),
}


def _both_do(book: "Book", evidence: Evidence, languages: tuple[str, str]) -> str:
    """“Both mend things with volunteers (repair café and reparatie).”"""
    activity = book.activities.get(evidence["activity"])
    if not activity:
        return ""
    sentence = in_reader_language(activity.said_of_both)
    terms = terms_of_both(book, evidence, languages)
    return format_html("{} ({}).", sentence.removesuffix("."), terms) if terms else escape(sentence)


def terms_of_both(book: "Book", evidence: Evidence, languages: tuple[str, str]) -> str:
    """The words that told what kind of work it is: one of each text, or one that both have."""
    terms: dict[str, str] = {}
    for word, language in zip(evidence.get("words", ()), languages, strict=False):
        if word:  # of a word that both languages have nobody can say which it is
            terms[word] = language if terms.get(word, language) == language else ""
    return and_list([book.mark(*each) for each in terms.items()])


def word_pairs(book: "Book", evidence: Evidence, languages: tuple[str, str]) -> str:
    equal = pgettext("a word and the same in another language", "{} is {}")
    one, other = languages
    pairs = (format_html(equal, book.mark(mine, one), book.mark(theirs, other)) for mine, theirs in evidence["pairs"])
    return format_html_join("; ", "{}", ((pair,) for pair in pairs))


def _need_meets_offer(book: "Book", evidence: Evidence, languages: tuple[str, str]) -> str:
    wants, offers = book.names.get(evidence["wants"]), book.names.get(evidence["offers"])
    if not wants or not offers:
        return ""
    # The reasons of a pair have its listings in the order of their keys.
    first, second = languages if evidence["wants"] < evidence["offers"] else reversed(languages)
    want, offer = book.mark(evidence["want"], first), book.mark(evidence["offer"], second)
    if evidence.get("metres") is None:
        return format_html(_("{} looks for: {}. {} offers: {}."), wants, want, offers, offer)
    away = distance(evidence["metres"])
    return format_html(_("{} looks for: {}. {}, {} away, offers: {}."), wants, want, offers, away, offer)


def _linked(book: "Book", evidence: Evidence) -> str:
    one, other = book.names.get(evidence["from"]), book.names.get(evidence["to"])
    return format_html(_("{} names {} as its partner or example."), one, other) if one and other else ""
