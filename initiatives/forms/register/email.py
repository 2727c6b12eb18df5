"""Where it is written to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.forms.register.page import Page


class EmailPage(Page):
    slug = "email"
    question = _("What is your e-mail address?")
    why = _(
        "It is never shown. We mail you a link to confirm what you write here, and tell you what the officers decide."
    )

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write an e-mail address in the right form, such as name@example.org."),
        },
    )
    field_order = ("email", "shows_contact")
