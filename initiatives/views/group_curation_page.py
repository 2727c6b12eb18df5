"""The page on which a group is curated: what there is, and a form or a button for each thing that may be done."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from initiatives.forms.group_curation import NameForm, PinForm, SplitForm, VerdictForm
from initiatives.models import Group, Membership, Placement, User, Verdict
from initiatives.models.overlaps import EventKind, may_judge
from initiatives.views.networks import pairs_in_words
from initiatives.views.pictures import GroupShown, shown

MOST_PAIRS = 40


def page(request: HttpRequest, group: Group, *, form: Any = None, status: int = 200) -> HttpResponse:
    user, (seen,) = request.user, shown([group])
    may_part = group.may_be_parted_by(user)

    def or_sent(fresh: Any) -> Any:
        return form if form and form.auto_id == fresh.auto_id else fresh

    initial = {f"name_{code}": text for code, text in group.given_labels.items()}
    context = {
        "group": seen,
        "form": form,
        "may_part": may_part,
        "name_form": or_sent(NameForm(initial=initial)),
        "split_form": or_sent(SplitForm(members=homes(group))),
        "pin_form": or_sent(PinForm(user=user)) if user.is_curator else None,
        "members": members(group, seen, user),
        "barred": [row for row in placed(group, "barred") if user.may_curate(row.initiative.city_id)],
        "pairs": [each | {"form": or_sent(each["form"])} for each in pairs(seen, user)],
        "verdicts": verdicts(seen, user),
        "is_by_hand": group.events.last_standing(EventKind.MADE_BY_HAND),
        "feedback": group.feedback.counts(),
    }
    return render(request, "overlaps/curate.html", context, status=status)


def placed(group: Group, kind: str) -> list[Placement]:
    return [row for row in group.placements.select_related("initiative__city") if row.kind == kind]


def members(group: Group, seen: GroupShown, user: User) -> list[dict[str, Any]]:
    """Their own first: a group may have forty others."""
    pinned = {row.initiative_id for row in placed(group, "pinned")}
    found = [
        {
            "initiative": each.initiative,
            "is_pinned": each.initiative_id in pinned,
            "is_own": user.may_curate(each.initiative.city_id),
        }
        for each in seen.members
    ]
    return sorted(found, key=lambda each: not each["is_own"])


def pairs(seen: GroupShown, user: User) -> list[dict[str, Any]]:
    """The strongest of which nobody has said anything yet."""
    judged = {(row.a_id, row.b_id) for row in _verdicts(seen)}
    mine = [each for each in pairs_in_words(seen) if may_judge(user, each.pair.a, each.pair.b)]
    return [
        {
            "pair": each.pair,
            "reasons": each.reasons[:2],
            "form": VerdictForm(initial={"verdict": each.pair.kind}, one=each.pair.a, other=each.pair.b),
        }
        for each in mine
        if (each.pair.a_id, each.pair.b_id) not in judged
    ][:MOST_PAIRS]


def verdicts(seen: GroupShown, user: User) -> list[Verdict]:
    """What people said of its members and others, which can be taken back."""
    return [row for row in _verdicts(seen) if may_judge(user, row.a, row.b)]


def _verdicts(seen: GroupShown) -> list[Verdict]:
    found = Verdict.objects.with_any(each.initiative_id for each in seen.members)
    return list(found.select_related("a", "b").order_by("-at"))


def homes(group: Group) -> list[int]:
    return list(Membership.objects.public().main().in_groups([group]).values_list("initiative", flat=True))
