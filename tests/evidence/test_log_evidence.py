"""Logging an item: what is stated is kept, what is not stated stays so."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from access.models import Team, User
from designations.clock import today
from designations.days import PartialDate, Period
from evidence.actions import import_evidence, log_evidence
from evidence.models import CustodyEvent, EvidenceItem
from evidence.words import EvidenceKind, Hand, Privilege

BY = {"actor": "system:test", "reason": "a test"}


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


def test_keeps_dates_with_the_precision_stated(team: Team) -> None:
    item = log_evidence(
        team,
        dated=day("2026-02"),
        occurred=Period(day("2025"), day("2025-12-03")),
        obtained=day("2026-02-03"),
        kind=EvidenceKind.PRESS_REPORT,
        hand=Hand.SECOND,
        **BY,
    )

    item = EvidenceItem.objects.get(pk=item.pk)
    assert str(item.dated) == "2026-02"
    assert item.dated_on.isoformat() == "2026-02-28"
    assert (str(item.occurred.start), str(item.occurred.end)) == ("2025", "2025-12-03")
    assert (item.occurred_start.isoformat(), item.occurred_end.isoformat()) == (
        "2025-01-01",
        "2025-12-03",
    )
    assert (item.kind, item.hand) == ("press-report", "second")


def test_what_is_not_stated_stays_so(item: EvidenceItem) -> None:
    stored = EvidenceItem.objects.get(pk=item.pk)

    assert stored.dated is stored.occurred is stored.withdrawn is None
    assert stored.summary_given is stored.graded is stored.credibility is None
    for field in ("hand", "reliability", "access", "privilege", "integrity", "translation"):
        assert getattr(stored, field) == ""


def test_enters_the_record_today(item: EvidenceItem) -> None:
    assert item.entered == PartialDate.of(today())


def test_an_earlier_day_of_entry_needs_a_reason(team: Team) -> None:
    yesterday = PartialDate.of(today() - timedelta(days=1))

    with pytest.raises(ValidationError, match="say why") as refusal:
        log_evidence(team, entered=yesterday, **BY)
    assert list(refusal.value.message_dict) == ["entered_why"]

    assert log_evidence(team, entered=yesterday, entered_why="by post", **BY).entered == yesterday


def test_a_day_of_entry_in_the_future_is_refused(team: Team) -> None:
    with pytest.raises(ValidationError, match="future"):
        log_evidence(team, entered=PartialDate.of(today() + timedelta(days=1)), **BY)


def test_an_import_states_its_own_days_or_none(team: Team) -> None:
    assert import_evidence(team, key="E-1", **BY).entered is None
    past = import_evidence(team, key="E-2", entered=day("2019"), withdrawn=day("2020-05"), **BY)
    assert (str(past.entered), str(past.withdrawn)) == ("2019", "2020-05")


def test_the_first_entry_of_custody_is_the_logging(analyst: User, team: Team) -> None:
    item = log_evidence(team, actor=analyst, reason="received by post")

    event = CustodyEvent.objects.get()
    assert (event.item, event.kind, event.actor) == (item, "logged", analyst)
    assert event.why == "received by post"


def test_a_marking_that_does_not_exist_is_refused(team: Team, markings: None) -> None:
    with pytest.raises(ValidationError, match="No such marking: SECRET"):
        log_evidence(team, markings=["CUI", "SECRET"], **BY)
    assert not EvidenceItem.objects.exists()


def test_nobody_hides_an_item_from_themselves(analyst: User, team: Team, markings: None) -> None:
    with pytest.raises(ValidationError, match="You are not cleared for CUI"):
        log_evidence(team, markings=["CUI"], actor=analyst, reason="received")


def test_a_reference_to_a_classified_original_takes_a_summary_but_no_text(team: Team) -> None:
    with pytest.raises(ValidationError, match="unclassified"):
        log_evidence(team, classified_reference="TF-1", text="verbatim", **BY)

    item = log_evidence(team, classified_reference="TF-1", summary="unclassified", **BY)
    assert item.classified_reference == "TF-1"


def test_a_privilege_of_none_differs_from_none_stated(
    logged: Callable[..., EvidenceItem],
) -> None:
    assert logged(privilege=Privilege.NONE).privilege == "none"
    assert logged().privilege == ""


def test_a_taken_key_is_refused(logged: Callable[..., EvidenceItem]) -> None:
    logged("E-1")
    logged("e-1")

    with pytest.raises(ValidationError, match="Key"):
        logged("E-1")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("hand", "fourth"),
        ("reliability", "G"),
        ("credibility", 7),
        ("kind", "rumor"),
        ("relative_to", "decision"),
    ],
)
def test_a_value_outside_its_list_is_refused(
    logged: Callable[..., EvidenceItem], field: str, value: object
) -> None:
    with pytest.raises(ValidationError):
        logged(**{field: value})


def test_a_field_that_does_not_exist_is_an_error(logged: Callable[..., EvidenceItem]) -> None:
    with pytest.raises(TypeError, match="no field 'sumary'"):
        logged(sumary="typo")
