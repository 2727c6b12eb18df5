from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from initiatives import urls
from initiatives.admin import site

handler400 = "initiatives.views.errors.bad_request"
handler403 = "initiatives.views.errors.forbidden"
handler404 = "initiatives.views.errors.not_found"
handler500 = "initiatives.views.errors.broken"

urlpatterns = [
    *urls.machine,
    path("admin/", site.urls),
    *i18n_patterns(path("", include([*urls.deeds, *urls.pages])), prefix_default_language=False),
]
