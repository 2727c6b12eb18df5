"""What people call a group."""

import pytest

from initiatives.models import Group, GroupEvent, User
from tests import people
from tests.curation import asked_for, circle, refusal, told
from tests.views.reading import get


@pytest.fixture
def olga(db: None) -> User:
    return people.person("Olga")


@pytest.fixture
def gardens(db: None) -> Group:
    return circle("Garden 1", "Garden 2")


def called(group: Group) -> dict[str, str]:
    return Group.objects.get(pk=group.pk).given_labels


@pytest.mark.django_db
class NameTests:
    def test_readers_see_it_in_their_language(self, gardens: Group, olga: User) -> None:
        gardens.name({"en": "  Growers of\nGhent ", "nl": "Tuiniers van Gent", "fr": " "}, by=olga)
        assert called(gardens) == {"en": "Growers of Ghent", "nl": "Tuiniers van Gent"}
        assert "<h1>Growers of Ghent</h1>" in get(f"/groups/{gardens.public_id}/")
        assert "<h1>Tuiniers van Gent</h1>" in get(f"/nl/groups/{gardens.public_id}/")

    def test_it_is_told_and_no_run_asked_for(self, gardens: Group, olga: User) -> None:
        gardens.name({"en": "Growers"}, by=olga, reason="They say so.")
        assert (told(gardens), asked_for()) == ([("named", "Olga", "They say so.")], set())

    def test_undone_it_is_called_what_it_was_called_before(self, gardens: Group, olga: User) -> None:
        for name in ("Growers", "Gardeners"):
            gardens.name({"en": name}, by=olga)
        gardens.unname(by=olga)
        assert called(gardens) == {"en": "Growers"}
        gardens.name({"en": "Diggers"}, by=olga)
        for before in ({"en": "Growers"}, {}):
            gardens.unname(by=olga)
            assert called(gardens) == before
        assert refusal(gardens.unname, by=olga) == "Nobody has named this group."
        assert GroupEvent.objects.exclude(undoes=None).count() == 3

    def test_what_is_no_name_is_refused_in_a_sentence(self, gardens: Group, olga: User) -> None:
        gardens.name({"en": "Growers"}, by=olga)
        assert refusal(gardens.name, {"en": " "}, by=olga) == "Write what the group shall be called."
        assert refusal(gardens.name, {}, by=olga) == "Write what the group shall be called."
        assert refusal(gardens.name, {"en": "Growers"}, by=olga) == "The group is called so already."
        assert refusal(gardens.name, {"en": "g" * 101}, by=olga) == "Keep the name to 100 characters."
        assert called(gardens) == {"en": "Growers"}
