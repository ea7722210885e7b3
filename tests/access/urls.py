"""The addresses of the access app, with the notes of tests/access/notes.py beside them."""

from django.contrib import admin
from django.urls import include, path
from rest_framework.routers import SimpleRouter

from tests.access.notes import NoteViewSet

router = SimpleRouter(trailing_slash=False)
router.register("notes", NoteViewSet, basename="note")

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("access.urls")),
    path("api/v1/", include("access.api.urls")),
    path("api/v1/", include(router.urls)),
]

handler404 = "access.api.errors.not_found"
handler500 = "access.api.errors.server_error"
