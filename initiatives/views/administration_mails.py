"""Mails that did not leave: an administrator sees to whom and why, not what they say."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from initiatives.models import Mail
from initiatives.views.bounds import for_administrators

MOST_SHOWN = 200


@for_administrators
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    stuck = Mail.objects.to_look_at()
    context = {"mails": stuck[:MOST_SHOWN], "total": stuck.count(), "scarce_until": Mail.objects.scarce_until()}
    return render(request, "mails/administration.html", context)


@for_administrators
@require_POST
def send_again(request: HttpRequest, key: int) -> HttpResponse:
    mail = get_object_or_404(Mail.objects.to_look_at(), pk=key)
    if mail.send_again():
        messages.success(request, _("The mail leaves within a minute."))
    else:
        messages.error(request, _("Whoever reads that address wants no mails from here, so it is not sent."))
    return redirect("administration-mails")


@for_administrators
@require_POST
def drop(request: HttpRequest, key: int) -> HttpResponse:
    get_object_or_404(Mail.objects.to_look_at(), pk=key).give_up()
    messages.success(request, _("The mail is not sent."))
    return redirect("administration-mails")
