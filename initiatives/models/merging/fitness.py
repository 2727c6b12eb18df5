"""Which two listings may become one."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from initiatives.models.choices import ReviewState
from initiatives.models.initiative import MISSION_LENGTH, Initiative
from initiatives.models.merging.choosing import AWAY
from initiatives.models.refusals import IllegalDeed

# A twin that still waits at the desk is published on its way, so that its address leads on too.
MERGEABLE = (ReviewState.PUBLISHED, ReviewState.SUBMITTED)


def refuse_unfit(kept: Initiative, away: Initiative, choices: Mapping[str, str]) -> None:
    if kept.review_state != ReviewState.PUBLISHED:
        raise IllegalDeed(_("“%(name)s” is not published: only a published listing can be kept.") % {"name": kept})
    if away.review_state not in MERGEABLE:
        raise IllegalDeed(
            _("“%(name)s” is %(state)s and cannot be merged.")
            % {"name": away, "state": ReviewState(away.review_state).label.lower()}
        )
    if kept.listing_kind != away.listing_kind:
        raise IllegalDeed(_("An initiative and a platform cannot be one listing."))
    if kept.is_sample != away.is_sample:
        raise IllegalDeed(_("A sample and a real listing are never one."))
    if choices.get("texts") == AWAY and not kept.source and len(away.mission) > MISSION_LENGTH:
        raise IllegalDeed(
            _("The sentence of “%(name)s” is too long to be taken over: %(most)d characters are the most.")
            % {"name": away, "most": MISSION_LENGTH}
        )
