"""Addresses of the law and its targets under /api/v1/."""

from django.urls import path

from designations.api.paths import KeyRouter
from designations.api.views.authorities import (
    AuthorityViewSet,
    VerificationViewSet,
    VersionViewSet,
)
from designations.api.views.designees import DesigneeViewSet, StakeViewSet

router = KeyRouter()
router.register("authorities", AuthorityViewSet, basename="authority")
router.register("versions", VersionViewSet, basename="version")
router.register("versions/<key:name>/verifications", VerificationViewSet, basename="verification")
router.register("designees", DesigneeViewSet, basename="designee")
router.register("ownership", StakeViewSet, basename="ownership")

urlpatterns = [
    # Before the router: a version's name always holds an @.
    path(
        "versions/upcoming-changes",
        VersionViewSet.as_view({"get": "upcoming_changes"}, detail=False, pagination_class=None),
        name="version-upcoming-changes",
    ),
    *router.urls,
]
