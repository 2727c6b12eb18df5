"""What a steward may say of one need or offer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.forms.contacts import ContactsAsked
from initiatives.forms.find_peers import WrittenField
from initiatives.forms.guards import OnceForm
from initiatives.forms.versions import VersionedForm
from initiatives.models.choices import ExchangeType, ItemType, TransactionType
from initiatives.models.plain import Plain


class ExchangeForm(ContactsAsked, VersionedForm, OnceForm):
    """One need or offer. Adding one creates, so it has a one-time key as well."""

    PUBLIC_TEXTS = ("title", "description")

    exchange_type = forms.ChoiceField(
        choices=[(ExchangeType.WANT, _("It looks for this")), (ExchangeType.OFFER, _("It offers this"))],
        label=_("Need or offer"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is a need or an offer.")},
    )
    title = WrittenField(
        longest=200,
        label=_("What it is"),
        help_text=_("In a few words: a dry shed, help with the books."),
        error_messages={"required": _("Write in a few words what it is.")},
    )
    item_type = forms.ChoiceField(
        choices=[("", _("Choose one")), *ItemType.choices],
        label=_("What kind of thing"),
        error_messages={"required": _("Choose what kind of thing it is.")},
    )
    transaction_type = forms.ChoiceField(
        choices=[("", _("Choose one")), *TransactionType.choices],
        label=_("On what terms"),
        error_messages={"required": _("Choose on what terms.")},
    )
    description = WrittenField(
        longest=2_000, required=False, label=_("More about it"), widget=forms.Textarea(attrs={"rows": 3})
    )
    expires_on = forms.DateField(
        required=False,
        label=_("Until"),
        help_text=_("After this day it is no longer shown."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a day, such as 2031-05-24.")},
    )

    def said(self) -> Plain:
        expires = self.cleaned_data["expires_on"]
        return super().said() | {"expires_on": expires.isoformat() if expires else ""}
