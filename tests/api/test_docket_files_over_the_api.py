"""Docket files in and out over HTTP."""

from pathlib import Path

import pytest

from casemgr.models import Case
from evidence.models import Derivation, EvidenceItem
from evidence.words import DerivationKind
from tests.api.world import World, clients
from tests.casemgr.factories import ItemFactory

pytestmark = pytest.mark.django_db

EXAMPLE = Path(__file__).parents[2] / "docs" / "docket-example.yaml"


def send(client, text, team, media="application/yaml"):
    return client.generic("POST", f"/api/v1/dockets?team={team}", text, content_type=media)


def test_a_file_comes_in_whole_and_goes_out_again(world: World):
    client = clients(world)["counsel"]
    text = EXAMPLE.read_text(encoding="utf-8")
    stored = send(client, text, world.team.key)
    assert stored.status_code == 201, stored.content
    keys = stored.json()["cases_added"]
    assert Case.objects.filter(key__in=keys).count() == len(keys) > 0
    again = send(client, text, world.team.key)
    assert again.status_code == 200
    assert again.json()["cases_unchanged"] == keys
    out = client.get(f"/api/v1/cases/{keys[0]}/docket", {"format": "yaml"})
    assert out["Content-Disposition"].startswith("attachment")
    back = send(client, out.content.decode(), world.team.key)
    assert (back.status_code, back.json()["cases_added"]) == (200, [])
    as_json = client.get(f"/api/v1/cases/{keys[0]}/docket", {"format": "json"})
    assert as_json.json()["docket"] == 1
    assert send(client, as_json.content, world.team.key, "application/json").status_code == 200


def test_every_error_is_named_by_its_path_and_nothing_is_stored(world: World):
    client = clients(world)["counsel"]
    before = EvidenceItem.objects.count()
    text = """
docket: 1
title: broken
evidence:
  - {key: E-1, kind: gossip, summary: x}
cases:
  - key: BROKEN-1
    kind: listing
    designee: {key: D-1, name: A company}
    authority: no-such-list@2020
    links: [{element: X-1, item: E-9, stance: supports}]
"""
    answer = send(client, text, world.team.key)
    assert answer.status_code == 400
    pointers = {error["pointer"] for error in answer.json()["errors"]}
    assert "#/evidence/0/kind" in pointers
    assert len(pointers) > 1
    assert all("line" in error["detail"] for error in answer.json()["errors"])
    assert EvidenceItem.objects.count() == before
    assert not Case.objects.filter(key="BROKEN-1").exists()


@pytest.mark.parametrize("text", ["", "docket: [", "\x00", "docket: 2", "&a [*a]", "{" * 3000])
def test_what_is_no_docket_is_refused_in_words(world: World, text: str):
    answer = send(clients(world)["counsel"], text, world.team.key)
    assert answer.status_code == 400
    assert answer.json()["errors"]


def test_a_team_of_ones_own_must_be_named(world: World):
    client = clients(world)["counsel"]
    text = EXAMPLE.read_text(encoding="utf-8")
    assert send(client, text, world.elsewhere.key).status_code == 400
    assert send(clients(world)["analyst"], text, world.team.key).status_code == 403


def test_an_export_holds_no_signature_flag_or_assessment(world: World):
    client = clients(world)["counsel"]
    text = client.get(f"/api/v1/cases/{world.case.key}/docket").content.decode()
    assert world.case.key in text
    for word in ("signature", "fingerprint", "work product", "custody", "grade:"):
        assert word not in text


def test_an_origin_that_counsel_may_not_see_keeps_the_export_at_home(world: World):
    hidden = ItemFactory(owner_team=world.elsewhere)
    # The actions refuse such a chain; a row written around them must still tell nothing.
    Derivation.objects.create(
        child=world.item, parent_item=hidden, kind=DerivationKind.RELAYS, why="written around"
    )
    client = clients(world)["counsel"]
    assert client.get(f"/api/v1/cases/{world.case.key}/docket").status_code == 403
    shown = client.get(f"/api/v1/evidence/{world.item.key}/derivations").json()["results"]
    assert hidden.key not in [row["parent_item"] for row in shown]
