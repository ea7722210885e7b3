"""What is asked in the address is what comes out, each filter by itself and with the others."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from access.words import Role
from casemgr.actions.cases import assign_element, open_package
from casemgr.actions.stage_moves import move_stage
from casemgr.clock import decision_day
from casemgr.docketing.page import CASES_A_PAGE, read_docket_page
from casemgr.docketing.query import SORTS, DocketQuery
from casemgr.models import Assessment, Case, Stage, StageSpell
from tests.access.factories import MarkingFactory, TeamFactory, member
from tests.casemgr.factories import DesigneeFactory, a_case, element_of, linked, people
from tests.web.desk import assessed

pytestmark = pytest.mark.django_db
TODAY = decision_day()


@pytest.fixture
def docket():
    team = TeamFactory(name="Alpha")
    lead = member(team, Role.ANALYST, last_name="Adams")
    bare = a_case(team, key="BARE", designee=DesigneeFactory(name="Zinc Works"), lead=lead)
    supported = a_case(team, key="SUPPORTED", designee=DesigneeFactory(name="Alum Works"))
    new = a_case(team, key="NEW", designee=DesigneeFactory(name="Młyn Ltd"))
    for code in ("L-1", "L-2"):
        linked(supported, code)
    for case in (bare, supported):
        assessed(case)
    counsel = people(team)[1]
    move_stage(supported, Stage.EVIDENCE_BUILDING, 1, actor=counsel, reason="begin")
    Case.objects.filter(pk=bare.pk).update(target_decision_on=TODAY - timedelta(days=1))
    Case.objects.filter(pk=new.pk).update(target_decision_on=TODAY + timedelta(days=7))
    StageSpell.objects.filter(case=bare).update(began_at=F("began_at") - timedelta(days=100))
    return member(team, Role.MANAGER), lead, bare, supported, new


def found(user, address: str) -> list[str]:
    page = read_docket_page(user, DocketQuery.read_text(address), TODAY)
    assert page.page.paginator.count == len(page.cases), "the count is that of the rows"
    return [case.key for case in page.cases]


@pytest.mark.parametrize(
    ("address", "keys"),
    [
        ("", ["BARE", "NEW", "SUPPORTED"]),
        ("stage=draft", ["BARE", "NEW"]),
        ("stage=draft&stage=evidence-building", ["BARE", "NEW", "SUPPORTED"]),
        ("stage=open", ["BARE", "NEW", "SUPPORTED"]),
        ("stage=decided", []),
        ("grade=not-assessed", ["NEW"]),
        ("grade=unsupported&grade=not-assessed", ["BARE", "NEW"]),
        ("authority=small-list", ["BARE", "NEW", "SUPPORTED"]),
        ("authority=small-list@1999", []),
        ("lead=nobody", ["NEW", "SUPPORTED"]),
        ("posture=none", []),
        ("flags=serious", ["BARE"]),
        ("flags=fatal", ["BARE"]),
        ("flags=advisory", ["BARE", "SUPPORTED"]),
        ("flags=none", ["NEW", "SUPPORTED"]),
        ("due=overdue", ["BARE"]),
        ("due=7", ["NEW"]),
        ("due=none", ["SUPPORTED"]),
        ("stuck=90", ["BARE"]),
        ("stuck=180", []),
        ("q=alum", ["SUPPORTED"]),
        ("q=MŁYN", ["NEW"]),
        ("q=bar", ["BARE"]),
        ("q=%25", []),
        ("stage=draft&due=overdue&flags=serious", ["BARE"]),
    ],
)
def test_each_filter_finds_its_cases(docket, address, keys) -> None:
    assert found(docket[0], address) == keys


def test_people_teams_and_packages_are_named_by_key(docket) -> None:
    manager, lead, bare, supported, _ = docket
    analyst = people(bare.team)[0]
    by = {"actor": manager, "reason": "planned"}
    assign_element(element_of(supported, "L-1"), analyst, **by)
    package = open_package("One rule", bare.team, **by)
    Case.objects.filter(pk=bare.pk).update(package=package)
    assert found(manager, f"lead={lead.key}") == ["BARE"]
    assert found(manager, f"person={analyst.key}") == ["SUPPORTED"]
    assert found(manager, f"package={package.key}") == ["BARE"]
    assert len(found(manager, f"team={bare.team.key}")) == 3
    assert found(manager, "team=T-NONE") == []


def test_days_bound_deadline_and_stage_from_both_sides(docket) -> None:
    manager = docket[0]
    yesterday, week = TODAY - timedelta(days=1), TODAY + timedelta(days=7)
    assert found(manager, f"due_from={yesterday}&due_to={yesterday}") == ["BARE"]
    assert found(manager, f"due_from={TODAY}&due_to={week}") == ["NEW"]
    assert found(manager, f"since_to={TODAY - timedelta(days=100)}") == ["BARE"]
    assert found(manager, f"since_to={TODAY - timedelta(days=101)}") == []
    assert found(manager, f"since_from={TODAY}") == ["NEW", "SUPPORTED"]


def test_an_earlier_day_is_read_as_it_was(docket) -> None:
    manager, _, bare, supported, _ = docket
    yesterday = TODAY - timedelta(days=1)
    assert found(manager, f"on={yesterday}&stage=open") == ["BARE"]
    moved = StageSpell.objects.filter(case=supported)
    moved.filter(stage="draft").update(began_at=StageSpell.objects.get(case=bare).began_at)
    assert found(manager, f"on={yesterday}&stage=draft") == ["BARE", "SUPPORTED"]
    assert found(manager, f"on={TODAY}&stage=evidence-building") == ["SUPPORTED"]
    newest = Assessment.objects.get(case=bare)
    newest.pk, newest.seq, newest._state.adding = None, 0, True
    newest.grade, newest.assessed_at = "strong", newest.assessed_at - timedelta(days=2)
    newest.save(force_insert=True)
    assert found(manager, f"on={yesterday}&grade=strong") == ["BARE"]
    assert found(manager, "grade=strong") == []
    assert found(manager, f"on={yesterday}&grade=not-assessed&stage=open") == ["SUPPORTED"]


@pytest.mark.parametrize(
    ("sort", "keys"),
    [
        ("-key", ["SUPPORTED", "NEW", "BARE"]),
        ("designee", ["SUPPORTED", "NEW", "BARE"]),
        ("-designee", ["BARE", "NEW", "SUPPORTED"]),
        ("stage", ["BARE", "NEW", "SUPPORTED"]),
        ("-stage", ["SUPPORTED", "BARE", "NEW"]),
        ("grade", ["BARE", "SUPPORTED", "NEW"]),
        ("-grade", ["SUPPORTED", "BARE", "NEW"]),
        ("due", ["BARE", "NEW", "SUPPORTED"]),
        ("-due", ["NEW", "BARE", "SUPPORTED"]),
        ("lead", ["BARE", "NEW", "SUPPORTED"]),
        ("flag", ["BARE", "NEW", "SUPPORTED"]),
        ("since", ["BARE", "NEW", "SUPPORTED"]),
    ],
)
def test_each_column_sorts_and_what_is_not_stated_comes_last(docket, sort, keys) -> None:
    assert found(docket[0], f"sort={sort}") == keys


def test_every_column_sorts_in_as_many_queries_whatever_the_cases(docket) -> None:
    manager = docket[0]

    def queries() -> dict[str, int]:
        made = {}
        for sort in SORTS:
            with CaptureQueriesContext(connection) as seen:
                read_docket_page(manager, DocketQuery(sort=sort, stage=("open",)), TODAY)
            made[sort] = len(seen)
        return made

    manager.standings()
    few = queries()
    for _ in range(4):
        assessed(a_case(docket[2].team))
    assert queries() == few
    assert set(few.values()) == {3}


def test_pages_turn_in_every_order_and_lose_no_case(docket) -> None:
    manager, _, bare, *_ = docket
    for number in range(CASES_A_PAGE):
        Case.objects.create(
            key=f"MORE-{number:03}", team=bare.team, designee=bare.designee, opened_on=TODAY
        )
    for sort in ("key", "due", "-grade"):
        pages = [
            read_docket_page(manager, DocketQuery(sort=sort, page=number), TODAY)
            for number in (1, 2, 3)
        ]
        assert [len(page.cases) for page in pages] == [CASES_A_PAGE, 3, 3]  # beyond: the last
        keys = [case.key for page in pages[:2] for case in page.cases]
        assert len(keys) == len(set(keys)) == CASES_A_PAGE + 3


def test_what_one_may_not_see_is_in_no_count(docket) -> None:
    manager, _, bare, *_ = docket
    a_case()
    MarkingFactory(code="SECRET")
    Case.objects.filter(pk=bare.pk).update(markings=["SECRET"])
    page = read_docket_page(manager, DocketQuery(), TODAY)
    assert page.all_stages == page.page.paginator.count == len(page.cases) == 2


def test_an_address_says_only_what_was_asked_and_reads_back_the_same() -> None:
    asked = DocketQuery(
        q="a & b",
        stage=("open", "decided"),
        due_from=date(2026, 1, 2),
        on=date(2026, 1, 1),
        sort="-due",
        page=3,
    )
    assert DocketQuery.read_text(asked.address(page=3)) == asked
    assert (
        asked.address(q="")
        == "stage=open&stage=decided&due_from=2026-01-02&on=2026-01-01&sort=-due"
    )
    assert asked.filters == "q=a+%26+b&stage=open&stage=decided&due_from=2026-01-02&on=2026-01-01"
    assert DocketQuery().address() == ""


@pytest.mark.parametrize(
    "address",
    ["stage=nonsense", "grade=%00", "page=-1", "page=9999999999", "on=2026-13-01", "sort=--key",
     "sort=password", "due=3000", "q=%00", "page=%C2%B2"],
)  # fmt: skip
def test_what_the_docket_does_not_know_is_not_asked(address) -> None:
    assert DocketQuery.read_text(address) == DocketQuery()
