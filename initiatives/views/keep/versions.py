"""What somebody reads whose words met somebody else's: both, side by side, and a form that has their own still."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from initiatives.forms.versions import VersionedForm
from initiatives.models import Initiative
from initiatives.models.plain import Plain
from initiatives.models.wording import LABELS, Line

# Makes the same form about a listing as it is now; `merged` is drawn in it.
Remake = Callable[[Initiative, Plain | None], VersionedForm]


def met(
    request: HttpRequest, template: str, form: VersionedForm, *, remake: Remake, context: dict[str, Any]
) -> HttpResponse:
    """409: it was edited since the form was drawn."""
    listing = Initiative.objects.get(pk=context["initiative"].pk)
    form.now = remake(listing, None).now
    meeting = form.meeting()
    both = [Line.of(name, now, mine) for name, (now, mine) in meeting.both.items()]
    said = {
        "initiative": listing,
        "form": remake(listing, meeting.merged),
        "both": both,
        "theirs": [LABELS[name] for name in meeting.theirs],
        "is_stale": True,
    }
    return render(request, template, context | said, status=409)
