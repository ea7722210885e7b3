"""Assessing begins a transaction of its own, so these tests run outside of one."""

import pytest

from casemgr.models import Assessment
from tests.api.world import build, clients
from tests.casemgr.factories import linked

pytestmark = pytest.mark.django_db(transaction=True)


def test_everyone_of_the_team_may_ask_and_asking_twice_adds_nothing():
    world = build()
    url = f"/api/v1/cases/{world.case.key}/assessments"
    who = clients(world)
    linked(world.case, "L-2")
    for name in ("analyst", "counsel", "manager"):
        answer = who[name].post(url)
        assert answer.status_code == 200
        assert answer.json()["seq"] == 2
    assert Assessment.objects.filter(case=world.case).count() == 2
    assert who["auditor"].post(url).status_code == 403
    assert who["manager elsewhere"].post(url).status_code == 404


def test_the_list_is_stamped_as_work_product_and_the_newest_comes_first():
    world = build()
    client = clients(world)["counsel"]
    url = f"/api/v1/cases/{world.case.key}/assessments"
    linked(world.case, "L-2")
    client.post(url)
    page = client.get(url).json()
    assert page["handling"].startswith("attorney work product")
    assert [row["seq"] for row in page["results"]] == [2, 1]
    assert client.get(f"{url}/2").json()["checklist"]["docket"] == world.case.key
