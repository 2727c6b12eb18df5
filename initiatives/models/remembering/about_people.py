"""What became of those who keep a listing, ask to, or say something of it. Never who it was."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from initiatives.models.remembering.events import HistoryEvent, Move


def sentence(kind: str, event: HistoryEvent) -> str:
    """With `{who}` for whoever did it; nothing where there is nothing to tell."""
    return TELL[kind](event, {} if event.move == Move.REMOVED else event.became)


def _stewardship(event: HistoryEvent, _values: dict) -> str:
    if event.move == Move.MADE:
        return _("Somebody became a steward of it.")
    return _("Somebody is no longer a steward of it.") if event.move == Move.REMOVED else ""


def _invitation(event: HistoryEvent, values: dict) -> str:
    if event.move == Move.MADE:
        handing = values["kind"] == "hand_over"
        return _("{who} offered to hand it over.") if handing else _("{who} invited somebody to keep it too.")
    return {
        "accepted": _("{who} accepted an invitation."),
        "declined": _("{who} declined an invitation."),
        "withdrawn": _("{who} withdrew an invitation."),
    }.get(values.get("state", ""), "")


def _claim(event: HistoryEvent, values: dict) -> str:
    if event.move == Move.MADE:
        return _("{who} claimed it.")
    return {
        "approved": _("{who} approved a claim on it."),
        "denied": _("{who} denied a claim on it."),
        "revoked": _("{who} revoked a claim on it."),
    }.get(values.get("state", ""), "")


def _confirmation(event: HistoryEvent, values: dict) -> str:
    if event.move == Move.MADE and not values.get("answer"):
        return _("{who} asked whether it is still right.")
    return {
        "right": _("{who} confirmed that it is still right."),
        "change": _("{who} said that something has changed."),
        "stopped": _("{who} said that it has stopped."),
    }.get(values.get("answer", ""), "")


def _report(event: HistoryEvent, values: dict) -> str:
    if event.move == Move.MADE:
        return {
            "gone": _("{who} reported that it no longer exists."),
            "wrong": _("{who} reported that something in it is wrong."),
            "duplicate": _("{who} reported that it is listed twice."),
            "not_a_commons": _("{who} reported that it is not a commons."),
            "about_me": _("{who} asked for something about themselves to be removed."),
        }[values["kind"]]
    return {
        "resolved": _("{who} resolved a report."),
        "dismissed": _("{who} left it as it is after a report."),
    }.get(values.get("state", ""), "")


def _consent(event: HistoryEvent, _values: dict) -> str:
    return _("{who} agreed to the terms.") if event.move == Move.MADE else ""


TELL: dict[str, Callable[[HistoryEvent, dict], str]] = {
    "stewardship": _stewardship,
    "invitation": _invitation,
    "claim": _claim,
    "confirmation": _confirmation,
    "report": _report,
    "consent": _consent,
}
