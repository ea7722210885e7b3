"""The demonstration's accounts find work on their desks."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from access.demo import prepare
from access.models import User
from casemgr.models import Case, CaseElement, Task
from config.local.prepare import DEMONSTRATION

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(tmp_path) -> None:
    call_command("load_library", stdout=StringIO())
    prepare(tmp_path / "accounts.json")
    for file in DEMONSTRATION.glob("*.yaml"):
        call_command(
            *("docket", "import", str(file), "--team", "demo", "--actor", "analyst"),
            *("--reason", "a test"),
            stdout=StringIO(),
        )


def given() -> str:
    out = StringIO()
    call_command("demo_work", stdout=out)
    return out.getvalue()


def test_cases_have_leads_and_people_have_work(demonstration) -> None:
    given()
    assert Case.objects.get(key="DEMO-EL-DEEPSEEK").lead == User.objects.get(username="counsel")
    assert Case.objects.filter(lead=None).exists()
    analyst = User.objects.get(username="analyst")
    assert Task.objects.given_to(analyst).unfinished().count() == 2
    assert CaseElement.objects.get(assignee=analyst).element.code == "EL-3"


def test_given_twice_nothing_changes(demonstration) -> None:
    given()
    assert "given before" in given()
    assert Task.objects.count() == 4


def test_what_people_did_meanwhile_is_left_as_it_is(demonstration) -> None:
    counsel = User.objects.get(username="counsel2")
    Case.objects.filter(key="DEMO-EL-DEEPSEEK").update(lead=counsel)
    assert "given before" in given()
    assert Case.objects.get(key="DEMO-EL-DEEPSEEK").lead == counsel


def test_without_the_demonstration_it_says_what_to_do(db) -> None:
    with pytest.raises(CommandError, match="Import the demonstration docket"):
        given()
