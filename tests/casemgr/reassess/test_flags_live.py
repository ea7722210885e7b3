"""A flag is raised on a day, cleared on a day, and may be raised again."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from casemgr.actions.flags import dispose_flag
from casemgr.actions.links import end_link
from casemgr.models import Case, DispositionState, TrackedFlag
from casemgr.reassess.assess import assess_case
from tests.casemgr.factories import a_case, linked, people

pytestmark = pytest.mark.django_db(transaction=True)

FIRST, SECOND, THIRD = date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3)


@pytest.fixture
def on(monkeypatch):
    def travel(day):
        monkeypatch.setattr("casemgr.reassess.flags.decision_day", lambda: day)

    return travel


def no_evidence(case, code="L-1"):
    return TrackedFlag.objects.get(case=case, element_code=code, doctrine="no-evidence")


def test_it_is_raised_cleared_and_raised_again(on):
    case = a_case()
    on(FIRST)
    assess_case(case.key)
    assert no_evidence(case).cleared_on is None
    on(SECOND)
    link = linked(case, "L-1")
    assess_case(case.key)
    assert no_evidence(case).cleared_on == SECOND
    on(THIRD)
    end_link(link, actor=people(case.team)[0], reason="it was another entity")
    assess_case(case.key)
    flag = no_evidence(case)
    assert (flag.first_raised_on, flag.raised_on, flag.cleared_on) == (FIRST, THIRD, None)


def test_it_keeps_its_day_while_it_stays(on):
    case = a_case()
    on(FIRST)
    assess_case(case.key)
    on(THIRD)
    linked(case, "L-2")
    assess_case(case.key)
    assert no_evidence(case).raised_on == FIRST


def oldest(case, day=THIRD):
    return Case.objects.with_oldest_serious_flag(day).get(pk=case.pk).oldest_serious_flag


def test_the_oldest_unresolved_one_is_what_managers_see(on):
    case = a_case()
    on(FIRST)
    assess_case(case.key)
    seen = oldest(case)
    assert seen["raised_on"] == FIRST.isoformat()
    assert seen["severity"] in ("fatal", "serious")


def test_an_accepted_risk_is_no_longer_unresolved_until_the_element_changes(on):
    case = a_case()
    on(FIRST)
    assess_case(case.key)
    flag = no_evidence(case)
    _, counsel, _ = people(case.team)
    dispose_flag(flag, DispositionState.ACCEPTED_RISK, "L-1 will be dropped", actor=counsel)
    today = flag.dispositions.get().entered_on
    unresolved = TrackedFlag.objects.filter(case=case).unresolved().undisposed(today)
    assert flag not in unresolved
    TrackedFlag.objects.filter(pk=flag.pk).update(element_digest="f" * 64)
    assert flag in TrackedFlag.objects.filter(case=case).unresolved().undisposed(today)


def test_being_cured_is_still_there(on):
    case = a_case()
    on(FIRST)
    assess_case(case.key)
    flag = no_evidence(case)
    dispose_flag(
        flag, DispositionState.BEING_CURED, "asked the registry", actor=people(case.team)[1]
    )
    today = flag.dispositions.get().entered_on
    assert flag in TrackedFlag.objects.unresolved().undisposed(today)


def test_a_second_word_ends_the_first():
    case = a_case()
    assess_case(case.key)
    flag = no_evidence(case)
    _, counsel, _ = people(case.team)
    dispose_flag(flag, DispositionState.BEING_CURED, "asked the registry", actor=counsel)
    dispose_flag(flag, DispositionState.DISPUTED, "the registry answered", actor=counsel)
    assert [row.state for row in flag.dispositions.live()] == ["disputed"]
    assert flag.dispositions.count() == 2


def test_a_word_without_a_reason_is_refused():
    case = a_case()
    assess_case(case.key)
    with pytest.raises(ValidationError, match="Say why"):
        dispose_flag(no_evidence(case), DispositionState.DISPUTED, " ", actor=people(case.team)[1])
