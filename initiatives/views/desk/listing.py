"""Everything that an officer needs to decide about one listing, on one page."""

from collections.abc import Iterator
from itertools import chain, repeat
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from initiatives.forms.desk import (
    ApproveForm,
    AskForm,
    DeclineForm,
    DenyForm,
    DismissForm,
    PublishForm,
    ReasonForm,
    ResolveForm,
    RevokeForm,
    WithdrawForm,
)
from initiatives.models import Claim, Initiative, Stewardship
from initiatives.models.choices import ReviewState
from initiatives.models.desk import Desk
from initiatives.models.ties import ties
from initiatives.views.bounds import for_curators
from initiatives.views.desk.checks import checks
from initiatives.views.desk.queue import WITH_KEYS, chosen_kind
from initiatives.views.desk.rows import next_address
from initiatives.views.desk.twins import peers_of, twins
from initiatives.views.desk.undo import undoable
from initiatives.views.pictures import groups_of
from initiatives.views.provenance import provenance

FORMS: dict[str, type[ReasonForm]] = {
    "publish": PublishForm,
    "ask": AskForm,
    "decline": DeclineForm,
    "withdraw": WithdrawForm,
    "approve": ApproveForm,
    "deny": DenyForm,
    "revoke": RevokeForm,
    "resolve": ResolveForm,
    "dismiss": DismissForm,
}


@for_curators
@csp_override(WITH_KEYS)
@require_safe
def listing(request: HttpRequest, public_id: str) -> HttpResponse:
    return review(request, own(request, public_id))


def own(request: HttpRequest, public_id: str) -> Initiative:
    """Of their own cities, else there is no such page."""
    return get_object_or_404(Desk(request.user).listings.for_page(), public_id=public_id)


def reason_form(request: HttpRequest, deed: str, *, thing: object = "", language: str) -> ReasonForm:
    """The form of a deed on something; as it was sent, if this is that sending. Without a script a link chooses
    prepared words (`?words=ask-2`)."""
    prefix = f"{deed}-{thing}" if thing else deed
    chosen = request.GET.get("words", "").removeprefix(f"{prefix}-")
    data = request.POST if f"{prefix}-key" in request.POST else None
    return FORMS[deed](data, prefix=prefix, language=language, chosen=chosen)


def review(
    request: HttpRequest, listing: Initiative, *, form: ReasonForm | None = None, status: int = 200
) -> HttpResponse:
    """`form`: one with errors."""
    kind = chosen_kind(request)
    context = {
        "initiative": listing,
        "kind": kind,
        "domains": listing.own_domains,
        "ties": ties(listing),
        "group": groups_of([listing]).get(listing.pk),
        "provenance": provenance(listing),
        "peers": peers_of(listing),
        "twins": twins(listing),
        "checks": checks(listing),
        "events": listing.review_events.select_related("by", "undone_by"),
        "next_url": next_address(request.user, listing, kind=kind),
        "undoable": undoable(request.user),
        "form": form,
        **_deeds(request, listing, form),
        **_waiting(request, listing, form),
    }
    return render(request, "desk/listing.html", context, status=status)


def language_of(listing: Initiative) -> str:
    """In which its stewards read; of one without any, its own."""
    languages = listing.stewardships.values_list("person__language", flat=True)
    return languages.first() or listing.lang


def _deeds(request: HttpRequest, listing: Initiative, sent: ReasonForm | None) -> dict[str, Any]:
    """The forms that decide about the listing itself, as its state allows."""
    offered = {
        ReviewState.SUBMITTED: ("publish", "ask", "decline"),
        ReviewState.PUBLISHED: ("withdraw",),
    }.get(listing.review_state, ())
    language = language_of(listing) if offered else ""
    forms = {deed: _or_sent(reason_form(request, deed, language=language), sent) for deed in offered}
    return {"deeds": forms}


def _waiting(request: HttpRequest, listing: Initiative, sent: ReasonForm | None) -> dict[str, Any]:
    """What else waits about it: changes, claims, reports, an unanswered question whether it is still right."""

    def pair(first: str, second: str, thing: object, language: str) -> list[ReasonForm]:
        return [_or_sent(reason_form(request, deed, thing=thing, language=language), sent) for deed in (first, second)]

    claims = [
        {"claim": each, "forms": pair("approve", "deny", each.pk, each.by.language), "keys": keys}
        for each, keys in zip(listing.claims.pending().select_related("by"), _keys("y", "n"), strict=False)
    ]
    reports = [
        {"report": each, "forms": pair("resolve", "dismiss", each.public_id, each.language), "keys": keys}
        for each, keys in zip(listing.reports.open(), _keys("r", "x"), strict=False)
    ]
    approved = {claim.by_id: claim for claim in listing.claims.approved()}
    return {
        "changes": list(listing.changes.unseen()),
        "claims": claims,
        "reports": reports,
        "stewards": [
            _steward(request, each, approved.get(each.person_id), sent)
            for each in listing.stewardships.select_related("person")
        ],
        "unconfirmed": listing.confirmations.on_desk().first(),
    }


def _keys(*first: str) -> Iterator[tuple[str, ...]]:
    """The first of several has keys; the next is the first when that is decided."""
    return chain([first], repeat(()))


def _steward(
    request: HttpRequest, stewardship: Stewardship, claim: Claim | None, sent: ReasonForm | None
) -> dict[str, Any]:
    """Whoever has it by a claim can lose it again."""
    form = claim and _or_sent(
        reason_form(request, "revoke", thing=claim.pk, language=stewardship.person.language), sent
    )
    return {"stewardship": stewardship, "claim": claim, "form": form}


def _or_sent(form: ReasonForm, sent: ReasonForm | None) -> ReasonForm:
    return sent if sent and sent.prefix == form.prefix else form
