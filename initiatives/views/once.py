"""A form that is sent twice is done once, and both sendings lead to the same page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseRedirect

from initiatives.forms.guards import OnceForm
from initiatives.models import OneTimeKey


def once(request: HttpRequest, form: OnceForm, deed: Callable[[], str]) -> HttpResponseRedirect:
    """`deed` does it and answers the address of the page to go to, at most 500 characters. It runs in a transaction;
    what it raises, such as `IllegalMove`, comes through, and the form can be sent again."""
    key = form.one_time_key(request.user.pk)
    return HttpResponseRedirect(OneTimeKey.objects.once(key, deed))
