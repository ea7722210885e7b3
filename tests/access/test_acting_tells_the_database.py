"""Actor, reason and request are known to the database for the transaction, and no longer."""

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from access.actor import acting, current_request_id
from tests.access.factories import UserFactory


def told() -> tuple[str, str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('casemgr.actor', true), ''),"
            " coalesce(current_setting('casemgr.reason', true), ''),"
            " coalesce(current_setting('casemgr.request', true), '')"
        )
        return cursor.fetchone()


@pytest.mark.django_db
def test_it_names_actor_reason_and_request() -> None:
    user = UserFactory()
    with transaction.atomic(), acting(user, "Filed late", "request-1"):
        assert told() == (user.key, "Filed late", "request-1")


@pytest.mark.django_db
def test_the_request_being_served_is_known_without_being_told() -> None:
    token = current_request_id.set("request-2")
    try:
        with transaction.atomic(), acting("system:sweep", "Sweep"):
            assert told() == ("system:sweep", "Sweep", "request-2")
    finally:
        current_request_id.reset(token)


@pytest.mark.django_db
def test_an_inner_action_returns_to_the_outer_one() -> None:
    with transaction.atomic(), acting("system:outer", "Outer", "r"):
        with acting("system:inner", "Inner", "r"):
            assert told()[0] == "system:inner"
        assert told() == ("system:outer", "Outer", "r")


@pytest.mark.django_db
def test_what_is_undone_takes_its_author_along() -> None:
    with transaction.atomic(), acting("system:outer", "Outer", "r"):
        with pytest.raises(RuntimeError), transaction.atomic(), acting("system:inner", "Inner"):
            raise RuntimeError
        assert told()[0] == "system:outer"


@pytest.mark.django_db(transaction=True)
def test_it_ends_with_the_transaction() -> None:
    with transaction.atomic(), acting("system:test", "Test"):
        pass
    assert told() == ("", "", "")


@pytest.mark.django_db(transaction=True)
def test_it_refuses_to_be_used_outside_a_transaction() -> None:
    with (
        pytest.raises(TransactionManagementError, match=r"inside transaction\.atomic"),
        acting("system:test", "Test"),
    ):
        pass


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("actor", "reason"), [("", "why"), (" ", "why"), ("who", ""), ("who", " ")]
)
def test_it_needs_someone_and_a_reason(actor, reason) -> None:
    with pytest.raises(ValueError, match="needs a"), acting(actor, reason):
        pass
