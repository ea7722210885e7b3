"""Whoever logs a name, a token or a query by its field name finds it withheld."""

import pytest

from config.settings.logs import withhold


@pytest.mark.parametrize(
    "field",
    ["username", "name", "email", "password", "token", "Authorization", "cookie", "query"],
)
def test_it_withholds(field: str) -> None:
    assert withhold(None, "info", {field: "Jane Doe", "status": 200}) == {
        field: "[withheld]",
        "status": 200,
    }
