"""The chain of custody grows and never changes."""

import pytest
from django.db import connection, transaction

from access.models import User
from evidence.actions import record_custody
from evidence.models import CustodyEvent, CustodyKind, EvidenceItem


@pytest.fixture
def event(item: EvidenceItem, analyst: User) -> CustodyEvent:
    return record_custody(item, CustodyKind.VERIFIED, actor=analyst, reason="yearly check")


@pytest.mark.parametrize("change", ["why = 'another'", "actor_id = NULL", "at = now()"])
def test_an_entry_cannot_be_changed(event: CustodyEvent, change: str) -> None:
    with (
        pytest.raises(Exception, match="Cannot update or delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"UPDATE evidence_custodyevent SET {change} WHERE id = %s",  # noqa: S608 - as above
            [event.pk],
        )


def test_an_entry_cannot_be_removed(event: CustodyEvent) -> None:
    with pytest.raises(Exception, match="Cannot update or delete"), transaction.atomic():
        CustodyEvent.objects.filter(pk=event.pk).delete()


def test_its_time_is_the_databases(item: EvidenceItem) -> None:
    from datetime import UTC, datetime

    event = CustodyEvent.objects.create(
        item=item, kind="viewed", why="a test", at=datetime(2020, 1, 1, tzinfo=UTC)
    )

    event.refresh_from_db()
    assert event.at.year >= 2026


def test_every_entry_says_why(item: EvidenceItem) -> None:
    with pytest.raises(Exception, match="why_present"), transaction.atomic():
        CustodyEvent.objects.create(item=item, kind="viewed", why=" ")


def test_entries_stand_in_the_order_they_were_made(item: EvidenceItem, analyst: User) -> None:
    for kind in (CustodyKind.VERIFIED, CustodyKind.SHARED):
        record_custody(item, kind, actor=analyst, reason="a test")

    assert [event.kind for event in item.custody.all()] == ["logged", "verified", "shared"]
