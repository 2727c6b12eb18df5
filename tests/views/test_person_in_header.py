"""What stands above a page for those who have signed in, and that readers leave no trace for it."""

import pytest
from django.test import Client

from tests.people import officer, person, signed_in
from tests.views.reading import body

pytestmark = pytest.mark.django_db


class PersonInHeaderTests:
    def test_readers_get_nothing_of_it_and_no_cookie(self, client: Client, django_assert_num_queries) -> None:
        with django_assert_num_queries(0):
            response = client.get("/about/")
        assert "person-nav" not in body(response)
        assert dict(response.cookies) == {}
        # Whoever has signed in gets another page at the same address.
        assert "Cookie" in response.headers["Vary"]

    def test_people_find_their_own(self) -> None:
        page = body(signed_in(person("Alice")).get("/about/"))
        assert 'href="/account/"' in page
        assert 'href="/sign-out/"' in page
        assert "Alice" in page

    def test_a_desk_is_shown_to_whoever_has_one(self) -> None:
        assert ">Desk<" not in body(signed_in(person("Alice")).get("/about/"))
        assert ">Administration<" not in body(signed_in(officer()).get("/about/"))

    def test_a_broken_database_still_gives_the_page_that_says_so(self, settings) -> None:
        from django.test import RequestFactory

        from initiatives.views.errors import broken

        class Down:
            def __getattr__(self, name: str) -> None:
                raise ConnectionError

        request = RequestFactory().get("/")
        request.session, request.user = Down(), Down()
        assert broken(request).status_code == 500
