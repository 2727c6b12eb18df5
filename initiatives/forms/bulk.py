"""Many listings at once: which of a curator's own, and what is done with them."""

from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from initiatives.forms.browse import CodesFilter, InitiativeFilter
from initiatives.forms.facets import Facet, Option, facet
from initiatives.forms.guards import OnceForm
from initiatives.importing.cleaning import LONGEST_TAG, is_tag
from initiatives.models import BulkDeed, BulkKind, Domain, Initiative, User
from initiatives.models.choices import Status
from initiatives.models.queries import LACKS

SHOWN = ("domain", "city", "status", "tag")
LACKING = {
    "confirmation": _("Never confirmed"),
    "steward": _("Without a steward"),
    "domain": _("Without a domain"),
    "tags": _("Without tags"),
}


class CuratedFilter(InitiativeFilter):
    """The filter of the public list over what somebody curates, and what listings lack."""

    lacks = CodesFilter(method_name="lacking", label=_("What is missing"))

    FACETS = (*InitiativeFilter.FACETS, "lacks")

    def __init__(self, data: QueryDict, *, user: User) -> None:
        super().__init__(data)
        self.queryset = Initiative.objects.published().curated_by(user)

    def facets(self) -> list[Facet]:
        return [self._lacks_facet, *(facet(self, name) for name in SHOWN)]

    @property
    def _lacks_facet(self) -> Facet:
        others = self.without("lacks")
        options = [
            Option(code, str(label), others.lacking([code]).count(), code in self.chosen["lacks"])
            for code, label in LACKING.items()
        ]
        return Facet("lacks", self.filters["lacks"].label, options)

    def _known(self, name: str, values: list[str]) -> set[str]:
        return set(LACKS) if name == "lacks" else super()._known(name, values)


class BulkForm(OnceForm):
    """Which are meant stands beside it: ticked ones (`listing`, public ids), or all that were found."""

    ALL, TICKED = "all", "ticked"

    which = forms.ChoiceField(
        label=_("Which listings?"),
        initial=TICKED,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which listings you mean.")},
    )
    kind = forms.ChoiceField(
        label=_("What is done with them?"),
        choices=BulkKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is done with them.")},
    )
    tag = forms.CharField(label=_("Tag"), required=False, max_length=LONGEST_TAG)
    domain = forms.ModelChoiceField(
        Domain.objects.all(), to_field_name="code", label=_("Domain"), required=False, empty_label=_("Choose a domain")
    )
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("Choose a status")), *Status.choices])

    def __init__(self, *arguments: Any, found: int, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["which"].choices = [
            (self.TICKED, _("Those that I tick in the list")),
            (self.ALL, _("All %(found)d that were found") % {"found": found}),
        ]

    def clean_tag(self) -> str:
        return " ".join(self.cleaned_data["tag"].replace("\0", " ").split()).lower()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        kind = self.cleaned_data.get("kind")
        if kind in (BulkKind.TAG, BulkKind.UNTAG) and not is_tag(self.cleaned_data.get("tag", "")):
            self.add_error("tag", ValidationError(_("Write the tag in words.")))
        if kind == BulkKind.DOMAIN and not self.cleaned_data.get("domain"):
            self.add_error("domain", ValidationError(_("Choose the domain.")))
        if kind == BulkKind.STATUS and not self.cleaned_data.get("status"):
            self.add_error("status", ValidationError(_("Choose the status.")))
        return cleaned

    @cached_property
    def value(self) -> str:
        said = self.cleaned_data
        match said["kind"]:
            case BulkKind.DOMAIN:
                return said["domain"].code
            case BulkKind.STATUS:
                return said["status"]
            case BulkKind.CONFIRM:
                return ""
        return said["tag"]

    def prepare(self, asked: CuratedFilter, ticked: list[str], *, by: User) -> BulkDeed:
        meant = asked.results
        if self.cleaned_data["which"] == self.TICKED:
            meant = asked.queryset.with_public_ids(ticked)
        keys = meant.order_by("pk").values_list("pk", flat=True)
        return BulkDeed.objects.prepare(self.cleaned_data["kind"], self.value, listings=keys, by=by)
