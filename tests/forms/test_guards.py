"""What a program fills in is recognised, what a person fills in slowly, quickly or twice is not held against them."""

import time

import pytest
from django import forms
from django.http import QueryDict

from initiatives.forms.guards import LEAST_SECONDS, MOST_SECONDS, GuardedForm, OnceForm
from initiatives.models.asking import Asking, asked_by
from tests.forms.filling import filled, opened

HOUR = 3600.0


class LetterForm(GuardedForm):
    words = forms.CharField()


class OtherForm(GuardedForm):
    words = forms.CharField()


class NoteForm(OnceForm):
    words = forms.CharField()


def sent(kind: type[OnceForm] = LetterForm, **said: str) -> OnceForm:
    data = QueryDict(mutable=True)
    data.update(filled(kind, **{"words": "Good day", "key": "k"} | said))
    return kind(data)


def long_ago(monkeypatch: pytest.MonkeyPatch, seconds: float) -> str:
    """A stamp that was really signed then."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - seconds)
    stamp = LetterForm()["opened"].value()
    monkeypatch.undo()
    return stamp


class SuspicionTests:
    def test_who_takes_their_time_is_not_suspicious(self):
        form = sent()
        assert form.is_valid()
        assert not form.is_suspicious

    def test_as_quick_as_only_a_program_is(self):
        form = sent(opened=opened(LetterForm, LEAST_SECONDS / 2))
        assert form.is_valid()
        assert form.is_suspicious

    def test_what_people_do_not_see_is_filled_in(self):
        form = sent(subject_line="Cheap watches")
        assert form.is_valid()
        assert form.is_suspicious

    @pytest.mark.parametrize("stamp", ["", "made up", "\0", "another form’s"])
    def test_a_time_that_this_form_did_not_sign(self, stamp: str):
        form = sent(opened=opened(OtherForm) if stamp == "another form’s" else stamp)
        assert form.is_valid()
        assert form.is_suspicious

    def test_the_whole_request_is_suspicious_then(self):
        with asked_by(Asking()) as asking:
            sent(subject_line="Cheap watches").is_valid()
        assert asking.is_suspicious

    def test_an_error_does_not_start_the_time_anew(self):
        first = sent(words="", opened=opened(LetterForm))
        assert not first.is_valid()
        again = sent(opened=first["opened"].value())
        assert again.is_valid()
        assert not again.is_suspicious


class OpenForADayTests:
    def test_words_are_kept_and_it_can_be_sent_at_once(self, monkeypatch: pytest.MonkeyPatch):
        form = sent(opened=long_ago(monkeypatch, MOST_SECONDS + HOUR))
        assert not form.is_valid()
        assert form.non_field_errors() == [
            "This page stood open for more than a day. What you wrote is still here: press the button again."
        ]
        assert form["words"].value() == "Good day"
        again = sent(opened=form["opened"].value())
        assert again.is_valid()
        assert not again.is_suspicious

    def test_an_evening_is_not_too_long(self, monkeypatch: pytest.MonkeyPatch):
        form = sent(opened=long_ago(monkeypatch, 6 * HOUR))
        assert form.is_valid()
        assert not form.is_suspicious


class KeyTests:
    def test_each_form_has_a_key_of_its_own(self):
        assert NoteForm()["key"].value() != NoteForm()["key"].value()

    def test_it_is_kept_when_the_form_comes_back(self):
        assert sent(NoteForm, words="", key="the same")["key"].value() == "the same"

    def test_of_another_form_or_person_it_is_another(self):
        def kept(form: OnceForm, who: int) -> str:
            assert form.is_valid()
            return form.one_time_key(who)

        assert kept(sent(NoteForm), 1) == kept(sent(NoteForm), 1)
        assert len({kept(sent(NoteForm), 1), kept(sent(NoteForm), 2), kept(sent(LetterForm), 1)}) == 3

    @pytest.mark.parametrize("key", ["", "\0", "x" * 10_000])
    def test_no_key_is_wrong(self, key: str):
        form = sent(NoteForm, key=key)
        assert form.is_valid()
        assert len(form.one_time_key()) == 64


class DrawingTests:
    def test_what_is_not_for_people_is_hidden_without_styles(self):
        form = LetterForm()
        drawn = "".join(str(field) for field in form.hidden_fields())
        assert [field.name for field in form.visible_fields()] == ["words"]
        assert (
            '<div hidden><label for="id_subject_line">Leave this empty</label>'
            '<input type="text" name="subject_line" id="id_subject_line" autocomplete="off" tabindex="-1"></div>'
        ) in drawn
