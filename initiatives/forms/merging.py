"""Two listings beside each other: what is kept of which, and what somebody says who finds that they are two."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from initiatives.forms.find_peers import WrittenField
from initiatives.forms.guards import OnceForm
from initiatives.models import Initiative, Merge, User, merge
from initiatives.models.choices import ReviewState, VerdictKind
from initiatives.models.merging import AWAY, UNITS, Unit, better, differ

LONGEST_REASON = 1_000
ONE, OTHER = "one", "other"


class MergeForm(OnceForm):
    """`keep` says whose address stays, a radio for each unit that differs says whose words do."""

    def __init__(self, *arguments: Any, one: Initiative, other: Initiative, kept: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.pair = {ONE: one, OTHER: other}
        names = [(side, listing.name) for side, listing in self.pair.items()]
        self.fields["keep"] = forms.ChoiceField(
            label=_("Which listing stays?"),
            help_text=_("The address of the other will lead to it."),
            choices=names,
            initial=kept,
            widget=forms.RadioSelect,
        )
        stewarded = [each.pk for each in (one, other) if each.stewardships.exists()]
        taken = better(self.pair[kept], self.pair[_beside(kept)], stewarded=stewarded)
        for unit in self.differing:
            self.fields[unit.code] = forms.ChoiceField(
                label=unit.label,
                choices=names,
                initial=_beside(kept) if unit.code in taken else kept,
                widget=forms.RadioSelect,
            )
        self.fields["reason"] = WrittenField(
            longest=LONGEST_REASON,
            label=_("Why are they one?"),
            help_text=_("The stewards of both read it."),
            initial=_("This is one initiative that was listed twice."),
            error_messages={"required": _("Write why these two are one initiative.")},
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    @property
    def differing(self) -> list[Unit]:
        return [unit for unit in UNITS.values() if differ(self.pair[ONE], self.pair[OTHER], unit)]

    def clean_keep(self) -> str:
        kept = self.cleaned_data["keep"]
        if self.pair[kept].review_state != ReviewState.PUBLISHED:
            raise ValidationError(_("This one is not published yet: keep the other, or publish it first."))
        return kept

    def merge(self, *, by: User) -> Merge:
        kept = self.cleaned_data["keep"]
        choices = {unit.code: AWAY for unit in self.differing if self.cleaned_data[unit.code] != kept}
        return merge(
            self.pair[kept],
            self.pair[_beside(kept)],
            by=by,
            reason=self.cleaned_data["reason"],
            choices=choices,
        )


def _beside(side: str) -> str:
    return OTHER if side == ONE else ONE


def kept_by_default(one: Initiative, other: Initiative) -> str:
    """Whichever is published, has a steward, was confirmed later, or has been here longer."""
    weights = [
        (
            each.review_state == ReviewState.PUBLISHED,
            each.stewardships.exists(),
            each.confirmed_on is not None,
            each.confirmed_on.toordinal() if each.confirmed_on else 0,
            -each.pk,
        )
        for each in (one, other)
    ]
    return ONE if weights[0] >= weights[1] else OTHER


class NotTheSameForm(forms.Form):
    """What two are that are not one. To say no more than that is an answer too."""

    RELATIONS: Mapping[str, Any] = {
        VerdictKind.DIFFERENT: _("Two initiatives; the directory finds out whether they overlap"),
        VerdictKind.PEERS: _("Two that do the same work, and could join"),
        VerdictKind.COMPLEMENTARY: _("Two of which one needs what the other offers"),
        VerdictKind.UNRELATED: _("Two that have nothing to do with each other"),
    }
    verdict = forms.ChoiceField(
        label=_("What are they?"),
        choices=list(RELATIONS.items()),
        initial=VerdictKind.DIFFERENT,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what these two are.")},
    )
    words = WrittenField(
        longest=LONGEST_REASON, label=_("Why?"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ObjectionForm(forms.Form):
    words = WrittenField(
        longest=LONGEST_REASON,
        label=_("Why are they two?"),
        help_text=_("An officer of the city reads it and decides."),
        error_messages={"required": _("Write why these are two initiatives.")},
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ObjectionAnswerForm(forms.Form):
    """To whoever objected."""

    reason = WrittenField(
        longest=LONGEST_REASON,
        label=_("Why are they one all the same?"),
        help_text=_("Whoever objected reads it."),
        error_messages={"required": _("Write why it stays as it is: whoever objected reads it.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
