"""“This is ours”: asking to keep a listing that somebody else made."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from initiatives.forms.stewards import ClaimForm, VisitorsClaimForm
from initiatives.models import IllegalMove, Initiative
from initiatives.views.form_pages import form_page
from initiatives.views.once import once

PAGE = "keep/claim.html"
# Where the words of somebody wait who has to sign in first.
WORDS = "claim"


@login_not_required
@never_cache
@sensitive_post_parameters()
@form_page
def claim(request: HttpRequest, public_id: str) -> HttpResponseBase:
    listing = get_object_or_404(Initiative.objects.published(), public_id=public_id)
    kind = ClaimForm if request.user.is_authenticated else VisitorsClaimForm
    if request.method != "POST":
        return render(request, PAGE, {"initiative": listing, "form": kind(initial=kept_words(request, listing))})
    form = kind(request.POST)
    if not form.is_valid():
        return render(request, PAGE, {"initiative": listing, "form": form}, status=422)
    if not request.user.is_authenticated:
        return sign_in_first(request, listing, form)
    try:
        return once(request, form, lambda: ask(request, listing, form))
    except IllegalMove as refused:
        form.add_error(None, str(refused))
        return render(request, PAGE, {"initiative": listing, "form": form}, status=409)


def ask(request: HttpRequest, listing: Initiative, form: ClaimForm) -> str:
    said = {name: form.cleaned_data[name] for name in ("evidence", "evidence_url")}
    listing.claim(by=request.user, **said)
    request.session.pop(WORDS, None)
    messages.success(request, _("An officer looks at your claim. The answer comes by mail, and stands here."))
    return reverse("my-listings")


def sign_in_first(request: HttpRequest, listing: Initiative, form: VisitorsClaimForm) -> HttpResponseBase:
    """What a program wrote is kept nowhere."""
    if not form.is_suspicious:
        words = {name: form.cleaned_data[name] for name in ("evidence", "evidence_url")}
        request.session[WORDS] = words | {"listing": listing.public_id}
    return redirect_to_login(request.path)


def kept_words(request: HttpRequest, listing: Initiative) -> dict[str, str]:
    """What they wrote before they signed in. Whoever comes without a session is not given one."""
    words = request.session.get(WORDS, {})
    return words if words.get("listing") == listing.public_id else {}
