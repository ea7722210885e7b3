"""People, teams and tokens for tests, with traits in the words of the domain."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from rest_framework.test import APIClient

from access.actions import issue_token
from access.models import ApiToken, Marking, Membership, Team, User
from access.words import SCOPES_OF_PEOPLE, Role, Scope

PASSWORD = "correct horse battery staple"


class TeamFactory(factory.django.DjangoModelFactory):
    """A team."""

    class Meta:
        model = Team

    name = factory.Sequence(lambda n: f"Team {n}")


class UserFactory(factory.django.DjangoModelFactory):
    """A person without any role; the traits give the standings of the whole site."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        auditor = factory.Trait(is_auditor=True)
        administrator = factory.Trait(is_administrator=True, is_staff=True)
        superuser = factory.Trait(is_superuser=True, is_staff=True)

    username = factory.Sequence(lambda n: f"person{n}")
    password = factory.django.Password(PASSWORD)


class MarkingFactory(factory.django.DjangoModelFactory):
    """A handling marking."""

    class Meta:
        model = Marking

    code = factory.Sequence(lambda n: f"MARK-{n}")
    title = factory.LazyAttribute(lambda marking: f"Marking {marking.code}")


def member(team: Team, *roles: Role, **traits: Any) -> User:
    """A person who holds ``roles`` in ``team``."""
    user = UserFactory(**traits)
    for role in roles:
        Membership.objects.create(user=user, team=team, role=role)
    return user


def token_for(
    user: User, *scopes: Scope, team: Team | None = None, days: float = 1
) -> tuple[ApiToken, str]:
    """A live token of ``user`` with its value; all scopes when none is named."""
    return issue_token(
        user,
        "test",
        scopes or SCOPES_OF_PEOPLE,
        timezone.now() + timedelta(days=days),
        actor=user,
        reason="test",
        team=team,
    )


def client_with(value: str) -> APIClient:
    """A client that sends this token value."""
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {value}")
    return client


def client_of(user: User, *scopes: Scope, team: Team | None = None) -> APIClient:
    """A client that acts as ``user`` by a token."""
    return client_with(token_for(user, *scopes, team=team)[1])
