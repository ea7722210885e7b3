"""A team with people in it and the shipped law."""

from datetime import date

import pytest

from access.words import Role
from casemgr.seeding.plan import Plan
from designations.actions import load_library
from tests.access.factories import TeamFactory, member

DAY = date(2026, 4, 1)


@pytest.fixture
def team(db):
    load_library()
    team = TeamFactory()
    for role in (Role.ANALYST, Role.COUNSEL):
        member(team, role)
    return team


@pytest.fixture
def actor(team):
    return member(team, Role.MANAGER)


@pytest.fixture
def plan():
    return Plan(cases=60, links=700, seed=7, day=DAY)
