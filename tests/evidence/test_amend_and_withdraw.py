"""Changing what is said of an item, and taking it out of the record."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from access.revision import StaleRevisionError
from designations.clock import today
from designations.days import PartialDate
from evidence.actions import amend, attach_exhibit, withdraw
from evidence.models import EvidenceItem
from tests.evidence.streams import of_bytes

BY = {"actor": "system:test", "reason": "a correction"}


def test_a_change_counts_the_revision_up_and_names_the_fields(item: EvidenceItem) -> None:
    amended = amend(item, 1, summary="better", dated=PartialDate.parse("2026"), **BY)

    assert (amended.summary, str(amended.dated), amended.revision) == ("better", "2026", 2)
    assert EvidenceItem.objects.get().summary == "better"
    event = item.custody.last()
    assert event.kind == "amended"
    assert event.detail == {"fields": ["dated_on", "dated_on_precision", "summary"]}


def test_of_two_authors_the_second_is_told(item: EvidenceItem) -> None:
    amend(item, 1, summary="first", **BY)

    with pytest.raises(StaleRevisionError):
        amend(item, 1, summary="second", **BY)

    assert EvidenceItem.objects.get().summary == "first"
    assert item.custody.filter(kind="amended").count() == 1


def test_a_change_to_what_already_stands_changes_nothing(item: EvidenceItem) -> None:
    assert amend(item, 1, summary=item.summary, **BY).revision == 1
    assert not item.custody.filter(kind="amended").exists()

    with pytest.raises(StaleRevisionError):
        amend(item, 2, summary=item.summary, **BY)


def test_an_item_with_exhibits_cannot_become_a_reference(item: EvidenceItem) -> None:
    attach_exhibit(item, of_bytes(b"page"), "page.txt", **BY)

    with pytest.raises(ValidationError, match="Report a spill"):
        amend(item, item.revision, classified_reference="TF-1", **BY)


def test_a_withdrawn_item_leaves_the_record_on_its_day(item: EvidenceItem) -> None:
    assert item in EvidenceItem.objects.present_on(today())

    withdrawn = withdraw(item, 1, **BY)

    assert withdrawn.withdrawn == PartialDate.of(today())
    assert withdrawn.withdrawn_why == "a correction"
    assert item not in EvidenceItem.objects.present_on(today())


def test_an_item_is_withdrawn_once(item: EvidenceItem) -> None:
    withdraw(item, 1, **BY)

    with pytest.raises(ValidationError, match="was withdrawn on"):
        withdraw(item, 2, **BY)


@pytest.mark.parametrize(
    ("entered", "dated", "on_31_march", "on_1_april"),
    [
        ("2026-04-01", None, False, True),
        (None, "2026-04-01", False, True),
        ("2026-04-01", "2020", False, True),
        ("2026-03", None, True, True),
        ("2026", None, False, False),
        (None, None, True, True),
    ],
)
def test_presence_follows_the_day_of_entry_else_the_date_else_always(
    item: EvidenceItem, entered: str, dated: str, on_31_march: bool, on_1_april: bool
) -> None:
    item.entered = PartialDate.parse(entered) if entered else None
    item.dated = PartialDate.parse(dated) if dated else None
    item.save()

    present = EvidenceItem.objects.present_on
    assert present(date(2026, 3, 31)).exists() is on_31_march
    assert present(date(2026, 4, 1)).exists() is on_1_april
