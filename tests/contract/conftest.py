"""Without throttles: they have tests of their own."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _unthrottled(settings: Any) -> None:
    rates = dict.fromkeys(settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"])
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": rates}
