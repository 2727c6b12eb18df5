"""What machines ask for without having read a page."""

from django.templatetags.static import static
from django.test import Client


class MachineTests:
    def test_robots_may_read_everything(self) -> None:
        response = Client().get("/robots.txt")
        assert (response.status_code, response["Content-Type"]) == (200, "text/plain")
        assert response.content == b"User-agent: *\nDisallow:\n"

    def test_the_icon_is_the_drawing(self) -> None:
        response = Client().get("/favicon.ico")
        assert (response.status_code, response["Location"]) == (302, static("favicon.svg"))
