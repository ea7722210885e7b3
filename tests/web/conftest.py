"""The readers of the pages and what they read."""

import pytest

from access.models import Team
from casemgr.models import Case
from designations.actions import load_authority
from designations.models import AuthorityVersion, Origin
from tests.access.factories import TeamFactory
from tests.standing import STANDING
from tests.web.desk import assessed, law, stored_case


def pytest_itemcollected(item: pytest.Item) -> None:
    """Storing and assessing the case is slow, so it stands while the next tests read it too."""
    if "standing_case" in getattr(item, "fixturenames", ()):
        item.add_marker(pytest.mark.begins_with.with_args(assessed_case))


def assessed_case() -> Case:
    """The case of docket.yaml, assessed, and its team."""
    team = TeamFactory()
    case = assessed(stored_case(team))
    case.team = team
    return case


@pytest.fixture
def standing_case(db: None) -> Case:
    """The assessed case, as it stands in the database."""
    made: Case = STANDING.copy()
    return made


@pytest.fixture
def team(request: pytest.FixtureRequest, db: None) -> Team:
    """A team; that of the case where there is one."""
    if "standing_case" in request.fixturenames:
        case: Case = request.getfixturevalue("standing_case")
        return case.team
    made: Team = TeamFactory()
    return made


@pytest.fixture
def case(standing_case: Case) -> Case:
    """An assessed case of the team."""
    return standing_case


@pytest.fixture
def version(db: None) -> AuthorityVersion:
    """A version in the library."""
    return load_authority(law(), Origin.LIBRARY, actor="system:test", reason="test").version
