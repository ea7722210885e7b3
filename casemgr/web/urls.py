"""Addresses of the pages of the work."""

from django.urls import path

from casemgr.web.views import case_page, docket_page, element_page, home

urlpatterns = [
    path("", home, name="home"),
    path("cases/", docket_page, name="docket-page"),
    path("cases/<str:key>/", case_page, name="case-page"),
    path("cases/<str:key>/elements/<path:code>/", element_page, name="element-page"),
]
