"""E-mail addresses and telephone numbers are found in texts, and other numbers are not."""

import time

import pytest

from initiatives.forms.contacts import contacts_in


class ContactTests:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Write to info@example.org.", ["info@example.org"]),
            ("Bel +32 9 233 12 34 of mail a.b@c.example", ["+32 9 233 12 34", "a.b@c.example"]),
            ("tel. 09 233 12 34", ["tel. 09 233 12 34"]),
            ("06-12345678", ["06-12345678"]),
            ("(020) 123 45 67", ["(020) 123 45 67"]),
            ("0032 9 233 12 34", ["0032 9 233 12 34"]),
        ],
    )
    def test_are_found(self, text: str, found: list[str]) -> None:
        assert contacts_in(text) == found

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "Since 2014, with 1 200 members and 35.000 visitors.",
            "Every 1st Saturday, 14.00-17.00, at number 12.",
            "ISBN 978-90-00-00000-2",
            "0.5 hectare, 0,75 litre",
            "https://example.org/2019/05/0123456789.html",
            "@example on the fediverse",
        ],
    )
    def test_are_not_seen_where_there_are_none(self, text: str) -> None:
        assert contacts_in(text) == []

    @pytest.mark.parametrize("text", ["0" * 50_000, "0 " * 25_000, "a@" * 25_000, "+" * 50_000, "a" * 50_000 + "@"])
    def test_are_looked_for_in_time(self, text: str) -> None:
        start = time.thread_time()
        contacts_in(text)
        assert time.thread_time() - start < 0.5
