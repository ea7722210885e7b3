"""Bytes of a provider that are on their way while the team takes the delivery up come too late."""

import io
import threading
import time
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction

from access.words import Role
from evidence.actions import TakenUpError, add_source, attach_exhibit, withdraw
from evidence.actions.deliveries import STATEMENT, accept, deliver
from evidence.actions.portals import open_portal
from evidence.actions.uploads import add_bytes, begin_upload
from evidence.models import Delivery, Exhibit, Upload
from tests.access.factories import member
from tests.evidence.conftest import BY
from tests.evidence.portals import key_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def delivery(team) -> Delivery:
    """A report that came through a portal and that nobody has looked at."""
    source = add_source(name="A provider", role="affected-party", **BY)
    portal = open_portal("A provider", team, source, **BY)
    token, _ = key_of(portal.account)
    return deliver(portal, token, b"{}", kind="press-report", summary="As it came.")


def accepted(delivery: Delivery, analyst) -> None:
    accept(delivery, actor=analyst)


def withdrawn(delivery: Delivery, _analyst) -> None:
    withdraw(delivery.item, delivery.item.revision, **BY)


def in_one(delivery: Delivery) -> None:
    attach_exhibit(delivery.item, io.BytesIO(b"late"), "late.txt", **sent_by(delivery))


def in_pieces(delivery: Delivery) -> None:
    upload = Upload.objects.get()
    add_bytes(upload, io.BytesIO(b"late"), 0, actor=delivery.portal.account)


def sent_by(delivery: Delivery) -> dict:
    return {"actor": delivery.portal.account, "reason": "delivered"}


@pytest.mark.parametrize("take_up", [accepted, withdrawn])
@pytest.mark.parametrize("send", [in_one, in_pieces])
def test_what_arrives_while_it_is_taken_up_is_not_attached(
    delivery, team, take_up: Callable, send: Callable
) -> None:
    begin_upload(delivery.item, "late.txt", 4, **sent_by(delivery))
    analyst = member(team, Role.ANALYST)
    came: list[Exception | None] = []

    def sending() -> None:
        try:
            send(delivery)
            came.append(None)
        except ValidationError as error:
            came.append(error)
        finally:
            connections["default"].close()

    thread = threading.Thread(target=sending)
    with transaction.atomic():
        take_up(delivery, analyst)
        thread.start()
        wait_until_one_waits()
        assert thread.is_alive()
    thread.join(20)

    assert [type(each) for each in came] == [TakenUpError]
    assert [each.filename for each in Exhibit.objects.all()] == [STATEMENT]


def test_what_was_there_first_is_attached_and_then_it_is_taken_up(delivery, team) -> None:
    in_one(delivery)
    accepted(delivery, member(team, Role.ANALYST))
    assert Exhibit.objects.filter(filename="late.txt").exists()
    with pytest.raises(TakenUpError, match="Deliver what is new as a delivery of its own"):
        attach_exhibit(delivery.item, io.BytesIO(b"later"), "later.txt", **sent_by(delivery))


def test_the_team_itself_goes_on_adding(delivery, team) -> None:
    analyst = member(team, Role.ANALYST)
    accepted(delivery, analyst)
    attach_exhibit(delivery.item, io.BytesIO(b"ours"), "ours.txt", actor=analyst, reason="found")
    assert Exhibit.objects.filter(filename="ours.txt").exists()


def wait_until_one_waits() -> None:
    """Return once a session of this database waits for a lock."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid())"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("nobody waited")
