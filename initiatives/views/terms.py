"""What one agrees to, and what is known about whom: in plain words."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from initiatives.tasks.retention import DECIDED_KEPT, INVITATIONS_KEPT, STRANGERS_KEPT


@login_not_required
@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    return render(request, "terms/terms.html", {"operator": settings.OPERATOR})


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    kept = {"decided": DECIDED_KEPT.days, "invited": INVITATIONS_KEPT.days, "strangers": STRANGERS_KEPT.days}
    return render(request, "terms/privacy.html", {"operator": settings.OPERATOR, "kept": kept})
