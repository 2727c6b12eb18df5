"""What an officer says with a decision."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from initiatives.forms import prepared
from initiatives.forms.find_peers import WrittenField
from initiatives.forms.guards import OnceForm

LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True)
class Prepared:
    number: int
    title: str
    words: str


class ReasonForm(OnceForm):
    """`language` is that of whoever reads the words; `chosen` the number of prepared words to begin with."""

    LABEL = _("Your reason")
    MISSING = _("Write your reason: it is read by those whom it concerns.")
    PREPARED: prepared.Words = ()
    IS_REQUIRED = True
    # What is said where nothing has to be written: every decision has a reason.
    STANDARD = ""

    reason = WrittenField(longest=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *arguments: Any, language: str = "", chosen: str = "", **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        field = self.fields["reason"]
        field.label, field.required = self.LABEL, self.IS_REQUIRED
        field.error_messages["required"] = self.MISSING
        field.widget.attrs["lang"] = self.language
        field.initial = next((each.words for each in self.prepared if str(each.number) == chosen), "")

    @property
    def prepared(self) -> list[Prepared]:
        """Titles in the officer's language, words in the reader's."""
        titles = [str(title) for title, _words in self.PREPARED]
        with override(self.language):
            words = [str(words) for _title, words in self.PREPARED]
        return [Prepared(*each) for each in zip(range(1, len(titles) + 1), titles, words, strict=True)]

    @property
    def is_begun(self) -> bool:
        """Whether prepared words were chosen, by a link."""
        return bool(self.fields["reason"].initial)

    @property
    def words(self) -> str:
        if said := self.cleaned_data["reason"]:
            return said
        with override(self.language):
            return str(self.STANDARD)


class PublishForm(ReasonForm):
    LABEL = _("A word with it")
    IS_REQUIRED = False
    STANDARD = prepared.PUBLISHED


class AskForm(ReasonForm):
    LABEL = _("Your question")
    MISSING = _("Write what you would like to know.")
    PREPARED = prepared.QUESTIONS


class DeclineForm(ReasonForm):
    PREPARED = prepared.REASONS


class WithdrawForm(ReasonForm):
    PREPARED = prepared.WITHDRAWN


class ApproveForm(ReasonForm):
    LABEL = _("A word with it")
    IS_REQUIRED = False
    STANDARD = prepared.APPROVED


class DenyForm(ReasonForm):
    PREPARED = prepared.DENIED


class RevokeForm(ReasonForm):
    PREPARED = prepared.REVOKED


class ResolveForm(ReasonForm):
    LABEL = _("What you did")
    MISSING = _("Write what you did: whoever reported it reads this.")
    PREPARED = prepared.RESOLVED


class DismissForm(ReasonForm):
    PREPARED = prepared.DISMISSED
