"""Every address of the service. Apps own their URLs; this file only says where they hang."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from config.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    path("admin/", admin.site.urls),
    path("", include("access.urls")),
    path("", include("designations.web.urls")),
    path("", include("evidence.web.urls")),
    path("", include("casemgr.web.urls")),
    path("api/v1/", include("access.api.urls")),
    # Before designations: a word of evidence stands where a designee's key does.
    path("api/v1/", include("evidence.api.urls")),
    path("api/v1/", include("designations.api.urls")),
    path("api/v1/", include("casemgr.api.urls")),
    # The document describes the API and holds no data, so it is open; the API itself is not.
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="schema"),
    path(
        "api/v1/docs/",
        SpectacularSwaggerSplitView.as_view(url_name="schema", template_name="api_docs.html"),
        name="docs",
    ),
]

handler400 = "access.api.errors.bad_request"
handler403 = "access.api.errors.refused"
handler404 = "access.api.errors.not_found"
handler500 = "access.api.errors.server_error"
