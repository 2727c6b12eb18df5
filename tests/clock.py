"""Time that passes in a test."""

from datetime import timedelta

import pytest
from django.utils import timezone


def pass_by(monkeypatch: pytest.MonkeyPatch, time: timedelta) -> None:
    moment = timezone.now() + time
    monkeypatch.setattr(timezone, "now", lambda: moment)
