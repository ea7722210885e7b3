"""As-of: corrections end rows and add rows, so an earlier day can be read again."""

from datetime import date, timedelta

import pytest

from casemgr.actions.findings import Wording, write_finding
from casemgr.actions.links import end_link
from casemgr.actions.treatment import answer_consideration
from casemgr.apa.assess import assess
from casemgr.assemble import record_of
from casemgr.models import ConsiderationAnswer, FindingRevision, Link
from casemgr.words import AnswerState
from tests.casemgr.factories import a_case, element_of, linked, people

pytestmark = pytest.mark.django_db

FIRST, SECOND = date(2026, 3, 1), date(2026, 3, 10)
BETWEEN = FIRST + timedelta(days=3)


@pytest.fixture
def on(monkeypatch):
    def travel(day):
        for module in ("links", "treatment", "findings"):
            monkeypatch.setattr(f"casemgr.actions.{module}.decision_day", lambda: day)

    return travel


def test_an_ended_link_counts_on_the_days_it_held(on):
    case = a_case()
    on(FIRST)
    link = linked(case, "L-1")
    on(SECOND)
    end_link(link, actor=people(case.team)[0], reason="another entity")

    def supports(day):
        report = assess(record_of(case, day))
        return next(row.supports for row in report.elements if row.code == "L-1")

    assert supports(FIRST - timedelta(days=1)) == ()
    assert supports(BETWEEN) == (link.item.key,)
    assert supports(SECOND) == ()
    assert Link.objects.count() == 1


def test_an_earlier_wording_stands_on_an_earlier_day(on):
    case = a_case()
    counsel = people(case.team)[1]
    on(FIRST)
    first = Wording(text="First wording.")
    write_finding(element_of(case, "L-1"), first, actor=counsel, reason="draft")
    on(SECOND)
    second = Wording(text="Second wording.")
    write_finding(element_of(case, "L-1"), second, actor=counsel, reason="better", expected=1)

    def wording(day):
        return [finding.text for finding in record_of(case, day).case.findings]

    assert wording(FIRST - timedelta(days=1)) == []
    assert wording(BETWEEN) == ["First wording."]
    assert wording(SECOND) == ["Second wording."]
    assert FindingRevision.objects.count() == 2


def test_an_earlier_answer_stands_on_an_earlier_day(on):
    case = a_case()
    counsel = people(case.team)[1]
    pin = case.pins.get()
    for day, text in ((FIRST, "First."), (SECOND, "Second.")):
        on(day)
        answer_consideration(
            pin,
            pin.version.considerations.get(),
            AnswerState.ANSWERED,
            text,
            actor=counsel,
            reason="weighed",
        )
    assert [row.text for row in record_of(case, BETWEEN).case.answers] == ["First."]
    assert [row.text for row in record_of(case, SECOND).case.answers] == ["Second."]
    assert ConsiderationAnswer.objects.live().count() == 1
