"""A place as people write it becomes the city that they mean."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from initiatives.forms.places import CityField
from initiatives.models import City
from tests import people

pytestmark = pytest.mark.django_db


def meant(said: str) -> City | None:
    return CityField(required=False).clean(said)


def refusal(said: str) -> str:
    with pytest.raises(ValidationError) as refused:
        meant(said)
    return " ".join(refused.value.messages)


class CityFieldTests:
    @pytest.mark.parametrize("said", ["Ghent", "gent", " GAND ", "9000 Gent", "Gent, België", "Ledeberg, Gent"])
    def test_knows_a_city_by_any_of_its_names(self, said: str) -> None:
        ghent = people.city("Ghent")
        assert meant(said) == ghent

    @pytest.fixture
    def cambridges(self) -> tuple[City, City]:
        england = people.city("Cambridge", country="GB", population=145_000)
        states = City.objects.create(
            name="Cambridge",
            slug="cambridge-us",
            country="US",
            region="Massachusetts",
            population=118_000,
            aliases=["cambridge"],
        )
        return england, states

    @pytest.mark.parametrize(
        ("said", "which"),
        [
            ("Cambridge", 0),
            ("Cambridge, Massachusetts", 1),
            ("Cambridge, US", 1),
            ("cambridge (united states)", 1),
            ("Cambridge, GB", 0),
            ("Cambridge, Narnia", 0),
        ],
    )
    def test_of_several_the_largest_unless_country_or_region_is_told(
        self, cambridges: tuple[City, City], said: str, which: int
    ) -> None:
        with override("en"):
            assert meant(said) == cambridges[which]

    def test_countries_are_told_in_the_readers_language(self, cambridges: tuple[City, City]) -> None:
        with override("nl"):
            assert meant("Cambridge, Verenigde Staten") == cambridges[1]

    def test_nothing_is_no_city(self) -> None:
        assert meant("") is None
        assert meant(" \0 ") is None

    def test_an_unknown_one_is_refused_with_what_to_do(self) -> None:
        people.city("Ghent")
        with override("en"):
            assert refusal("Gehnt").startswith("No town is known here as “Gehnt”. Check how it is spelled")

    @pytest.mark.parametrize("said", ["%", "'", "{}", "🌍", "👩‍🌾" * 20, "東京", "," * 100, "a" * 120])
    def test_whatever_is_written_is_answered(self, said: str) -> None:
        assert refusal(said)

    def test_a_long_one_is_refused(self) -> None:
        assert refusal("Ghent " * 10_000)
