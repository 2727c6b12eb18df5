"""How every field is drawn: what is optional says so, what is wrong is said in words beside it."""

import re

from django import forms
from django.template.loader import render_to_string


class Registration(forms.Form):
    name = forms.CharField(label="Name", help_text="As its members call it.")
    website = forms.URLField(label="Website", required=False, assume_scheme="https")
    structure = forms.ChoiceField(label="Structure", widget=forms.RadioSelect, choices=[("a", "Association")])
    agreed = forms.BooleanField(label="I may speak for it")


def drawn(field: str, **data: str) -> str:
    form = Registration(data or None)
    return form[field].as_field_group()


class FieldTests:
    def test_optional_is_said_in_words_and_only_then(self):
        assert "(optional)" in drawn("website")
        assert "(optional)" not in drawn("name")
        assert "*" not in drawn("name")

    def test_a_label_belongs_to_its_field(self):
        assert '<label for="id_name">Name</label>' in drawn("name")
        assert '<label for="id_agreed">' in drawn("agreed")

    def test_several_choices_have_a_legend(self):
        assert "<legend>Structure</legend>" in drawn("structure")

    def test_hint_and_error_are_tied_to_the_field(self):
        text = drawn("name", name="")
        (described,) = re.findall(r'<input[^>]*aria-describedby="([^"]+)"', text)
        assert described.split() == ["id_name_helptext", "id_name_error"]
        assert all(f'id="{each}"' in text for each in described.split())
        assert "This field is required." in text

    def test_what_was_typed_is_kept(self):
        assert 'value="not an address"' in drawn("website", website="not an address")


class ErrorSummaryTests:
    def test_each_error_leads_to_its_field(self):
        form = Registration({"website": "not an address"})
        text = render_to_string("components/error_summary.html", {"form": form})
        page = form.as_div()
        targets = re.findall(r'href="#([^"]+)"', text)
        assert targets == ["id_name", "id_website", "id_structure_0", "id_agreed"]
        assert all(f'id="{target}"' in page for target in targets)

    def test_it_takes_the_focus_without_a_script(self):
        text = render_to_string("components/error_summary.html", {"form": Registration({})})
        assert "autofocus" in text
        assert 'tabindex="-1"' in text

    def test_a_form_without_errors_has_none(self):
        assert render_to_string("components/error_summary.html", {"form": Registration()}).strip() == ""
