"""Two teams, their people, and items to work on."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from access.actions import add_member, clear_markings, create_account, create_team
from access.models import Marking, Team, User
from access.words import Role
from evidence.actions import log_evidence
from evidence.models import EvidenceItem

BY = {"actor": "system:test", "reason": "a test"}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Without the token table of the package whose model ours replaces.

    No model speaks for it, so Django would not empty it with the others and could not empty the
    table of people that it refers to.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS knox_authtoken")
    yield


@pytest.fixture
def team(db: None) -> Team:
    return create_team("Desk one", **BY)


@pytest.fixture
def other_team(db: None) -> Team:
    return create_team("Desk two", **BY)


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    """Make a person: their name, the teams they work in, the markings they are cleared for."""

    def make(name: str, *teams: Team, markings: tuple[str, ...] = (), standing: str = "") -> User:
        user = create_account(name, f"a long password of {name}", standing=standing, **BY)
        for each in teams:
            add_member(each, user, Role.ANALYST, **BY)
        return clear_markings(user, markings, **BY) if markings else user

    return make


@pytest.fixture
def analyst(person: Callable[..., User], team: Team) -> User:
    return person("analyst", team)


@pytest.fixture
def markings(db: None) -> None:
    for code in ("CUI", "PROPIN"):
        Marking.objects.get_or_create(code=code, defaults={"title": code})


@pytest.fixture
def item(team: Team) -> EvidenceItem:
    return log_evidence(team, summary="what it says", **BY)


@pytest.fixture
def logged(team: Team) -> Callable[..., EvidenceItem]:
    """Log an item of the team."""

    def make(key: str = "", **stated: Any) -> EvidenceItem:
        if key:
            stated["key"] = key
        return log_evidence(stated.pop("owner_team", team), **stated, **BY)

    return make
