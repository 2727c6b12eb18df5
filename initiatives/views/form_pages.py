"""What pages with a form have in common: which methods they answer, what was sent, and 422 where something is wrong."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

form_page = require_http_methods(["GET", "HEAD", "POST"])


def posted(request: HttpRequest) -> QueryDict | None:
    """Nothing while the page is only read. A sending without a single field is one too, and is told what it lacks."""
    return request.POST if request.method == "POST" else None


def page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """`form` in the context: the one that was sent, or is to be."""
    return render(request, template, context, status=422 if context["form"].errors else 200)
