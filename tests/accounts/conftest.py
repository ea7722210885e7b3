"""A team, and people who sign in as people do."""

import pytest

from access.models import Team, User
from access.words import Role
from tests.access.factories import TeamFactory, UserFactory, member


@pytest.fixture
def team(db: None) -> Team:
    """A team."""
    made: Team = TeamFactory()
    return made


@pytest.fixture
def analyst(team: Team) -> User:
    """Someone who works in the team."""
    return member(team, Role.ANALYST)


@pytest.fixture
def administrator(db: None) -> User:
    """Someone who keeps accounts."""
    made: User = UserFactory(administrator=True)
    return made
