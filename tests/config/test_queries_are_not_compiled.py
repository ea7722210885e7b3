"""PostgreSQL's compiler pays for queries of minutes; a page has none."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_every_connection_leaves_it_off() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
