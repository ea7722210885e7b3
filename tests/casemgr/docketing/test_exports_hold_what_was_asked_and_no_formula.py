"""CSV and XLSX of the docket: every case that fits, typed, stamped, and inert."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from access.words import Role
from casemgr.clock import decision_day
from casemgr.docketing import export
from casemgr.docketing.export import as_csv, exported_rows, write_workbook
from casemgr.docketing.narrow import cases_asked_for, ordered
from casemgr.docketing.query import DocketQuery
from casemgr.docketing.rows import COLUMNS
from casemgr.models import Case
from casemgr.work_product import HANDLING
from tests.access.factories import TeamFactory, member
from tests.casemgr.factories import a_case

pytestmark = pytest.mark.django_db
TODAY = decision_day()
DANGEROUS = ("=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1")


@pytest.fixture
def team():
    return TeamFactory()


def rows(user, address=""):
    asked = DocketQuery.read_text(address)
    return exported_rows(ordered(cases_asked_for(user, asked, TODAY), asked, TODAY), TODAY)


def workbook(user, address=""):
    out = BytesIO()
    number = write_workbook(rows(user, address), "all cases", out)
    sheet = load_workbook(BytesIO(out.getvalue()))["Docket"]
    return number, list(sheet.iter_rows())


@pytest.mark.parametrize("title", DANGEROUS)
def test_no_cell_of_the_csv_begins_like_a_formula(team, title) -> None:
    a_case(team, title=title)
    text = "".join(as_csv(rows(member(team, Role.MANAGER))))
    lines = list(csv.reader(StringIO(text, newline="")))
    assert lines[0] == [HANDLING]
    assert tuple(lines[1]) == COLUMNS
    assert lines[2][COLUMNS.index("title")] == f"'{title}"


@pytest.mark.parametrize("title", DANGEROUS)
def test_text_in_the_workbook_is_text(team, title) -> None:
    a_case(team, title=title)
    number, sheet = workbook(member(team, Role.MANAGER))
    cell = sheet[3][COLUMNS.index("title")]
    assert number == 1
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.value.lstrip() == title.lstrip()


def test_days_and_numbers_keep_their_type(team) -> None:
    case = a_case(team)
    Case.objects.filter(pk=case.pk).update(target_decision_on=TODAY + timedelta(days=3))
    _, sheet = workbook(member(team, Role.MANAGER))
    assert sheet[0][0].value == HANDLING
    assert [cell.value for cell in sheet[2]] == list(COLUMNS)
    values = dict(zip(COLUMNS, [cell.value for cell in sheet[3]], strict=True))
    assert values["next_deadline"].date() == TODAY + timedelta(days=3)
    assert values["opened_on"].date() == TODAY
    assert values["days_in_stage"] == 0
    assert values["fatal_flags"] == 0
    assert values["stage_since"].date() == TODAY


def test_a_character_that_no_workbook_can_hold_is_replaced(team) -> None:
    a_case(team, title="a\x0bb\x1f")
    _, sheet = workbook(member(team, Role.MANAGER))
    assert sheet[3][COLUMNS.index("title")].value == "a\ufffdb\ufffd"


def test_it_holds_all_that_fits_in_the_order_shown(team) -> None:
    for key in ("A-1", "A-2", "B-1"):
        a_case(team, key=key)
    a_case()
    user = member(team, Role.MANAGER)
    assert [row.case for row in rows(user, "q=A-&sort=-key")] == ["A-2", "A-1"]
    assert workbook(user)[0] == 3


def test_queries_grow_with_hundreds_of_cases_and_not_with_each(team, monkeypatch) -> None:
    for _ in range(3):
        a_case(team)
    user = member(team, Role.MANAGER)
    user.standings()
    with CaptureQueriesContext(connection) as few:
        list(rows(user))
    for _ in range(6):
        a_case(team)
    with CaptureQueriesContext(connection) as many:
        list(rows(user))
    assert len(many) == len(few)
    monkeypatch.setattr(export, "TOGETHER", 3)
    assert len(list(rows(user))) == 9
