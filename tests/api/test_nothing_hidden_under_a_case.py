"""Over the API too, a case rests on nothing that its team may not see."""

import pytest

from evidence.actions import derive, log_evidence
from evidence.models import CustodyEvent, CustodyKind, Derivation, Share
from evidence.words import DerivationKind
from tests.api.world import BY, World, clients

pytestmark = pytest.mark.django_db


def test_a_link_to_an_item_with_a_hidden_origin_is_refused_naming_the_item(world: World):
    article, cable = log_evidence(world.team, **BY), log_evidence(world.elsewhere, **BY)
    derive(article, DerivationKind.RELAYS, parent_item=cable, **BY)
    answer = clients(world)["counsel"].post(
        f"/api/v1/cases/{world.case.key}/links",
        {"element": "L-1", "item": article.key, "why": "it says so", "grant_share": True},
    )
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["pointer"] == "#/item"
    assert article.key in error["detail"]
    assert cable.key not in answer.content.decode()


def test_a_parent_is_shared_with_the_team_of_a_case_only_when_asked(world: World):
    world.counsel.memberships.create(team=world.elsewhere, role="counsel")
    world.counsel.forget_memberships()
    cable = log_evidence(world.elsewhere, **BY)
    client = clients(world)["counsel"]
    url = f"/api/v1/evidence/{world.item.key}/derivations"
    said = {"kind": "relays", "parent_item": cable.key, "reason": "it names the cable"}
    before = Derivation.objects.count()

    refused = client.post(url, said)
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["pointer"] == "#/parent_item"
    assert Derivation.objects.count() == before

    assert client.post(url, said | {"grant_share": True}).status_code == 201
    assert Share.objects.filter(item=cable, team=world.team).exists()
    assert CustodyEvent.objects.filter(item=cable, kind=CustodyKind.SHARED).exists()
