"""The access app is tested on its own addresses, with a note as the thing that is scoped."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from rest_framework.test import APIClient

from access.middleware import RequestIdMiddleware
from access.models import Team
from tests.access.factories import TeamFactory
from tests.access.notes import Note


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here asks the addresses of tests/access/urls.py."""
    for item in items:
        if "tests/access" in str(item.path):
            item.add_marker(pytest.mark.urls("tests.access.urls"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Beside the tables of the product, the one of the notes."""
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.create_model(Note)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.delete_model(Note)


@pytest.fixture(autouse=True)
def _request_ids(settings: Any) -> None:
    """Requests have their ids, as in the running service."""
    name = f"{RequestIdMiddleware.__module__}.{RequestIdMiddleware.__qualname__}"
    if name not in settings.MIDDLEWARE:
        settings.MIDDLEWARE = [name, *settings.MIDDLEWARE]


@pytest.fixture
def team(db: None) -> Team:
    """A team."""
    made: Team = TeamFactory()
    return made


@pytest.fixture
def anonymous() -> APIClient:
    """A client that is not signed in."""
    return APIClient()
