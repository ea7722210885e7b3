"""A docket into the database and out again is the same docket."""

from pathlib import Path

import pytest

from access.words import Role
from casemgr.actions.import_docket import store_docket
from casemgr.apa.assess import assess_all
from casemgr.assemble import records_of
from casemgr.clock import decision_day
from casemgr.docket import read_docket, records, write_docket
from casemgr.export import docket_of
from casemgr.models import Case, Finding, Package, Signature
from casemgr.reassess.assess import assess_case
from casemgr.signoff import SignOff, sign_offs
from designations.actions import load_library
from tests.access.factories import TeamFactory, member

DEMONSTRATION = next(Path("casemgr/demo").glob("*.yaml"))

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored():
    load_library()
    docket = read_docket(DEMONSTRATION)
    team = TeamFactory()
    actor = member(team, Role.COUNSEL)
    store_docket(docket, team, actor)
    return docket, team, actor


def all_cases():
    return list(Case.objects.order_by("pk"))


def test_what_comes_out_is_what_went_in(stored):
    docket, _, _ = stored
    assert docket_of(all_cases()) == docket


def test_the_file_written_from_it_is_the_same_bytes_again(stored):
    written = write_docket(docket_of(all_cases()))
    assert write_docket(read_docket(written)) == written


def test_importing_it_again_changes_nothing(stored):
    docket, team, actor = stored
    again = store_docket(docket, team, actor)
    assert (again.cases_added, again.items_added, again.docket_file) == ((), (), None)
    assert set(again.cases_unchanged) == {case.key for case in docket.cases}


def test_one_case_comes_out_with_what_it_rests_on_and_no_more(stored):
    docket, _, _ = stored
    case = next(case for case in docket.cases if case.links)
    out = docket_of([Case.objects.get(key=case.key)])
    assert [each.key for each in out.cases] == [case.key]
    keys = {item.key for item in out.evidence}
    assert {link.item for link in case.links} <= keys
    assert {d.item for item in out.evidence for d in item.derived_from if d.item} <= keys


def test_rows_and_file_give_the_same_reports(stored):
    docket, _, _ = stored
    from_rows = assess_all(records_of(all_cases()))
    from_file = assess_all(records(docket, today=decision_day()))
    assert from_rows == from_file


def test_rows_and_file_agree_on_an_earlier_day(stored):
    from datetime import date

    docket, _, _ = stored
    day = date(2026, 3, 26)
    from_rows = assess_all(records_of(all_cases(), day))
    assert from_rows == assess_all(records(docket, as_of=day))


def test_findings_come_in_as_unsigned_drafts(stored):
    assert not Signature.objects.exists()
    for case in all_cases():
        assert set(sign_offs(case).values()) <= {SignOff.UNSIGNED}
    assert Finding.objects.filter(author=stored[2]).count() == Finding.objects.count()


def test_packages_hold_their_cases(stored):
    docket, _, _ = stored
    for package in docket.packages:
        held = Package.objects.get(key=package.key).cases.values_list("key", flat=True)
        assert set(held) == set(package.cases)


@pytest.mark.django_db(transaction=True)
def test_a_case_rests_on_the_current_grade_of_another(stored):
    docket, _, _ = stored
    resting = [case for case in docket.cases if case.depends_on]
    assert resting, "the demonstration has cases that rest on others"
    for case in docket.cases:
        assess_case(case.key)
    for case in resting:
        assess_case(case.key)
    of_file = records(docket, today=decision_day())
    expected = {report.docket: report for report in assess_all(of_file)}
    for case in resting:
        stored_report = assess_case(case.key)
        assert stored_report.input_digest == expected[case.key].input_digest
        assert stored_report.grade == expected[case.key].grade
