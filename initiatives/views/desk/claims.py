"""Whether somebody may keep a listing that they claim."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from initiatives.models import Claim
from initiatives.views.desk.deciding import decide, decision, said
from initiatives.views.desk.listing import own, reason_form


@decision
def approve(request: HttpRequest, claim: int) -> HttpResponse:
    claimed = own_claim(request, claim)
    form = reason_form(request, "approve", thing=claim, language=claimed.by.language)
    listing = own(request, claimed.initiative.public_id)
    return decide(request, listing, form, lambda words: claimed.approve(by=request.user, reason=words))


@decision
def deny(request: HttpRequest, claim: int) -> HttpResponse:
    claimed = own_claim(request, claim)
    form = reason_form(request, "deny", thing=claim, language=claimed.by.language)
    listing = own(request, claimed.initiative.public_id)
    return decide(request, listing, form, lambda words: claimed.deny(by=request.user, reason=words))


@decision
def revoke(request: HttpRequest, claim: int) -> HttpResponse:
    claimed = own_claim(request, claim)
    form = reason_form(request, "revoke", thing=claim, language=claimed.by.language)
    deed = said(request, _("The claim is revoked."), lambda words: claimed.revoke(by=request.user, reason=words))
    return decide(request, own(request, claimed.initiative.public_id), form, deed)


def own_claim(request: HttpRequest, claim: int) -> Claim:
    return get_object_or_404(Claim.objects.curated_by(request.user).select_related("initiative", "by"), pk=claim)
