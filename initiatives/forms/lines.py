"""Several short answers in one field: one a line, or with commas between them."""

import re
from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from initiatives.importing.cleaning import LONGEST_URL

MOST_LINES = 20


class SeveralField(forms.CharField):
    """Becomes a list without doubles; each of them is cleaned by `each`, and an error names the one it is about."""

    widget = forms.Textarea
    between = re.compile(r"[\r\n]+")
    joint = "\n"
    default_error_messages = {
        "too_many": _("Write %(most)d at most: these are %(number)d."),
        "wrong": _("“%(said)s”: %(error)s"),
    }

    def __init__(self, *, each: forms.Field, most: int = MOST_LINES, **options: object) -> None:
        self.each, self.most = each, most
        super().__init__(**{"required": False} | options)

    def prepare_value(self, value: str | Iterable[str] | None) -> str:
        return value if isinstance(value, str) else self.joint.join(value or ())

    def clean(self, value: str | None) -> list[str]:
        said = [part.strip() for part in self.between.split((value or "").replace("\0", " ")) if part.strip()]
        if len(said) > self.most:
            params = {"most": self.most, "number": len(said)}
            raise ValidationError(self.error_messages["too_many"], code="too_many", params=params)
        if self.required and not said:
            raise ValidationError(self.error_messages["required"], code="required")
        return list(dict.fromkeys(self._cleaned(part) for part in said))

    def _cleaned(self, part: str) -> str:
        try:
            return self.each.clean(part)
        except ValidationError as error:
            params = {"said": part[:60], "error": error.messages[0]}
            raise ValidationError(self.error_messages["wrong"], code="wrong", params=params) from None


class CommaField(SeveralField):
    """Commas or new lines."""

    widget = forms.TextInput
    between = re.compile(r"[\r\n,;]+")
    joint = ", "


class WebsiteField(forms.URLField):
    """An address on the web; `https://` need not be written, though a browser would refuse “example.org”."""

    widget = forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"})
    default_error_messages = {"invalid": _("Write an address on the web, such as https://example.org.")}
    default_validators = [URLValidator(schemes=["http", "https"], message=default_error_messages["invalid"])]

    def __init__(self, **options: object) -> None:
        super().__init__(**{"max_length": LONGEST_URL, "assume_scheme": "https"} | options)
