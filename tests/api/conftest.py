"""The world the API is asked about, without throttles: they have tests of their own."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.world import World, build


@pytest.fixture(autouse=True)
def _unthrottled(settings: Any) -> Iterator[None]:
    rates = dict.fromkeys(settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"])
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": rates}
    yield


@pytest.fixture
def world(db: None) -> World:
    """Two teams, their people, and a case with one of everything."""
    return build()
