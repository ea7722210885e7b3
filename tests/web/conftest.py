"""The readers of the pages and what they read."""

import pytest

from access.models import Team
from casemgr.models import Case
from designations.actions import load_authority
from designations.models import AuthorityVersion, Origin
from tests.access.factories import TeamFactory
from tests.web.desk import assessed, law, stored_case


@pytest.fixture
def team(db: None) -> Team:
    """A team."""
    made: Team = TeamFactory()
    return made


@pytest.fixture
def case(team: Team) -> Case:
    """An assessed case of the team."""
    return assessed(stored_case(team))


@pytest.fixture
def version(db: None) -> AuthorityVersion:
    """A version in the library."""
    return load_authority(law(), Origin.LIBRARY, actor="system:test", reason="test").version
