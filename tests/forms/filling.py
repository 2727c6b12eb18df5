"""Forms as people send them: what they do not see is sent along, and they took a minute."""

import time
from uuid import uuid4

from django.core import signing

from initiatives.forms.guards import GuardedForm, OnceForm


def filled(kind: type[OnceForm], **said: str) -> dict[str, str]:
    """What a browser sends of a form with these answers; of a GuardedForm with its time."""
    unseen = {"key": uuid4().hex}
    if issubclass(kind, GuardedForm):
        unseen |= {"opened": opened(kind), "subject_line": ""}
    return unseen | said


def opened(kind: type[GuardedForm], seconds_ago: float = 60) -> str:
    return signing.dumps(time.time() - seconds_ago, salt=f"opened:{kind.__qualname__}")
