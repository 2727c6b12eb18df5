"""What people write as Markdown: safe, as they meant it, and never slow."""

import time

import pytest

from initiatives.markdown import LONGEST, as_html


class MeaningTests:
    @pytest.mark.parametrize(
        ("written", "shown"),
        [
            ("# Garden", "<h3>Garden</h3>"),
            ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"),
            ("a\n\n" + "*" * 30 + "\n\nb", "<p>a</p>\n<hr>\n<p>b</p>"),
            (
                "[a](https://example.org/)",
                '<p><a href="https://example.org/" rel="nofollow ugc noopener">a</a></p>',
            ),
            ("![[!]", "<p>![[!]</p>"),
            ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
            ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"),
        ],
    )
    def test_it_says_what_was_meant(self, written: str, shown: str) -> None:
        assert as_html(written).strip() == shown


class BoundTests:
    @pytest.mark.parametrize("text", ["[", "![", "[[]", "]", "_a__b", "*a_ ", "*_", ">", "`", "`a``b", "[a](", "\\["])
    def test_nothing_is_slow(self, text: str) -> None:
        start = time.thread_time()
        as_html(text * (60_000 // len(text)))
        assert time.thread_time() - start < 1  # mostly a tenth of it

    def test_brackets_without_end_cost_nothing(self) -> None:
        assert len(as_html("[" * LONGEST)) < 100
        assert len(as_html("![" * LONGEST)) < 100

    def test_what_is_longer_than_anybody_writes_is_cut(self) -> None:
        assert as_html("ab " * LONGEST).count("ab") == LONGEST // 3 + 1
