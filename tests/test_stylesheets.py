"""Collecting the static files makes one stylesheet of many, and makes it again when a part has changed."""

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import override_settings

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "commons_directory.stylesheets.BundledStaticFilesStorage"},
}


@pytest.fixture
def source(tmp_path):
    """A site of two stylesheets, collected into a folder beside it."""
    css = tmp_path / "source" / "css"
    css.mkdir(parents=True)
    (css / "site.css").write_text('@layer parts;\n@import url("row.css") layer(parts);\n')
    (css / "row.css").write_text(".row { color: red }")
    finders = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    with override_settings(
        STORAGES=STORAGES,
        STATIC_ROOT=tmp_path / "collected",
        STATICFILES_DIRS=[tmp_path / "source"],
        STATICFILES_FINDERS=finders,
    ):
        yield css


def collected() -> str:
    call_command("collectstatic", interactive=False, verbosity=0)
    with staticfiles_storage.open(staticfiles_storage.stored_name("css/site.css")) as file:
        return file.read().decode()


class CollectTests:
    def test_the_parts_are_in_the_one_file(self, source):
        assert collected().split() == [
            "@layer",
            "parts;",
            "@layer",
            "parts",
            "{",
            ".row",
            "{",
            "color:",
            "red",
            "}",
            "}",
        ]

    def test_a_changed_part_changes_the_file_and_its_name(self, source):
        collected()
        first = staticfiles_storage.stored_name("css/site.css")
        (source / "row.css").write_text(".row { color: blue }")
        assert "blue" in collected()
        assert staticfiles_storage.stored_name("css/site.css") != first

    def test_it_is_sent_compressed(self, source):
        collected()
        assert staticfiles_storage.exists(staticfiles_storage.stored_name("css/site.css") + ".br") is False  # too short
        (source / "row.css").write_text(".row { color: red }\n" * 100)
        collected()
        assert staticfiles_storage.exists(staticfiles_storage.stored_name("css/site.css") + ".br")
