"""“In other words”: what means the same, among what else was chosen, and never counted."""

import re
from html import unescape

import numpy as np
import pytest

from initiatives.models import Initiative, OverlapRun, OverlapTraits
from initiatives.models.meaning import SCALE
from initiatives.overlap.encoder import default_encoder
from tests import people
from tests.views.reading import column, get

pytestmark = pytest.mark.django_db

QUESTION = "mending broken appliances"


@pytest.fixture(autouse=True)
def computed() -> None:
    """Two of Ghent and one of Lille that repair; one of Ghent that does something else."""
    encoder = default_encoder()
    if encoder is None:
        pytest.skip("no encoder is installed")
    for name, city, domain, mission in (
        ("One", "Ghent", "repair-reuse", "We repair broken household devices together."),
        ("Two", "Ghent", "food", "Volunteers fix your defective toaster for free."),
        ("Three", "Lille", "repair-reuse", "Repairing electrical appliances instead of throwing them away."),
        ("Four", "Ghent", "food", "A choir that sings Bulgarian songs."),
    ):
        listing = people.initiative(name=name, city=people.city(city), domains=[domain], mission=mission)
        vector = np.rint(encoder.encode([mission])[0] * SCALE).astype(np.int8)
        OverlapTraits.objects.create(
            initiative=listing, reading=encoder.version, digest="", told={}, meaning=vector.tobytes()
        )
    OverlapRun.objects.create(model_version=encoder.version)


def alike(**query: str) -> set[str]:
    part = get("/initiatives/", **query).partition('id="alike"')[2].partition("</section>")[0]
    return {unescape(name) for name in re.findall(r'class="row-name"><a href="[^"]+">([^<]*)</a>', part)}


class SameMeaningTests:
    def test_without_a_choice_all_that_mean_it(self) -> None:
        assert alike(q=QUESTION) == {"One", "Two", "Three"}

    @pytest.mark.parametrize(
        ("chosen", "found"),
        [
            ({"city": "ghent"}, {"One", "Two"}),
            ({"city": "ghent", "domain": "repair-reuse"}, {"One"}),
            ({"city": "atlantis"}, set()),
        ],
    )
    def test_choices_narrow_it(self, chosen: dict[str, str], found: set[str]) -> None:
        assert alike(q=QUESTION, **chosen) == found

    def test_it_is_not_counted_and_not_in_the_file(self) -> None:
        assert "<h1>0 initiatives" in get("/initiatives/", q=QUESTION, city="ghent")
        assert column("name", q=QUESTION, city="ghent") == []

    def test_what_is_found_by_its_words_or_hidden_is_not_in_it(self) -> None:
        assert "Two" in alike(q=QUESTION)
        assert "Two" not in alike(q="defective toaster")
        Initiative.objects.filter(name="Two").update(review_state="withdrawn")
        assert alike(q=QUESTION, city="ghent") == {"One"}
