from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [
    path("", include("initiatives.urls.machine")),
    *i18n_patterns(path("", include("initiatives.urls")), prefix_default_language=False),
]
