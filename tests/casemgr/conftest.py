"""Cases are tested on a real database, with the law of one small list."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Without the token table of the package whose model ours replaces.

    No model speaks for it, so Django would not empty it with the others and could not empty the
    table of people that it refers to.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS knox_authtoken")
    yield
