"""What a listing says, made searchable: one stored vector per language, and the words that occur at all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from itertools import batched
from operator import or_
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import connection, models, transaction

from initiatives.models.choices import is_public
from initiatives.models.exchange import Exchange
from initiatives.models.initiative import Initiative
from initiatives.text import words

# The text search configurations of PostgreSQL for the languages that stem; others are searched word by word.
CONFIGURATIONS = {
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "sv": "swedish",
}
SIMPLE = "simple"
MOST_WORDS = 12  # of a question: more only narrows to nothing, and costs an index scan each
LONGEST_WORD = 60
MOST_LIKELY = 10  # words that a slip is compared with, the likest first
BATCH = 500


def configuration(language: str) -> str:
    return CONFIGURATIONS.get(language.split("-")[0], SIMPLE)


def asked_words(question: str) -> list[str]:
    """The words of a question, folded, each once; bounded, whatever somebody pastes."""
    said = (word[:LONGEST_WORD] for word in words(question[:2000]))
    return list(dict.fromkeys(said))[:MOST_WORDS]


def matching(asked: list[str]) -> models.Q:
    """A condition on `SearchText`: every word occurs, unfinished or inflected, in the text's own language."""
    condition = models.Q(pk=None)
    for config, query in read_words(tuple(asked)).items():
        condition |= models.Q(config=config, vector=ReadQuery(query))
    return condition


def any_word(asked: list[str]) -> SearchQuery:
    """For ranking what already matches: the weights of all words add up."""
    return reduce(or_, (SearchQuery(f"{word}:*", config=SIMPLE, search_type="raw") for word in asked))


class ReadQuery(SearchQuery):
    """A query as PostgreSQL writes it down: it needs no dictionary any more."""

    def __init__(self, text: str) -> None:
        super().__init__(text, search_type="raw")
        self.text = text

    def as_sql(self, *_args: Any, **_options: Any) -> tuple[str, list[str]]:
        return "%s::tsquery", [self.text]


@lru_cache(maxsize=500)
def read_words(asked: tuple[str, ...]) -> dict[str, str]:
    """For each configuration the query for all words. A page asks some twenty times; the dictionaries are read once.

    Words are letters and digits only (text.words), so the raw form cannot be misread. What the parser makes nothing of
    is left out, as PostgreSQL does.
    """
    configs = [SIMPLE, *sorted(set(CONFIGURATIONS.values()))]
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT config, string_agg('(' || read || ')', ' & ')
               FROM unnest(%s::text[]) AS configs(config), unnest(%s::text[]) AS words(word),
                    nullif((to_tsquery('simple', word || ':*') || plainto_tsquery(config::regconfig, word))::text, '')
                    AS read
               GROUP BY config""",
            [configs, list(asked)],
        )
        return {config: query for config, query in cursor.fetchall() if query}


class SearchText(models.Model):
    """The words of a listing in one language; weights: A name, B mission and tags, C the rest, D city and domains."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="search_texts")
    language = models.CharField(max_length=20)
    config = models.CharField(max_length=20)
    vector = SearchVectorField()

    class Meta:
        indexes = (GinIndex(fields=["vector"], name="search_vector", fastupdate=False),)
        constraints = (models.UniqueConstraint(fields=["initiative", "language"], name="search_text_once"),)


class SearchWord(models.Model):
    """A word that occurs in some listing: what a slip of the keyboard is set right to."""

    word = models.CharField(max_length=LONGEST_WORD, primary_key=True)

    class Meta:
        indexes = (GinIndex(fields=["word"], name="search_word_trigrams", opclasses=["gin_trgm_ops"]),)


@dataclass
class Words:
    """The folded words of one listing in one language, by weight."""

    initiative: int
    language: str
    by_weight: dict[str, str] = field(default_factory=dict)


def refresh(initiatives: Iterable[int]) -> int:
    """Write the search texts of these listings anew; returns how many there were.

    The one function that does: from the listing, its translations, tags with all their names, needs and offers of
    today, licences, city and domains.
    """
    count = 0
    for keys in batched(initiatives, BATCH, strict=False):
        texts = list(search_words(keys))
        SearchText.objects.filter(initiative__in=keys).delete()
        _write(texts)
        count += len(keys)
    return count


def rebuild(initiatives: Iterable[int]) -> int:
    """All search texts from nothing, in one transaction: readers search the old ones until it is done."""
    with transaction.atomic():
        SearchText.objects.all().delete()
        SearchWord.objects.all().delete()
        return refresh(initiatives)


def search_words(keys: Iterable[int]) -> Iterator[Words]:
    listings = (
        Initiative.objects.filter(pk__in=keys)
        .select_related("city")
        .prefetch_related(
            "translations",
            "tagged__tag__synonyms",
            "tagged__tag__synonym_of__synonyms",
            models.Prefetch("exchanges", Exchange.objects.current().prefetch_related("tagged__tag")),
            "licences",
            "domains",
        )
    )
    for listing in listings:
        by_language = {listing.language: (listing.mission, listing.description)}
        for translation in listing.translations.all():
            by_language[translation.language] = (translation.mission, translation.description)
        for language, texts in by_language.items():
            yield _weighed(listing, language, *texts)


def _weighed(listing: Initiative, language: str, mission: str, description: str) -> Words:
    tags = [tagged.tag for tagged in listing.tagged.all()]
    own = [tag.name for word in tags for tag in (word, word.synonym_of) if tag]
    others = [name for tag in tags for name in tag.effective.all_names]
    exchanges = [text for row in listing.exchanges.all() for text in (row.title, row.description)]
    exchange_tags = [tagged.tag.name for row in listing.exchanges.all() for tagged in row.tagged.all()]
    licences = [name for licence in listing.licences.all() for name in (licence.spdx_id, licence.short_name)]
    city = [listing.city.name, *listing.city.names.values()] if listing.city else []
    domains = [name for domain in listing.domains.all() for name in domain.names.values()]
    return Words(
        listing.pk,
        language,
        {
            "A": _joined(listing.name, *listing.nickname),
            "B": _joined(mission, *own),
            "C": _joined(description, *exchanges, *exchange_tags, *others, *licences),
            "D": _joined(*city, *domains),
        },
    )


def _joined(*texts: str) -> str:
    """Folded words once each, in order: what the parser of PostgreSQL cannot split in its own ways."""
    return " ".join(dict.fromkeys(word[:LONGEST_WORD] for text in texts for word in words(text)))


def _write(texts: list[Words]) -> None:
    if not texts:
        return
    part = "setweight(to_tsvector('simple', %s), %s) || setweight(to_tsvector(%s::regconfig, %s), %s)"
    insert = (
        f"INSERT INTO {SearchText._meta.db_table} (initiative_id, language, config, vector) "  # noqa: S608
        f"VALUES (%s, %s, %s, {' || '.join([part] * 4)})"
    )
    rows, seen = [], set()
    for text in texts:
        config = configuration(text.language)
        row: list[object] = [text.initiative, text.language, config]
        for weight, said in text.by_weight.items():
            row += [said, weight, config, said, weight]
            seen.update(said.split())
        rows.append(row)
    with connection.cursor() as cursor:
        cursor.executemany(insert, rows)
        cursor.execute(
            f"INSERT INTO {SearchWord._meta.db_table} (word) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING",
            [sorted(word for word in seen if len(word) > 2 and not word.isdecimal())],
        )


def spelled(asked: list[str]) -> list[str]:
    """The same words, each that no public listing says replaced by the likest that one says."""
    return [_likest(word) for word in asked]


def _likest(word: str) -> str:
    """Words are kept when the listing that said them is gone or hidden, so each is looked for again."""
    said = next((likely for likely in _like(word) if _is_said(likely)), word)
    return word if said.startswith(word) else said


def _like(word: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT word FROM {SearchWord._meta.db_table}
                WHERE word LIKE %s
                   OR word %% %s AND abs(length(word) - length(%s)) <= 3
                ORDER BY (word LIKE %s) DESC, levenshtein(word, %s), similarity(word, %s) DESC, word
                LIMIT {MOST_LIKELY}""",  # noqa: S608
            [f"{word}%", word, word, f"{word}%", word, word],
        )
        return [likely for (likely,) in cursor.fetchall()]


def _is_said(word: str) -> bool:
    asked = SearchQuery(f"{word}:*", config=SIMPLE, search_type="raw")
    return SearchText.objects.filter(is_public("initiative"), vector=asked).exists()
