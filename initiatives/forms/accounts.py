"""What people say to sign in, and about themselves."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from initiatives.models import User


def email_field(**options: Any) -> forms.EmailField:
    messages = {"required": _("Write your e-mail address."), "invalid": _("Write it like name@example.org.")}
    widget = forms.EmailInput(attrs={"autocomplete": "email"})
    return forms.EmailField(max_length=254, error_messages=messages, widget=widget, **options)


def code_field(**options: Any) -> forms.CharField:
    """Of eight digits that we mail, or six that an app shows; people may paste it with spaces."""
    messages = {"required": _("Write the code.")}
    widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code"})
    return forms.CharField(max_length=40, error_messages=messages, widget=widget, **options)


class SignInForm(forms.Form):
    email = email_field(label=_("E-mail address"))


class MailedCodeForm(forms.Form):
    code = code_field(label=_("Code"), help_text=_("Eight digits. It is valid for 15 minutes."))


class SecondFactorForm(AuthenticateForm):
    code = code_field(label=_("Code"), help_text=_("From your app, or one of your recovery codes."))


class ConfirmForm(ReauthenticateForm):
    code = code_field(label=_("Code"), help_text=_("From your app, or one of your recovery codes."))


# What allauth and fido2 raise where a program sends something else than a browser would.
UNREADABLE = (forms.ValidationError, AttributeError, KeyError, TypeError, ValueError)


class PasskeyAnswer:
    """What allauth calls an incorrect code here is a passkey that was not accepted."""

    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except UNREADABLE as wrong:
            raise forms.ValidationError(_("The passkey was not accepted. Try once more, or use a code.")) from wrong


class FirstPasskeyForm(PasskeyAnswer, LoginWebAuthnForm):
    """Instead of a mailed code."""


class SecondPasskeyForm(PasskeyAnswer, AuthenticateWebAuthnForm):
    """After a mailed code."""


class ConfirmPasskeyForm(PasskeyAnswer, ReauthenticateWebAuthnForm):
    """In an open session."""


class AddAppForm(ActivateTOTPForm):
    code = code_field(label=_("Code"), help_text=_("The six digits that the app shows now."))


class AddPasskeyForm(AddWebAuthnForm):
    """The passkey itself is made by the browser (static/js/passkeys.js)."""

    passwordless = None

    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        required=False,
        help_text=_("So that you know which one it is, such as “phone” or “laptop”."),
    )

    def clean_name(self) -> str:
        return self.cleaned_data["name"] or gettext("Passkey")

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except UNREADABLE as wrong:
            raise forms.ValidationError(_("The passkey could not be added. Try once more.")) from wrong


class PersonForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("name", "language")
        labels = {"name": _("Name")}
        help_texts = {
            "name": _("Those who keep a listing with you see it, and the officers of your city."),
            "language": _("The language of the mails that you get from us."),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "language": forms.Select(choices=settings.LANGUAGES),
        }

    def clean_language(self) -> str:
        language = self.cleaned_data["language"]
        if language not in dict(settings.LANGUAGES):
            raise forms.ValidationError(_("Choose a language from the list."))
        return language


class NewAddressForm(forms.Form):
    email = email_field(label=_("New e-mail address"), help_text=_("You get a code there, to see that it arrives."))
