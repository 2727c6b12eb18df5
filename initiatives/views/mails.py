"""“Never write to me again”: the link in every mail to somebody who may not have asked for it."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from initiatives.models import MailAddress
from initiatives.models.addresses import refused_digest
from initiatives.views.form_pages import form_page

ALLOW = "allow"


# Mail programs press the button for people (RFC 8058): without a cookie, so without a token. The signed address of the
# page is what allows it.
@login_not_required
@csrf_exempt
@form_page
def refuse(request: HttpRequest, token: str) -> HttpResponse:
    known_as = refused_digest(token)
    if known_as is None:
        raise Http404
    if request.method != "POST":
        return render(request, "mails/refuse.html", {"is_refused": MailAddress.objects.refuses(known_as)})
    if request.POST.get("say") == ALLOW:
        MailAddress.objects.allow_again(known_as)
    else:
        MailAddress.objects.refuse(known_as)
    return redirect(request.path)
