"""A case of a team with an analyst, a counsel and a manager, assessed once."""

from dataclasses import dataclass

import pytest

from access.models import User
from access.words import Role
from casemgr.actions.tasks import NewTask, make_task
from casemgr.models import Case, Task, TrackedFlag
from tests.access.factories import TeamFactory, member
from tests.api.world import assessed
from tests.casemgr.factories import a_case
from tests.standing import STANDING


@dataclass
class Desk:
    """Whoever works on the case, and the case."""

    case: Case
    ana: User
    cora: User
    mona: User
    stranger: User

    def task(self, **stated) -> Task:
        """A task that counsel makes."""
        stated.setdefault("title", "Find a second origin")
        return make_task(self.case, NewTask(**stated), actor=self.cora, reason="a test")

    def flag(self) -> TrackedFlag:
        """One that the newest assessment raises on an element."""
        flags = TrackedFlag.objects.filter(case=self.case, cleared_on__isnull=True)
        return flags.exclude(element_code="").order_by("pk")[0]


def pytest_itemcollected(item: pytest.Item) -> None:
    """Assessing the case is slow, so the desk stands while the next tests work there too."""
    if "desk" in getattr(item, "fixturenames", ()):
        item.add_marker(pytest.mark.begins_with.with_args(furnished))


def furnished() -> Desk:
    """People of one team, one of another, and a case of the first."""
    team = TeamFactory(key="T-ONE", name="Desk one")
    people = [
        member(team, role, username=name, email=f"{name}@example.org")
        for name, role in (("ana", Role.ANALYST), ("cora", Role.COUNSEL), ("mona", Role.MANAGER))
    ]
    elsewhere = member(TeamFactory(), Role.ANALYST, username="otto", email="otto@example.org")
    case = a_case(team, key="C-1", actor=people[0], title="The secret title")
    assessed(case)
    return Desk(case, *people, elsewhere)


@pytest.fixture
def desk(db: None) -> Desk:
    """People of one team, one of another, and a case of the first."""
    made: Desk = STANDING.copy()
    return made
