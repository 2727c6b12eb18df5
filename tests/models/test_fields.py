"""Public ids, sort keys, and texts in several languages."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from initiatives.importing.records import Record
from initiatives.importing.writing import Writer
from initiatives.models import Initiative
from initiatives.models.fields import ALPHABET, derived_public_id, in_reader_language, new_public_id
from initiatives.text import fold, words
from tests import people


class PublicIdTests:
    def test_it_is_ten_characters_that_nobody_misreads(self) -> None:
        assert len(set(ALPHABET)) == 32
        assert set(ALPHABET) & set("ilou") == set()
        for made in (new_public_id(), derived_public_id("a", "b")):
            assert len(made) == 10
            assert set(made) <= set(ALPHABET)

    def test_derived_ones_are_the_same_everywhere_and_forever(self) -> None:
        assert derived_public_id("demonstration", "repair-cafe-ghent") == derived_public_id(
            "demonstration", "repair-cafe-ghent"
        )
        # Addresses are made of it: whoever changes the recipe breaks them.
        assert derived_public_id("demonstration", "wikipedia") == "579g3nhg36"

    def test_derived_ones_tell_where_a_part_ends(self) -> None:
        assert derived_public_id("ab", "c") != derived_public_id("a", "bc")

    @pytest.mark.django_db
    def test_none_is_used_twice(self) -> None:
        taken = people.initiative().public_id
        with pytest.raises(IntegrityError), transaction.atomic():
            people.initiative(public_id=taken)

    @pytest.mark.django_db
    def test_it_does_not_change_with_the_name(self) -> None:
        listing = people.initiative(name="Old")
        before = listing.public_id
        listing.name = "New"
        listing.save()
        assert Initiative.objects.get(name="New").public_id == before


class FoldTests:
    @pytest.mark.parametrize(
        ("text", "key"),
        [
            ("Éducation  populaire", "education populaire"),
            ("GÄNSEMARKT", "gansemarkt"),
            ("Straße", "strasse"),
            ("Ørestad", "orestad"),
            ("Łódź", "lodz"),
            ("𝐀𝗲", "ae"),
            ("№ 5", "no 5"),
            ("l·l", "l·l"),
            ("ﬁets", "fiets"),
            ("Δήμος", "δημοσ"),
            ("", ""),
        ],
    )
    def test_accents_and_case_and_space_do_not_count(self, text: str, key: str) -> None:
        assert fold(text) == key

    @given(st.text(max_size=50))
    def test_folding_twice_changes_nothing(self, text: str) -> None:
        assert fold(fold(text)) == fold(text)

    @given(st.text(max_size=50))
    def test_words_hold_letters_and_digits_only(self, text: str) -> None:
        assert all(word.isalnum() or word.isprintable() for word in words(text))
        assert not any(set(word) & set(" '\"\\:*&|!()<>_-") for word in words(text))


@pytest.mark.django_db
class SortKeyTests:
    def test_it_follows_the_name_when_a_row_is_saved(self) -> None:
        listing = people.initiative(name="Éclair")
        assert listing.sort_key == "eclair"
        listing.name = "Zürich"
        listing.save()
        listing.refresh_from_db()
        assert listing.sort_key == "zurich"

    def test_it_is_made_in_bulk(self) -> None:
        Initiative.objects.bulk_create([Initiative(name="Ökotopia", city=people.city(), country="BE")])
        assert Initiative.objects.values_list("sort_key", flat=True).get() == "okotopia"

    def test_it_follows_the_name_when_an_import_changes_many(self) -> None:
        def write(*names: str) -> None:
            records = [Record(source_id=str(place), name=name) for place, name in enumerate(names)]
            Writer("list", review_state="published").write(records)

        write("Aarde", "Zon")
        write("Ähre", "Àube")
        assert list(Initiative.objects.published().values_list("name", "sort_key")) == [
            ("Ähre", "ahre"),
            ("Àube", "aube"),
        ]

    def test_lists_are_in_the_order_of_readers(self) -> None:
        names = ["Zon", "àube", "Aarde", "Éclair", "eb", "Ökotopia", "ofte"]
        for name in names:
            people.initiative(name=name)
        found = list(Initiative.objects.published().values_list("name", flat=True))
        assert found == ["Aarde", "àube", "eb", "Éclair", "ofte", "Ökotopia", "Zon"]


class TextsTests:
    @pytest.mark.parametrize(
        ("language", "texts", "told"),
        [
            ("nl", {"en": "Food", "nl": "Voedsel"}, "Voedsel"),
            ("nl-be", {"en": "Food", "nl": "Voedsel"}, "Voedsel"),
            ("de", {"nl": "Voedsel", "en": "Food"}, "Food"),
            ("de", {"nl": "Voedsel"}, "Voedsel"),
            ("en", {}, "food"),
        ],
    )
    def test_the_reader_gets_their_language_else_english_else_any(
        self, language: str, texts: dict[str, Any], told: str
    ) -> None:
        with translation.override(language):
            assert in_reader_language(texts, otherwise="food") == told
