"""Pages of accounts and of those who keep them, and what a problem's name means."""

from django.urls import include, path

from access.accounts import people
from access.pages import favicon, problem_page

urlpatterns = [
    path("accounts/", include("access.accounts.urls")),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invitation, name="people_invite"),
    path("people/<str:key>/", people.one, name="person"),
    path("people/<str:key>/<slug:act>/", people.act_on, name="person_act"),
    path("favicon.ico", favicon, name="favicon"),
    path("problems/<slug:slug>", problem_page, name="problem"),
]
