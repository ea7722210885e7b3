"""Cases by stage and grade, the oldest serious flag, deadlines, and the rows behind them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access.words import Role
from casemgr.actions.cases import assign_element
from casemgr.actions.treatment import meet_prerequisite
from casemgr.clock import decision_day
from casemgr.docketing.rows import COLUMNS, csv_rows
from casemgr.models import Case
from casemgr.reassess.assess import assess_case
from casemgr.status import StatusFilter, status_of
from casemgr.words import StepState
from casemgr.work_product import HANDLING
from tests.access.factories import TeamFactory, member
from tests.casemgr.factories import a_case, element_of, linked, people

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def docket():
    team = TeamFactory()
    bare, supported, unassessed = (a_case(team, key=key) for key in ("BARE", "SUPPORTED", "NEW"))
    for code in ("L-1", "L-2"):
        linked(supported, code)
    for case in (bare, supported):
        assess_case(case.key)
    return team, member(team, Role.MANAGER), bare, supported, unassessed


def keys(status):
    return [row.case for row in status.rows]


def test_it_counts_by_stage_and_grade(docket):
    _, manager, *_ = docket
    status = status_of(manager)
    assert status.by_stage == {"draft": 3}
    assert status.by_grade["not-assessed"] == 1
    assert sum(status.by_grade.values()) == status.cases == 3
    assert status.by_stage_and_grade["draft"] == dict(status.by_grade)


def test_it_shows_only_what_the_user_sees(docket):
    a_case()
    _, manager, *_ = docket
    assert set(keys(status_of(manager))) == {"BARE", "SUPPORTED", "NEW"}


def test_the_case_with_the_oldest_serious_flag_comes_first(docket):
    _, manager, bare, *_ = docket
    bare.flags.update(first_raised_on=date(2020, 1, 1), raised_on=date(2020, 1, 1))
    status = status_of(manager, day=date(2020, 1, 11))
    assert keys(status)[0] == "BARE"
    assert status.rows[0].days_unresolved == 10
    assert status.oldest_serious_flag["case"] == "BARE"
    assert status.oldest_serious_flag["raised_on"] == "2020-01-01"


def test_the_next_deadline_is_the_first_of_targets_and_steps_due(docket):
    _, manager, bare, *_ = docket
    counsel = people(bare.team)[1]
    today = decision_day()
    Case.objects.filter(pk=bare.pk).update(target_decision_on=today + timedelta(days=30))
    pin = bare.pins.get()
    meet_prerequisite(
        pin,
        pin.version.prerequisites.get(code="P-1"),
        StepState.PENDING,
        due_on=today - timedelta(days=1),
        office="the committee",
        actor=counsel,
        reason="scheduled",
    )
    status = status_of(manager)
    deadlines = {row.case: row.next_deadline for row in status.rows}
    assert deadlines["BARE"] == today - timedelta(days=1)
    assert deadlines["SUPPORTED"] is None
    assert status.overdue == 1
    assert keys(status_of(manager, StatusFilter(due_before=today))) == ["BARE"]


def test_it_narrows(docket):
    team, manager, bare, supported, _ = docket
    analyst = people(team)[0]
    assign_element(element_of(bare, "L-1"), analyst, actor=manager, reason="yours")
    grade = supported.assessments.get().grade
    assert keys(status_of(manager, StatusFilter(grade="not-assessed"))) == ["NEW"]
    assert "SUPPORTED" in keys(status_of(manager, StatusFilter(grade=grade)))
    assert keys(status_of(manager, StatusFilter(assignee=analyst.key))) == ["BARE"]
    assert keys(status_of(manager, StatusFilter(stage="decided"))) == []
    assert len(keys(status_of(manager, StatusFilter(team=team.key)))) == 3
    assert len(keys(status_of(manager, StatusFilter(authority="small-list@2021")))) == 3
    assert keys(status_of(manager, StatusFilter(authority="small-list@1999"))) == []


def test_its_queries_do_not_grow_with_the_cases(docket):
    team, *_ = docket
    with CaptureQueriesContext(connection) as few:
        status_of(member(team, Role.MANAGER))
    for _ in range(4):
        assess_case(a_case(team).key)
    with CaptureQueriesContext(connection) as many:
        status_of(member(team, Role.MANAGER))
    assert len(many) == len(few)


def test_the_file_is_stamped_and_no_cell_is_a_formula(docket):
    _, manager, bare, *_ = docket
    Case.objects.filter(pk=bare.pk).update(title="=HYPERLINK(1)")
    lines = list(csv_rows(status_of(manager).rows))
    assert lines[0] == (HANDLING,)
    assert lines[1] == COLUMNS
    titles = [line[COLUMNS.index("title")] for line in lines[2:]]
    assert "'=HYPERLINK(1)" in titles
