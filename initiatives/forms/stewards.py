"""What stewards, and those who want to be, say beside the listing itself: invitations, claims, reasons."""

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.forms.find_peers import WrittenField
from initiatives.forms.guards import GuardedForm, OnceForm
from initiatives.forms.lines import WebsiteField
from initiatives.models.invitations import InvitationKind

LONGEST_REASON = 2_000


class InviteForm(OnceForm):
    email = forms.EmailField(
        label=_("Their e-mail address"),
        help_text=_("They get a link that is good for thirty days."),
        error_messages={"required": _("Write the e-mail address of whom you invite.")},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        choices=[
            (InvitationKind.INVITE, _("to keep it together with you")),
            (InvitationKind.HAND_OVER, _("to take it over: you keep it no longer once they accept")),
        ],
        label=_("What you ask them"),
        widget=forms.RadioSelect,
        initial=InvitationKind.INVITE,
        error_messages={"required": _("Choose what you ask them.")},
    )


class ClaimForm(OnceForm):
    evidence = WrittenField(
        longest=LONGEST_REASON,
        label=_("How can an officer see that it is yours?"),
        help_text=_("For example: I answer its mail, my name stands on its contact page."),
        error_messages={"required": _("Write how an officer can see that it is yours.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    evidence_url = WebsiteField(
        label=_("A page where this can be seen"), required=False, help_text=_("An address on the web.")
    )


class VisitorsClaimForm(ClaimForm, GuardedForm):
    """Of whoever has not signed in yet: their words are kept until they have."""


class WhyForm(forms.Form):
    """`is_required` where somebody else reads it."""

    reason = WrittenField(
        longest=LONGEST_REASON,
        label=_("Why?"),
        error_messages={"required": _("Write why: the steward reads it.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *arguments: object, is_required: bool, **options: object) -> None:
        super().__init__(*arguments, **options)
        self.fields["reason"].required = is_required
