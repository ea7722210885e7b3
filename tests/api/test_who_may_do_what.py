"""Endpoint by endpoint and role by role, generated from the URL configuration and the policy."""

import pytest
from django.db import transaction

from access.api.permissions import PolicyPermission
from access.policy import POLICY, Verb
from access.words import Standing
from tests.api.endpoints import Endpoint, endpoints
from tests.api.world import World, clients

PASSED = frozenset({200, 201, 202, 204, 304, 400, 409, 412, 415, 428})
"""Answers of a request that the policy let through, whatever its body was worth."""

ALL = sorted(endpoints(), key=str)
STANDINGS = (
    "anonymous", "analyst", "counsel", "manager", "auditor", "administrator",
    "analyst elsewhere", "counsel elsewhere", "manager elsewhere",
    "depositor", "depositor elsewhere",
)  # fmt: skip


def test_there_are_endpoints_to_walk():
    assert len(ALL) > 90


@pytest.mark.parametrize("endpoint", ALL, ids=str)
def test_every_endpoint_is_classified_by_the_policy(endpoint: Endpoint):
    assert endpoint.resource in POLICY, f"{endpoint} states no resource of the policy"
    assert endpoint.verb is not None, f"{endpoint} states no verb for {endpoint.action}"
    assert endpoint.verb in POLICY[endpoint.resource], (
        f"the policy lets no one {endpoint.verb} {endpoint.resource}: {endpoint} is dead"
    )
    assert PolicyPermission in endpoint.view.permission_classes


def expected(endpoint: Endpoint, name: str) -> frozenset[int]:
    """The statuses that are right for who asks."""
    if name == "anonymous":
        return frozenset({401})
    standing = Standing(name.partition(" ")[0])
    if standing not in endpoint.allowed:
        return frozenset({403})
    elsewhere = name.endswith("elsewhere")
    if elsewhere and endpoint.is_of_a_team:
        return frozenset({404})
    return PASSED


@pytest.mark.django_db
@pytest.mark.parametrize("name", STANDINGS)
def test_each_role_gets_what_the_policy_says_and_no_more(name: str, world: World):
    user, client = world.people()[name], clients(world)[name]
    wrong = []
    for endpoint in ALL:
        if endpoint.action == "run" and expected(endpoint, name) == PASSED:
            continue  # begins a transaction of its own: test_assessing_on_demand.py
        url = world.url(endpoint.template, user)
        with transaction.atomic():
            answer = client.generic(
                endpoint.method, url, data="{}", content_type="application/json"
            )
            transaction.set_rollback(True)
        if answer.status_code not in expected(endpoint, name):
            wrong.append(f"{endpoint}: {answer.status_code}")
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", [each for each in STANDINGS if each.endswith("elsewhere")])
def test_lists_show_another_team_nothing_of_this_one(name: str, world: World):
    client = clients(world)[name]
    told = []
    secrets = (world.case.key, world.item.key, world.package.key, world.source.key, "Desk one")
    for endpoint in ALL:
        standing = Standing(name.partition(" ")[0])
        if (
            endpoint.method == "GET"
            and "{" not in endpoint.template
            and (standing in endpoint.allowed)
        ):
            answer = client.get(endpoint.template)
            assert answer.status_code == 200, endpoint
            said = b"".join(answer) if answer.streaming else answer.content
            told += [f"{endpoint}: {word}" for word in secrets if word.encode() in said]
    assert told == []


@pytest.mark.django_db
def test_creates_cannot_name_a_team_that_is_not_ones_own(world: World):
    client = clients(world)["counsel elsewhere"]
    bodies = {
        "/api/v1/cases": {
            "team": world.team.key, "authority": world.version.name,
            "designee": world.designee.key,
        },
        "/api/v1/evidence": {"team": world.team.key, "kind": "other", "summary": "x"},
        "/api/v1/packages": {"team": world.team.key, "title": "x"},
    }  # fmt: skip
    for url, body in bodies.items():
        answer = client.post(url, body)
        assert answer.status_code == 400, url
        assert answer.json()["errors"][0]["pointer"] == "#/team"
    answer = client.post("/api/v1/sources", {"name": "x", "owner_team": world.team.key})
    assert answer.status_code in (400, 403)


@pytest.mark.django_db
def test_a_case_beyond_ones_markings_is_not_found_in_ones_own_team(world: World):
    world.counsel.cleared_markings = []
    world.counsel.save()
    client = clients(world)["counsel"]
    for words in ("", "/checklist", "/links", "/flags", "/docket"):
        answer = client.get(f"/api/v1/cases/{world.case.key}{words}")
        assert answer.status_code == 404, words
    assert client.get(f"/api/v1/evidence/{world.item.key}").status_code == 404
    assert world.case.key not in client.get("/api/v1/status/cases").content.decode()


@pytest.mark.django_db
def test_only_a_manager_decides(world: World):
    world.case.stage = "ready-for-decision"
    world.case.save()
    for name, status in (("counsel", 403), ("manager", 409)):
        client = clients(world)[name]
        tag = client.get(f"/api/v1/cases/{world.case.key}")["ETag"]
        answer = client.post(
            f"/api/v1/cases/{world.case.key}/stage", {"to": "decided"}, HTTP_IF_MATCH=tag
        )
        assert answer.status_code == status


def test_the_policy_has_no_entry_that_nothing_uses_and_nothing_keeps():
    used = {(endpoint.resource, endpoint.verb) for endpoint in ALL}
    reads = {resource for resource, verbs in POLICY.items() if Verb.READ in verbs}
    # What later features will serve, or the admin site or pages alone do.
    later = {"user", "membership", "job", "ledger", "portal"}
    assert reads - {resource for resource, _ in used} <= later
