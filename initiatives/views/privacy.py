"""What belongs to somebody who has signed in: to take away, and to take out."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from initiatives.models import IllegalDeed
from initiatives.models.privacy import erase, own_data
from initiatives.models.privacy.erasing import left_alone_by
from initiatives.views.bounds import freshly_confirmed
from initiatives.views.form_pages import form_page


@never_cache
@freshly_confirmed
@require_safe
def account_data(request: HttpRequest) -> HttpResponse:
    response = JsonResponse(own_data(request.user), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="own-data.json"'
    return response


@never_cache
@freshly_confirmed
@form_page
def account_erase(request: HttpRequest) -> HttpResponse:
    refusal = ""
    if request.method == "POST":
        try:
            erase(request.user)
        except IllegalDeed as why:
            refusal = str(why)
        else:
            logout(request)
            messages.success(request, _("Your account is closed, and what belonged to you is gone."))
            return redirect("home")
    context = {"left_alone": left_alone_by(request.user), "refusal": refusal}
    return render(request, "accounts/erase.html", context, status=409 if refusal else 200)
