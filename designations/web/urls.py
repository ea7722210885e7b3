"""Addresses of the authority library's pages."""

from django.urls import path

from designations.web.views import library_page, version_page

urlpatterns = [
    path("library/", library_page, name="library-page"),
    path("library/<str:slug>/<str:label>/", version_page, name="library-version-page"),
]
