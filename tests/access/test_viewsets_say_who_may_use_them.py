"""A viewset that leaves open who may use it does not import."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from rest_framework.decorators import action

from access.api.views import ScopedViewSet
from access.policy import Verb


def test_it_needs_a_resource_of_the_policy_table() -> None:
    with pytest.raises(ImproperlyConfigured, match="resource ''"):

        class Unnamed(ScopedViewSet):
            team_path = None

    with pytest.raises(ImproperlyConfigured, match="resource 'weather'"):

        class Unknown(ScopedViewSet):
            resource = "weather"
            team_path = None


def test_it_needs_the_way_to_its_team() -> None:
    with pytest.raises(ImproperlyConfigured, match="state team_path"):

        class Homeless(ScopedViewSet):
            resource = "case"


def test_it_needs_a_verb_for_every_further_action() -> None:
    with pytest.raises(ImproperlyConfigured, match="what closing does"):

        class Vague(ScopedViewSet):
            resource = "case"
            team_path = "team"

            @action(detail=True, methods=["post"])
            def closing(self, request):
                """Close."""


def test_it_imports_when_everything_is_said() -> None:
    class Stated(ScopedViewSet):
        resource = "case"
        team_path = "team"
        verbs = {"closing": Verb.ADVANCE}  # noqa: RUF012

        @action(detail=True, methods=["post"])
        def closing(self, request):
            """Close."""

    assert Stated.verbs["closing"] is Verb.ADVANCE
    assert Stated.verbs["list"] is Verb.READ
