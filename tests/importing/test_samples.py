"""The people of the demonstration and their samples: made up, and nowhere else."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from initiatives.importing.samples import load_samples
from initiatives.importing.vocabulary import toml
from initiatives.models import DuplicatePair, Initiative, Report, User
from initiatives.tasks.reading import listings
from tests import people
from tests.views.reading import body, column, get

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings):
    settings.DEMO = True
    for name in ("Ghent", "Lille"):
        people.city(name)
    for code in {code for row in toml("samples.toml")["listing"] for code in row["domains"]}:
        people.domain(code.replace("_", "-"))
    load_samples()


def become(name: str, client: Client) -> Client:
    who = User.objects.of_demonstration().get(name=name)
    response = client.post(f"/demonstration/{who.pk}/become/")
    assert response.status_code == 302
    return client


@pytest.mark.usefixtures("demonstration")
class SampleTests:
    def test_they_say_so(self):
        samples = Initiative.objects.filter(is_sample=True)
        assert samples.count() == len(toml("samples.toml")["listing"])
        assert all("sample" in each.name.lower() and each.mission.startswith("A sample,") for each in samples)
        assert "This is a sample" in get(samples.published().first().get_absolute_url())

    def test_they_are_in_no_file_that_leaves(self):
        people.initiative(name="Real")
        assert column("name") == ["Real"]
        file = Client().get("/initiatives.csv")
        assert (file.headers["X-Row-Count"], body(file).count("Real")) == ("1", 1)

    def test_they_overlap_with_nobody(self):
        people.initiative(name="Real")
        assert [each.name for each in listings()] == ["Real"]

    def test_a_desk_has_something_of_everything(self):
        olga = User.objects.get(name="Olga")
        mine = Initiative.objects.curated_by(olga)
        assert mine.filter(review_state="submitted").count() == 2
        assert Report.objects.count() == 1
        assert DuplicatePair.objects.filter(a__in=mine, b__in=mine).count() == 1
        assert {city.slug for city in (each.city for each in mine)} == {"ghent"}

    def test_loading_them_again_undoes_nothing(self):
        listing = Initiative.objects.filter(is_sample=True, review_state="submitted").first()
        listing.decline(by=User.objects.get(name="Ada"), reason="Tried out")
        load_samples()
        listing.refresh_from_db()
        assert listing.review_state == "declined"
        assert User.objects.of_demonstration().count() == len(toml("samples.toml")["person"])


@pytest.mark.usefixtures("demonstration")
class BecomeTests:
    def test_the_page_lists_who_there_is(self, client):
        page = body(client.get("/demonstration/"))
        assert all(f"Become {row['name']}" in page for row in toml("samples.toml")["person"])
        assert "Officer of Ghent" in page

    def test_one_becomes_somebody_by_a_button_alone(self, client):
        olga = User.objects.get(name="Olga")
        assert client.get(f"/demonstration/{olga.pk}/become/").status_code == 405
        become("Olga", client)
        assert client.session["_auth_user_id"] == str(olga.pk)

    def test_it_counts_as_the_second_factor(self, client):
        become("Ada", client)
        assert client.get("/account/email/").status_code == 200

    def test_nothing_of_the_former_person_comes_along(self, client):
        become("Olga", client)
        before = client.session.session_key
        become("Alice", client)
        assert client.session["_auth_user_id"] == str(User.objects.get(name="Alice").pk)
        assert client.session.session_key != before

    def test_nobody_becomes_somebody_real(self, client):
        real = people.person("Real")
        assert client.post(f"/demonstration/{real.pk}/become/").status_code == 404

    def test_elsewhere_there_is_no_such_page(self, client, settings):
        settings.DEMO = False
        olga = User.objects.get(name="Olga")
        assert client.get("/demonstration/").status_code == 404
        assert client.post(f"/demonstration/{olga.pk}/become/").status_code == 404
        assert "_auth_user_id" not in client.session


def test_samples_are_loaded_only_in_a_demonstration(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("load_samples")
    assert not User.objects.exists()
