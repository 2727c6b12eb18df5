"""The look holds: colours can be read, every stylesheet is used, no template carries styles or scripts of its own."""

import re
from itertools import product
from math import cos, radians, sin
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from commons_directory.stylesheets import bundle

ROOT = Path(__file__).resolve().parent.parent
CSS = ROOT / "static" / "css"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
TOKENS = (CSS / "tokens.css").read_text()

Rgb = tuple[float, float, float]
FAMILIES = ("land", "home", "make", "know")
TEXT, SHAPE = 4.5, 3.0  # WCAG 2.2, success criteria 1.4.3 and 1.4.11

# What is read on what.
READ = [
    *product(("ink", "soft", "link"), ("paper", "sheet")),
    ("ink", "mark"),
    ("on-shared", "shared"),
    *product(("ink",), FAMILIES),
    *product(("ink",), [f"{family}-2" for family in FAMILIES]),
    ("paper", "link"),  # a button
]
# What is only to be seen.
SEEN = [("edge", "paper"), ("edge", "sheet")]


def linear(lightness: float, chroma: float, hue: float) -> Rgb:
    """OKLCH to linear sRGB, as CSS Color 4 defines it (section 10, sample code)."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3  # noqa: E741 – the names of the standard
    m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
        -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
        -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
    )


def hexadecimal(colour: Rgb) -> str:
    def channel(value: float) -> int:
        value = max(0.0, min(1.0, value))
        return round(255 * (12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055))

    return "#" + "".join(f"{channel(value):02x}" for value in colour)


def luminance(colour: Rgb) -> float:
    return sum(
        weight * max(0.0, min(1.0, value)) for weight, value in zip((0.2126, 0.7152, 0.0722), colour, strict=True)
    )


def contrast(one: Rgb, other: Rgb) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def palette(scheme: str) -> dict[str, Rgb]:
    """Every colour of the tokens, by day or by night."""
    colour = r"oklch\(([\d. ]+)\)"
    both = {
        name: (day, night) for name, day, night in re.findall(rf"--([\w-]+): light-dark\({colour}, {colour}\)", TOKENS)
    }
    always = dict(re.findall(rf"--([\w-]+): {colour};", TOKENS))
    chosen = always | {name: values[scheme == "dark"] for name, values in both.items()}
    return {name: linear(*map(float, values.split())) for name, values in chosen.items()}


@pytest.mark.parametrize("scheme", ["light", "dark"])
class ColourTests:
    @pytest.mark.parametrize(("text", "ground"), READ)
    def test_text_can_be_read(self, scheme, text, ground):
        colours = palette(scheme)
        assert contrast(colours[text], colours[ground]) >= TEXT

    @pytest.mark.parametrize(("shape", "ground"), SEEN)
    def test_shapes_can_be_seen(self, scheme, shape, ground):
        colours = palette(scheme)
        assert contrast(colours[shape], colours[ground]) >= SHAPE

    def test_older_browsers_get_the_same_colours(self, scheme):
        fallback = TOKENS.split("@supports not")[1].split("/* Who chose")[0]
        day, night = fallback.split("@media (prefers-color-scheme: dark)")
        written = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", day))
        if scheme == "dark":
            written |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", night))
        assert written == {name: hexadecimal(colour) for name, colour in palette(scheme).items()}


class YellowTests:
    def test_by_day_its_outline_is_seen(self):
        assert contrast(palette("light")["ink"], palette("light")["shared"]) >= SHAPE

    def test_by_night_it_stands_out_from_every_disc(self):
        colours = palette("dark")
        assert min(contrast(colours["shared"], colours[f"{family}-2"]) for family in FAMILIES) >= SHAPE


class StylesheetTests:
    def test_every_part_is_in_the_table_of_contents(self):
        listed = re.findall(r'url\("([\w-]+\.css)"\)', (CSS / "site.css").read_text())
        assert sorted(listed) == sorted(path.name for path in CSS.glob("*.css") if path.name != "site.css")

    def test_the_bundle_asks_for_no_further_file(self):
        text = bundle((CSS / "site.css").read_text(), lambda part: (CSS / part).read_text())
        assert "@import" not in text
        assert "url(" not in text
        assert text.count("{") == text.count("}")

    def test_a_part_stands_in_its_layer_where_its_line_stood(self):
        contents = '/* why */\n@layer a, b;\n@import url("one.css") layer(a);\n@import url("two.css") layer(b);\n'
        text = bundle(contents, {"one.css": "p { color: red }", "two.css": "/* so */\nq { color: blue }"}.__getitem__)
        assert text.split() == [
            "@layer",
            "a,",
            "b;",
            "@layer",
            "a",
            "{",
            "p",
            "{",
            "color:",
            "red",
            "}",
            "}",
            "@layer",
            "b",
            "{",
            "q",
            "{",
            "color:",
            "blue",
            "}",
            "}",
        ]

    def test_colours_are_named_in_the_tokens_alone(self):
        for path in CSS.glob("*.css"):
            if path.name != "tokens.css":
                assert not re.findall(r"oklch\([\d.]|rgb|#[0-9a-f]{3,8}\b", path.read_text()), path.name


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
class TemplateTests:
    def test_no_style_or_script_stands_inline(self, path):
        text = path.read_text()
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text)
        assert not re.search(r"<script(?![^>]*\bsrc=)", text)

    def test_nothing_is_fetched_from_elsewhere(self, path):
        fetched = re.findall(r'(?:src|srcset|poster|data)="(https?:|//)|<link[^>]*href="(https?:|//)', path.read_text())
        assert fetched == []


@pytest.mark.parametrize("code", [400, 403, 404, 500])
class ErrorPageTests:
    def test_it_stands_without_request_and_database(self, code):
        """No database is open to this test: a page that asked for it would fail here."""
        text = render_to_string(f"{code}.html")
        assert text.count("<h1>") == 1
        assert 'id="content"' in text
