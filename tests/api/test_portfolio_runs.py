"""A manager has all cases of a team assessed anew, follows it, stops it and takes it up again."""

import pytest

from casemgr import tasks
from casemgr.work_product import HANDLING
from evidence.models import Job
from tests.access.factories import UserFactory, client_of
from tests.api.world import build
from tests.casemgr.factories import a_case

pytestmark = pytest.mark.django_db(transaction=True)

URL = "/api/v1/portfolio-runs"


@pytest.fixture
def world():
    made = build()
    made.run.parts.all().delete()
    made.run.delete()
    return made


@pytest.fixture
def manager(world):
    return client_of(world.manager)


def begun(manager, world, **body):
    return manager.post(URL, {"team": world.team.key, "reason": "the engine changed", **body})


def work(key):
    while Job.objects.active().filter(key=key).exists():
        tasks.assess_portfolio_part(key)


def test_a_run_is_started_followed_and_read(world, manager):
    a_case(world.team, version=world.version)
    answer = begun(manager, world)
    assert answer.status_code == 201
    run = answer.json()
    assert (run["state"], run["total"], run["done"], run["asked_by"]) == (
        "waiting", Job.objects.get(kind="portfolio").total, 0, world.manager.key,
    )  # fmt: skip
    work(run["key"])
    run = manager.get(answer["Location"]).json()
    assert (run["state"], run["done"], run["failed"], run["handling"]) == (
        "finished", run["total"], 0, HANDLING,
    )  # fmt: skip
    assert sum(move["cases"] for move in run["grades"]) == run["total"]
    assert run["first"] >= 1
    assert run["failures"] == []
    page = manager.get(URL).json()
    assert [each["key"] for each in page["results"]] == [run["key"]]
    assert page["handling"] == HANDLING


def test_a_second_one_is_refused_while_the_first_is_under_way(world, manager):
    first = begun(manager, world).json()
    answer = begun(manager, world)
    assert answer.status_code == 409
    assert first["key"] in answer.json()["detail"]


def test_it_needs_a_reason_and_a_team_of_ones_own(world, manager):
    assert begun(manager, world, reason=" ").json()["errors"][0]["pointer"] == "#/reason"
    answer = begun(manager, world, team=world.elsewhere.key)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/team"


def test_it_is_cancelled_and_taken_up_again(world, manager):
    run = begun(manager, world).json()
    at = f"{URL}/{run['key']}"
    answer = manager.post(f"{at}/cancellation", {"reason": "too early"})
    assert answer.json()["state"] == "cancelled"
    assert manager.post(f"{at}/cancellation", {"reason": "again"}).status_code == 409
    work(run["key"])
    assert manager.get(at).json()["done"] == 0
    assert manager.post(f"{at}/resumption", {"reason": "now"}).json()["state"] == "waiting"
    work(run["key"])
    assert manager.get(at).json()["state"] == "finished"
    assert manager.post(f"{at}/resumption", {"reason": "again"}).status_code == 409


def test_an_auditor_reads_runs_within_markings_and_starts_none(world, manager):
    run = begun(manager, world).json()
    auditor = client_of(world.auditor)
    assert auditor.get(f"{URL}/{run['key']}").status_code == 200
    assert begun(auditor, world).status_code == 403
    uncleared = client_of(UserFactory(is_auditor=True))
    assert uncleared.get(f"{URL}/{run['key']}").status_code == 404


def test_only_a_manager_starts_one_and_the_administrator_reads_none(world, manager):
    run = begun(manager, world).json()
    for person in (world.analyst, world.counsel):
        assert client_of(person).get(f"{URL}/{run['key']}").status_code == 200
        assert begun(client_of(person), world).status_code == 403
    assert client_of(world.administrator).get(URL).status_code == 403
