"""The world the API is asked about, without throttles: they have tests of their own."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.world import World, build
from tests.standing import STANDING


@pytest.fixture(autouse=True)
def _unthrottled(settings: Any) -> Iterator[None]:
    rates = dict.fromkeys(settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"])
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": rates}
    yield


def pytest_itemcollected(item: pytest.Item) -> None:
    """Building the world is slow, so it stands while the next tests ask about it too.

    Tests of each store build it there, and those that commit build their own.
    """
    names = getattr(item, "fixturenames", ())
    mark = item.get_closest_marker("django_db")
    commits = mark is not None and mark.kwargs.get("transaction")
    if "world" in names and "each_store" not in names and not commits:
        item.add_marker(pytest.mark.begins_with.with_args(build))


@pytest.fixture
def world(request: pytest.FixtureRequest, db: None) -> World:
    """Two teams, their people, and a case with one of everything."""
    if request.node.get_closest_marker("begins_with"):
        standing: World = STANDING.copy()
        return standing
    return build()
