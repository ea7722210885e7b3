"""Stress, brief, gap, what-if and comparison: computed from the record, stored nowhere."""

import pytest
from rest_framework.test import APIClient

from casemgr.models import Assessment, Change
from tests.api.world import World, clients


@pytest.fixture
def counsel(world: World) -> APIClient:
    return clients(world)["counsel"]


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["stress", "brief", "gap"])
def test_each_is_stamped_and_stores_nothing(counsel: APIClient, world: World, part: str) -> None:
    before = (Assessment.objects.count(), Change.objects.count())
    answer = counsel.get(f"/api/v1/cases/{world.case.key}/{part}")
    assert answer.status_code == 200, answer.content
    assert answer.json()["handling"].startswith("attorney work product")
    assert part in answer.json()
    assert answer["Cache-Control"] == "private, no-store"
    assert (Assessment.objects.count(), Change.objects.count()) == before


@pytest.mark.django_db
def test_the_first_column_of_the_matrix_is_the_record_itself(
    counsel: APIClient, world: World
) -> None:
    body = counsel.get(f"/api/v1/cases/{world.case.key}/stress").json()
    assert body["stress"][0]["hypothesis"] == "record"
    assert body["stress"][0]["grade"] == body["grade"]


@pytest.mark.django_db
def test_a_hypothetical_item_moves_the_element_and_nothing_else(
    counsel: APIClient, world: World
) -> None:
    url = f"/api/v1/cases/{world.case.key}/what-if"
    changes = [{"kind": "add-evidence", "element": "L-1"}]
    before = Change.objects.count()
    body = counsel.post(url, {"changes": changes}, format="json").json()
    assert {moved["element"] for moved in body["moved"]} <= {
        each["code"] for each in body["after"]["elements"]
    }
    assert body["after"]["docket"] == world.case.key
    assert Change.objects.count() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "strike-item", "item": "E-NOWHERE"}, "item"),
        ({"kind": "strike-item"}, "item"),
        ({"kind": "strike-source", "source_key": "S-NOWHERE"}, "source_key"),
        ({"kind": "add-evidence", "element": "NO-1"}, "element"),
        ({"kind": "choose-authority", "authority": "nothing@0"}, "authority"),
        ({"kind": "wish"}, "kind"),
    ],
)
def test_a_change_the_record_cannot_take_is_named(
    counsel: APIClient, world: World, change: dict[str, str], field: str
) -> None:
    url = f"/api/v1/cases/{world.case.key}/what-if"
    answer = counsel.post(url, {"changes": [change]}, format="json")
    assert answer.status_code == 400
    assert any(error["pointer"].endswith(field) for error in answer.json()["errors"])


@pytest.mark.django_db
def test_a_designees_cases_stand_side_by_side(counsel: APIClient, world: World) -> None:
    designee = world.case.designee
    assert designee is not None
    body = counsel.get(f"/api/v1/designees/{designee.key}/comparison").json()
    assert world.case.key in {each["docket"] for each in body["authorities"]}
    assert counsel.get("/api/v1/designees/D-NOBODY/comparison").status_code == 404
