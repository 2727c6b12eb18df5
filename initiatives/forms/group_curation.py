"""What people who curate say of groups and of pairs."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from initiatives.forms.find_peers import WrittenField
from initiatives.forms.guards import OnceForm
from initiatives.models import Initiative, User
from initiatives.models.choices import VerdictKind
from initiatives.models.overlaps.naming import LONGEST_NAME
from initiatives.models.overlaps.splitting import FEWEST

LONGEST_REASON = 500
PUBLIC_ID = re.compile(r"(?:^|/initiatives/)([0-9a-z]{10})(?:/|$)")


def reason_field() -> WrittenField:
    return WrittenField(
        longest=LONGEST_REASON, label=_("Why"), required=False, help_text=_("Only those who curate read it.")
    )


class GroupForm(OnceForm):
    """Several stand on one page, so that each has ids of its own."""

    IDS = ""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"auto_id": f"{self.IDS}-%s"} | options)


class NameForm(GroupForm):
    """A name in each language of the site; those left empty have the one that the directory found."""

    IDS = "called"

    reason = reason_field()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for code, language in settings.LANGUAGES:
            label = _("Name in %(language)s") % {"language": language}
            self.fields[f"name_{code}"] = WrittenField(longest=LONGEST_NAME, label=label, required=False)
        self.order_fields([*(f"name_{code}" for code, _language in settings.LANGUAGES), "reason"])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not any(self.labels.values()):
            self.add_error("name_en", _("Write what the group shall be called."))
        return said

    @property
    def labels(self) -> dict[str, str]:
        return {code: self.cleaned_data.get(f"name_{code}", "") for code, _language in settings.LANGUAGES}


class SplitForm(GroupForm):
    """Members that become a group of their own."""

    IDS = "split-off"

    members = forms.ModelMultipleChoiceField(
        Initiative.objects.none(),
        to_field_name="public_id",
        label=_("Members of the new group"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick those that shall be a group of their own.")},
    )
    reason = reason_field()

    def __init__(self, *arguments: Any, members: Iterable[int], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["members"].queryset = Initiative.objects.published().with_keys(members)

    def clean_members(self) -> Any:
        chosen = self.cleaned_data["members"]
        if len(chosen) < FEWEST:
            raise forms.ValidationError(_("Tick two at least."))
        return chosen


class PinForm(GroupForm):
    """A listing that belongs here, by the address of its page."""

    IDS = "pinned"

    listing = forms.CharField(
        max_length=500,
        label=_("Address of its page"),
        error_messages={"required": _("Paste the address of a listing of yours.")},
    )
    reason = reason_field()

    def __init__(self, *arguments: Any, user: User, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.user = user

    def clean_listing(self) -> Initiative:
        found = PUBLIC_ID.search(self.cleaned_data["listing"].strip())
        mine = Initiative.objects.published().curated_by(self.user)
        listing = mine.filter(public_id=found[1]).first() if found else None
        if listing is None:
            raise forms.ValidationError(_("This is not the address of a published listing that you curate."))
        return listing


class VerdictForm(GroupForm):
    """What two of them are to each other."""

    verdict = forms.ChoiceField(
        choices=[each for each in VerdictKind.choices if each[0] != VerdictKind.SAME], label=_("What they are")
    )
    reason = reason_field()

    def __init__(self, *arguments: Any, one: Initiative, other: Initiative, **options: Any) -> None:
        self.IDS = "-".join(sorted((one.public_id, other.public_id)))
        super().__init__(*arguments, **options)
