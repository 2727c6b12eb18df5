"""Who else does what I do? Asked without an account, answered while one types, and kept nowhere."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters

from initiatives.drawing.badge import pair_badge
from initiatives.forms.find_peers import FindPeersForm
from initiatives.models import City, Initiative
from initiatives.models.finding import FoundPeer, find_peers
from initiatives.models.meaning import nearest_in_meaning
from initiatives.models.telling import Book
from initiatives.overlap.values import Listing
from initiatives.views.form_pages import form_page
from initiatives.views.limits import limited
from initiatives.views.peers import MOST_REASONS, Peer, Peers, other_language, speaks_another, town
from initiatives.views.pictures import GroupShown, groups_of

MOST_FOUND = 24
# It is asked at every pause in typing: thirty people at a workshop who each try for ten minutes stay below.
MOST_ASKED = 1_500  # in an hour, from one network
MOST_GROUPS = 3
# Below this many peers it is told too whose texts mean something near, although no reason can be named: one sentence
# has few words to share.
FEW, MOST_ALIKE = 4, 5
PAGE = "find_peers/find_peers.html"
# The one page with a script: it may ask this site, and nobody else.
WITH_SCRIPT = settings.SECURE_CSP | {"script-src": [CSP.SELF], "connect-src": [CSP.SELF]}


@dataclass(frozen=True, slots=True)
class Answer:
    peers: Peers
    city: City | None
    groups: list[dict[str, Any]]  # see components/groups_beside.html
    alike: list[Initiative]


# What somebody writes here is in no address, no cache, no log and no error report. Readers have no cookie, so no token
# either; none is needed where a POST changes nothing.
@login_not_required
@csrf_exempt
@sensitive_post_parameters()
@csp_override(WITH_SCRIPT)
@form_page
@limited("find-peers", most=MOST_ASKED)
def find(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, PAGE, {"form": FindPeersForm.prefilled(request.GET)})
    form = FindPeersForm(request.POST)
    is_part = is_asked_by_script(request)
    context = {"form": form, "answer": answer(form) if form.can_be_answered else None, "is_part": is_part}
    template = f"{PAGE}#answers" if is_part else PAGE
    response = render(request, template, context, status=200 if form.is_valid() else 422)
    add_never_cache_headers(response)
    return response


def is_asked_by_script(request: HttpRequest) -> bool:
    """Which needs the answers alone: see static/js/answer_while_typing.js."""
    return request.headers.get("X-Requested-With") == "fetch"


def answer(form: FindPeersForm) -> Answer:
    asked = form.asked()
    found = find_peers(asked, most=MOST_FOUND)
    book = Book.of(reason for each in found for reason in each.reasons)
    groups = groups_of([each.initiative for each in found])
    family = form.domain_chosen.family if form.domain_chosen else ""
    peers = Peers()
    for each in found:
        reasons = book.with_asker(each.reasons, (asked.language, each.initiative.lang))[:MOST_REASONS]
        peer = Peer(
            each.initiative,
            pair_badge(family, each.family, each.score),
            _place(each, asked.language),
            reasons,
            group=groups.get(each.initiative.pk),
            speaks_another=speaks_another(each.initiative, than=asked.language),
        )
        peers.add(peer, kind=each.kind, here=asked.city)
    alike = _alike(asked, found) if len(peers) < FEW else []
    return Answer(peers, form.city, _groups_among(groups.values()), alike)


def _alike(asked: Listing, found: Iterable[FoundPeer]) -> list[Initiative]:
    besides = Initiative.objects.published().with_keys([each.initiative.pk for each in found])
    return nearest_in_meaning(f"{asked.mission} {asked.description}", besides=besides, most=MOST_ALIKE)


def _place(found: FoundPeer, language: str) -> str:
    """“Bologna, in Italian”."""
    return ", ".join((*town(found.initiative), *other_language(found.initiative, than=language)))


def _groups_among(groups: Iterable[GroupShown]) -> list[dict[str, Any]]:
    """The groups that most of those found belong to: how many of them, of how many members."""
    all_groups = list(groups)
    by_key = {each.group.pk: each for each in all_groups}
    most = Counter(each.group.pk for each in all_groups).most_common(MOST_GROUPS)
    return [
        {"group": by_key[pk], "share": _("%(some)s of %(all)s") % {"some": n, "all": by_key[pk].member_count}}
        for pk, n in most
    ]
