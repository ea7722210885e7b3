"""Whatever number is shown, the docket that it leads to lists just so many cases."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access.words import Role
from casemgr.dashboard.figures import Dashboard, Figure, Table, dashboard_of
from casemgr.dashboard.history import history_of, week_ends
from casemgr.docketing.narrow import cases_asked_for
from casemgr.docketing.page import read_docket_page
from casemgr.docketing.query import DocketQuery
from casemgr.models import Case
from tests.access.factories import MarkingFactory, TeamFactory, UserFactory, member
from tests.casemgr.dashboard.office import TODAY, office, stood
from tests.casemgr.factories import a_case

pytestmark = pytest.mark.django_db


def figures(shown: Dashboard) -> Iterator[tuple[str, Figure]]:
    for line in shown.headlines:
        yield line.label, line.figures[0]
    for name in ("now", "stages", "grades", "ageing", "deadlines", "workload"):
        for line in getattr(shown, name).lines:
            for place, figure in enumerate(line.figures):
                yield f"{name} / {line.label} / {place}", figure


def by_line(table: Table) -> dict[str, list[int]]:
    return {line.label: [figure.cases for figure in line.figures] for line in table.lines}


def dashboard(user, address: str = "", weeks: int = 13) -> Dashboard:
    return dashboard_of(user, DocketQuery.read_text(address), TODAY, weeks)


@pytest.mark.parametrize("address", ["", "authority=small-list", "authority=other", "team={team}"])
def test_each_figure_is_the_number_of_cases_in_its_docket(address) -> None:
    team, manager = office()
    shown = dashboard(manager, address.format(team=team.key))
    wrong = {}
    for name, figure in figures(shown):
        page = read_docket_page(manager, DocketQuery.read_text(figure.query), TODAY)
        if not page.page.paginator.count == len(page.cases) == figure.cases:
            wrong[name] = (figure, page.page.paginator.count, len(page.cases))
    assert wrong == {}
    assert any(figure.cases for _, figure in figures(shown)) is (address != "authority=other")


def test_the_headlines_count_open_cases() -> None:
    _, manager = office()
    assert {line.label: line.figures[0].cases for line in dashboard(manager).headlines} == {
        "open cases": 7,
        "ready for decision": 1,
        "overdue": 2,
        "with a serious or fatal flag": 3,
        "over 90 days in their stage": 2,
        "led by nobody": 1,
        "never assessed": 4,
    }


def test_cases_stand_in_the_past_where_they_stood_then() -> None:
    _, manager = office()
    cases = cases_asked_for(manager, DocketQuery(), TODAY)
    days = [TODAY - timedelta(days=back) for back in (400, 150, 101, 100, 65, 20, 10, 0)]
    past = history_of(cases, days)
    stages = {each.value: each.counts for each in past.stages}
    assert stages["draft"] == (0, 3, 4, 3, 4, 2, 2, 3)
    assert stages["ready-for-decision"] == (0, 0, 0, 1, 1, 0, 0, 1)
    assert stages["legal-review"] == (0, 0, 0, 0, 0, 2, 1, 1)
    assert stages["evidence-building"] == (0, 0, 0, 0, 0, 2, 3, 2)
    assert past.totals == (0, 3, 4, 4, 5, 6, 6, 7)


def test_a_grade_holds_until_the_next_and_only_while_the_case_is_open() -> None:
    _, manager = office()
    days = [TODAY - timedelta(days=back) for back in (91, 90, 21, 20, 9, 2, 0)]
    past = history_of(cases_asked_for(manager, DocketQuery(), TODAY), days)
    grades = {each.value: each.counts for each in past.grades}
    # DONE was graded adequate 90 days ago and decided 20 days ago.
    assert grades["adequate"] == (0, 1, 1, 0, 0, 0, 0)
    # LATE: contestable, then weak.
    assert grades["contestable"] == (0, 0, 0, 0, 1, 0, 0)
    assert grades["weak"][4:6] == (0, 1)
    assert [sum(each) for each in zip(*grades.values(), strict=True)] == list(past.totals)


def test_ageing_counts_whole_days_in_the_stage() -> None:
    _, manager = office()
    assert by_line(dashboard(manager).ageing) == {
        "draft": [1, 0, 0, 0, 2, 3],
        "evidence building": [0, 1, 1, 0, 0, 2],
        "legal review": [0, 1, 0, 0, 0, 1],
        "ready for decision": [1, 0, 0, 0, 0, 1],
        "delisting review": [0, 0, 0, 0, 0, 0],
    }


def test_deadlines_leave_out_what_is_decided() -> None:
    _, manager = office()
    lines = by_line(dashboard(manager).deadlines)
    assert {label: counts[0] for label, counts in lines.items()} == {
        "overdue": 2,
        "within 7 days": 1,
        "in 8 to 30 days": 1,
        "in 31 to 90 days": 1,
        "later": 1,
        "nothing due": 1,
    }


def test_the_workload_names_who_leads_and_who_works_on_what() -> None:
    _, manager = office()
    lines = by_line(dashboard(manager).workload)
    assert list(lines) == ["Ana Adams", "Bob Brown", "nobody"]
    assert [counts[0] for counts in lines.values()] == [3, 3, 1]
    assert lines["Ana Adams"][1] == 2
    assert lines["Bob Brown"][3] == 4  # leads three, and LATE has an element of his


def test_what_one_may_not_see_is_in_no_figure() -> None:
    _, manager = office()
    MarkingFactory(code="SECRET")
    Case.objects.filter(key__in=("SLOW", "DONE")).update(markings=["SECRET"])
    shown = dashboard(manager)
    assert shown.headlines[0].figures[0].cases == 6
    assert max(each.cases for line in shown.stages.lines for each in line.figures) <= 6
    stranger = member(TeamFactory(), Role.MANAGER)
    assert not any(figure.cases for _, figure in figures(dashboard(stranger)))
    cleared = UserFactory(auditor=True, cleared_markings=["SECRET"])
    assert dashboard(cleared).headlines[0].figures[0].cases == 8


def test_the_days_are_a_week_apart_and_end_today() -> None:
    days = week_ends(TODAY, 4)
    assert days[-1] == TODAY
    assert {(later - day).days for day, later in pairwise(days)} == {7}
    assert len(days) == 5


def test_its_queries_do_not_grow_with_cases_or_days() -> None:
    team, manager = office()
    manager.standings()
    with CaptureQueriesContext(connection) as few:
        dashboard(manager, weeks=4)
    for number in range(10):
        stood(a_case(team), ("draft", number), ("legal-review", 0))
    with CaptureQueriesContext(connection) as many:
        dashboard(manager, weeks=52)
    assert len(many) == len(few) <= 8
    with CaptureQueriesContext(connection) as again:
        dashboard(manager, weeks=52)
    assert len(again) <= len(few)
