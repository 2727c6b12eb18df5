"""What is asked besides the six pages: consent, where to mail the link, and what a steward answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.forms.find_peers import WrittenField
from initiatives.forms.guards import GuardedForm, OnceForm
from initiatives.forms.register import EmailPage
from initiatives.models import Initiative

LONGEST_ANSWER = 5_000


class SendForm(GuardedForm):
    consent = forms.BooleanField(
        label=_("I agree, and I may speak for this initiative."),
        error_messages={"required": _("Tick the box if you agree: without that it cannot be sent.")},
    )


class LaterForm(GuardedForm):
    """The address that the link is mailed to."""

    email = EmailPage.base_fields["email"]


class AnswerForm(OnceForm):
    """To the officers: an answer to what they ask, or what has changed since they declined."""

    words = WrittenField(
        longest=LONGEST_ANSWER,
        label=_("Your answer"),
        error_messages={"required": _("Write your answer.")},
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    @classmethod
    def to(cls, listing: Initiative, *said: Any) -> "AnswerForm":
        """Words are needed only where there is a question."""
        form = cls(*said)
        if not listing.is_asked:
            form.fields["words"].required = False
            form.fields["words"].label = _("What has changed")
        return form
