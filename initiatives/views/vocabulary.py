"""Domains, licences and tags: what they mean, and who works in them, under them, with them."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from initiatives.models import City, Domain, Initiative, Licence, ProtectionClass, Tag
from initiatives.views.charts import founded_chart
from initiatives.views.lists import shelf
from initiatives.views.pictures import groups_among


@login_not_required
@require_safe
def domains(request: HttpRequest) -> HttpResponse:
    return render(request, "vocabulary/domains.html", {"domains": Domain.objects.with_counts()})


@login_not_required
@require_safe
def domain(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Domain, slug=slug)
    here = Initiative.objects.published().in_domains([slug])
    context = {
        "domain": found,
        "shelf": shelf(here, domain=slug),
        "cities": City.objects.counting(here)[:12],
        "groups": groups_among(here),
        "chart": founded_chart(here),
    }
    return render(request, "vocabulary/domain.html", context)


@login_not_required
@require_safe
def licences(request: HttpRequest) -> HttpResponse:
    by_class: dict[str, list[Licence]] = {}
    for each in Licence.objects.with_counts():
        by_class.setdefault(each.protection, []).append(each)
    classes = [(each, by_class.get(each.code, [])) for each in ProtectionClass.objects.all()]
    return render(request, "vocabulary/licences.html", {"classes": classes})


@login_not_required
@require_safe
def licence(request: HttpRequest, spdx_id: str) -> HttpResponse:
    found = get_object_or_404(Licence, spdx_id=spdx_id)
    context = {
        "licence": found,
        "protection": get_object_or_404(ProtectionClass, code=found.protection),
        "shelf": shelf(Initiative.objects.published().under_licence(spdx_id), protection=found.protection),
        "alike": Licence.objects.protecting_like(found),
    }
    return render(request, "vocabulary/licence.html", context)


@login_not_required
@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Tag.objects.public().with_synonyms(), slug=slug)
    if found.synonym_of:
        return redirect(found.synonym_of)
    here = Initiative.objects.published().tagged([slug])
    context = {"tag": found, "shelf": shelf(here, tag=slug), "groups": groups_among(here)}
    return render(request, "vocabulary/tag.html", context)


@login_not_required
@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    return render(request, "vocabulary/tags.html", {"tags": Tag.most_used()})
