"""Reasons about facts are about one designee: the same words on another are boilerplate."""

from datetime import date, timedelta

import pytest

from casemgr.actions.findings import Wording, write_finding
from casemgr.apa.assess import assess
from casemgr.assemble import record_of
from casemgr.models import Case, StaleMark
from casemgr.reassess.drain import drain_all
from tests.casemgr.factories import a_case, element_of, people

pytestmark = pytest.mark.django_db

TEXT = "The accounts were opened in bulk, which shows the conduct."


@pytest.fixture
def pair():
    """Two cases of one team on two designees."""
    first = a_case()
    return first, a_case(team=first.team, version=first.pins.get().version)


def found(case, text, **said):
    counsel = people(case.team)[1]
    write_finding(
        element_of(case, "L-1"), Wording(text=text), actor=counsel, reason="draft", **said
    )


def same_as(case, day=None):
    return [place for each in record_of(case, day).case.findings for place in each.same_as]


def test_the_same_words_on_another_designee_are_named_on_both(pair):
    first, second = pair
    found(first, TEXT)
    found(second, TEXT.replace(" in bulk", "\n  IN BULK"))
    assert same_as(first) == [f"{second.key}/L-1"]
    assert same_as(second) == [f"{first.key}/L-1"]
    element = next(each for each in assess(record_of(first)).elements if each.code == "L-1")
    pasted = next(flag for flag in element.flags if flag.doctrine == "conclusory")
    assert f"the same text as on {second.key}/L-1" in pasted.statement


def test_on_one_designee_under_two_authorities_one_text_may_serve(pair):
    first, _ = pair
    again = a_case(team=first.team, version=first.pins.get().version, designee=first.designee)
    found(first, TEXT)
    found(again, TEXT)
    assert same_as(first) == []


def test_another_team_s_findings_are_not_named():
    first, second = a_case(), a_case()
    assert first.team != second.team
    found(first, TEXT)
    found(second, TEXT)
    assert same_as(first) == []


def test_a_rewritten_finding_is_the_same_on_earlier_days_only(pair, monkeypatch):
    first, second = pair
    early, late = date(2026, 3, 1), date(2026, 3, 10)
    monkeypatch.setattr("casemgr.actions.findings.decision_day", lambda: early)
    found(first, TEXT)
    found(second, TEXT)
    monkeypatch.setattr("casemgr.actions.findings.decision_day", lambda: late)
    found(second, "Reasons of its own.", expected=1)
    assert same_as(first) == []
    assert same_as(first, early + timedelta(days=2)) == [f"{second.key}/L-1"]


def test_writing_the_words_and_writing_others_marks_the_other_case(pair):
    first, second = pair

    def marked():
        StaleMark.objects.all().delete()
        drain_all()
        return set(Case.objects.filter(stale_marks__isnull=False).values_list("key", flat=True))

    found(first, TEXT)
    marked()
    found(second, TEXT)
    assert marked() == {first.key, second.key}
    found(second, "Reasons of its own.", expected=1)
    assert marked() == {first.key, second.key}
    found(second, "Better reasons of its own.", expected=2)
    assert marked() == {second.key}
