"""What guards a form that changes something: sent twice it is done once, and a program that fills it in is recognised.

A creating form inherits OnceForm, one that visitors fill in without an account GuardedForm (which is a OnceForm too).
Its template draws what neither is seen nor read out by `{% for field in form.hidden_fields %}{{ field }}{% endfor %}`,
once inside `<form>`. The view:

    form = ReportForm(posted(request))
    if form.is_valid():
        return once(request, form, lambda: form.report(listing).get_absolute_url())   # views/once.py

Messages for the next page are added in the view before or after `once`, so that the second sending gets them as well.
A suspicious form is answered like any other; its mails are put into quarantine by `Mail.objects.post`, and the deed may
keep `form.is_suspicious`.
"""

import secrets
import time
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from initiatives.models.asking import asking

# Two seconds are enough for one field that a browser fills in by itself, and for somebody who listens to the page and
# finds it again by a heading; programs take none.
LEAST_SECONDS = 2
MOST_SECONDS = 24 * 60 * 60


class Unseen(forms.CharField):
    """Whatever stands in it, nobody can mend it: so it is never wrong."""

    widget = forms.HiddenInput

    def clean(self, value: object) -> str:
        return str(value or "")


class OnceForm(forms.Form):
    """Carries a key that is drawn anew with every empty form, and kept when the form comes back with errors."""

    key = Unseen()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["key"].initial = secrets.token_urlsafe(16)

    def clean_key(self) -> str:
        """Without a key, from a program say, each sending is a deed of its own."""
        return self.cleaned_data.get("key") or secrets.token_urlsafe(16)

    def one_time_key(self, *parts: object) -> str:
        """As it is kept: nobody can come upon the address that somebody else's form, or another form, led to."""
        said = "\x1f".join((type(self).__qualname__, *map(str, parts), self.cleaned_data["key"]))
        return salted_hmac("one-time-key", said, algorithm="sha256").hexdigest()


class Honeypot(forms.TextInput):
    """A field that people neither see nor hear nor reach, and that many programs fill in. Without styles it says itself
    that it stays empty."""

    template_name = "forms/honeypot.html"
    is_hidden = True


class GuardedForm(OnceForm):
    subject_line = Unseen(widget=Honeypot)
    opened = Unseen()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.is_suspicious = False
        self.fields["opened"].initial = self._stamp(age=0)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.is_suspicious = bool(self.cleaned_data.get("subject_line")) or not self._took_its_time()
        if self.is_suspicious:
            asking().is_suspicious = True
        return cleaned

    def _took_its_time(self) -> bool:
        try:
            opened = signing.loads(self.cleaned_data.get("opened", ""), salt=self._salt, max_age=MOST_SECONDS)
        except signing.SignatureExpired:
            self._begin_anew()
            raise ValidationError(
                _("This page stood open for more than a day. What you wrote is still here: press the button again."),
                code="expired",
            ) from None
        except signing.BadSignature:
            return False
        return time.time() - opened >= LEAST_SECONDS

    def _begin_anew(self) -> None:
        """Whoever reads that they have to press again does so at once, and is no program for that."""
        self.data = self.data.copy()
        self.data[self.add_prefix("opened")] = self._stamp(age=LEAST_SECONDS)

    def _stamp(self, *, age: float) -> str:
        return signing.dumps(time.time() - age, salt=self._salt)

    @property
    def _salt(self) -> str:
        return f"opened:{type(self).__qualname__}"
