"""Django's admin, for the vocabulary and for rescue: administrators alone, with their second factor.

What has a page of its own is done there. Here the vocabulary is kept, a fact of a listing is mended past its forms, and
what is written down for good is read.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csp import csp_override

from initiatives.models import (
    Appointment,
    City,
    Claim,
    Domain,
    HistoryEvent,
    Initiative,
    Licence,
    Merge,
    ProtectionClass,
    ReviewEvent,
    Source,
    Stewardship,
    Tag,
    User,
)
from initiatives.views.bounds import for_administrators, has_second_factor

# Its scripts and styles are files of this site; nothing is inline.
WITH_ADMIN = settings.SECURE_CSP | {"script-src": [CSP.SELF], "connect-src": [CSP.SELF]}


class RescueSite(admin.AdminSite):
    site_header = _("Commons Directory: vocabulary and rescue")
    site_title = _("Commons Directory")
    index_title = _("Vocabulary and rescue")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        person = request.user
        return person.is_active and person.is_authenticated and person.is_administrator and has_second_factor(request)

    def admin_view(self, view: Callable, cacheable: bool = False) -> Callable:
        return for_administrators(csp_override(WITH_ADMIN)(super().admin_view(view, cacheable)))

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Nobody has a password to type here."""
        return redirect_to_login(request.GET.get("next", ""))

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        raise Http404


RescueSite.login = login_not_required(RescueSite.login)
site = RescueSite(name="admin")


class Kept(admin.ModelAdmin):
    """Who may come in may keep it: there are no finer permissions here than the role."""

    show_full_result_count = False
    list_per_page = 50

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    has_add_permission = has_module_permission
    has_change_permission = has_view_permission

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What others point at is merged or ended on pages that know of it."""
        return False


class Read(Kept):
    """What is written down for good, or changed by deeds alone."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Domain, Licence, ProtectionClass, Source, site=site)
class VocabularyAdmin(Kept):
    pass


@admin.register(City, site=site)
class CityAdmin(Kept):
    list_display = ("name", "country", "region", "slug")
    list_filter = ("country",)
    search_fields = ("name", "slug")
    readonly_fields = ("sort_key",)


@admin.register(Tag, site=site)
class TagAdmin(Kept):
    list_display = ("name", "synonym_of")
    search_fields = ("name",)
    raw_id_fields = ("synonym_of",)


@admin.register(Initiative, site=site)
class InitiativeAdmin(Kept):
    """Facts alone: how it stands in the review, and whose it is, only deeds change."""

    list_display = ("name", "city", "review_state", "status", "source")
    list_filter = ("review_state", "status", "source", "is_sample")
    list_select_related = ("city",)
    search_fields = ("name", "public_id")
    fields = ("public_id", "review_state", "name", "nickname", "listing_kind", "primary_url", "urls", "mission")
    fields += ("description", "language", "status", "city", "country", "geographic_scope", "source", "source_id")
    readonly_fields = ("public_id", "review_state", "source", "source_id")
    raw_id_fields = ("city",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(User, site=site)
class UserAdmin(Kept):
    """To close an account that is misused."""

    list_display = ("name", "email", "is_active", "joined_at")
    search_fields = ("name", "email")
    fields = ("name", "email", "language", "is_active", "joined_at")
    readonly_fields = ("email", "joined_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Appointment, ReviewEvent, HistoryEvent, Merge, Stewardship, site=site)
class RecordAdmin(Read):
    pass


@admin.register(Claim, site=site)
class ClaimAdmin(Read):
    list_display = ("initiative", "state", "at", "decided_at")
    exclude = ("evidence", "evidence_url")
