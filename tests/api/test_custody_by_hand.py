"""Over the API those of the team enter hand-overs and seals, and nobody else."""

import pytest

from tests.api.world import World, clients

pytestmark = pytest.mark.django_db


def test_those_of_the_team_enter_what_happened_outside(world: World) -> None:
    url = f"/api/v1/evidence/{world.item.key}/custody"
    said = {
        "kind": "transferred", "what": "From Ana to the court", "on": "2026-03-04",
        "exhibit": world.exhibit.pk, "reason": "The court asked for the original",
    }  # fmt: skip
    by = clients(world)
    answer = by["analyst"].post(url, said, format="json")
    assert answer.status_code == 201
    assert answer.json()["actor"] == "ana"
    assert answer.json()["detail"]["what"] == "From Ana to the court"
    assert by["auditor"].post(url, said, format="json").status_code == 403
    refused = by["counsel"].post(url, said | {"kind": "verified"}, format="json")
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == "#/kind"
    elsewhere = by["counsel"].post(url, said | {"exhibit": 999_999}, format="json")
    assert elsewhere.status_code == 404
