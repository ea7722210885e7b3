"""Addresses of people and tokens under /api/v1/."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from access.api.people import MarkingViewSet, MeView, TeamViewSet
from access.api.tokens import TokenViewSet

router = SimpleRouter(trailing_slash=False)
router.register("tokens", TokenViewSet, basename="token")
router.register("teams", TeamViewSet, basename="team")
router.register("markings", MarkingViewSet, basename="marking")

urlpatterns = [path("me", MeView.as_view(), name="me"), *router.urls]
