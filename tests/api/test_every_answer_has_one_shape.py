"""Pages, problems and refusals, generated over every endpoint."""

import re

import pytest
from rest_framework.parsers import JSONParser

from tests.api.endpoints import Endpoint, endpoints
from tests.api.world import World, clients

ALL = sorted(endpoints(), key=str)
LISTS = [endpoint for endpoint in ALL if endpoint.is_list]
MEMBERS = {"type", "title", "status", "detail", "instance", "request_id"}

pytestmark = pytest.mark.django_db


def problem_of(answer):
    assert answer["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert set(said) - {"errors"} == MEMBERS
    assert said["status"] == answer.status_code
    assert said["type"].startswith("/problems/")
    return said


def test_every_list_is_a_page_with_a_limit_that_is_held(world: World):
    client = clients(world)["counsel"]
    for endpoint in LISTS:
        url = world.url(endpoint.template, world.counsel)
        page = client.get(url, {"limit": 1}).json()
        assert {"next", "previous", "results"} <= set(page), endpoint
        assert len(page["results"]) <= 1, endpoint
        for wrong in ("0", "201", "many"):
            said = problem_of(client.get(url, {"limit": wrong}))
            assert said["errors"][0]["pointer"] == "#/limit", endpoint
        said = problem_of(client.get(url, {"cursor": "x"}))
        assert said["errors"][0]["pointer"] == "#/cursor", endpoint


def test_following_next_reaches_every_row_once(world: World):
    client = clients(world)["counsel"]
    for endpoint in LISTS:
        url = world.url(endpoint.template, world.counsel)
        whole = client.get(url, {"limit": 200}).json()["results"]
        met, following = [], f"{url}?limit=1"
        while following:
            page = client.get(following).json()
            met += page["results"]
            following = page["next"]
        assert met == whole, endpoint


@pytest.mark.parametrize(
    ("template", "known"), [("/api/v1/status/cases", "json, csv"), ("/api/v1/teams", "json")]
)
def test_a_form_that_does_not_exist_is_a_wrong_value(world: World, template, known):
    said = problem_of(clients(world)["counsel"].get(template, {"format": "xml"}))
    assert said["status"] == 400
    assert said["errors"] == [
        {"pointer": "#/format", "detail": f"There is no such form. Choose: {known}."}
    ]


def test_anonymous_requests_are_told_to_sign_in(world: World):
    client = clients(world)["anonymous"]
    for endpoint in ALL:
        answer = client.generic(endpoint.method, world.url(endpoint.template))
        assert answer.status_code == 401, endpoint
        assert answer["WWW-Authenticate"] == "Bearer"
        problem_of(answer)


def test_a_method_that_is_not_offered_is_405_with_those_that_are(world: World):
    client = clients(world)["counsel"]
    offered: dict[str, set[str]] = {}
    for endpoint in ALL:
        offered.setdefault(endpoint.template, set()).add(endpoint.method)
    for template, methods in offered.items():
        for method in {"PUT", "GET", "POST", "PATCH", "DELETE"} - methods:
            answer = client.generic(method, world.url(template, world.counsel))
            assert answer.status_code == 405, f"{method} {template}"
            assert methods <= set(answer["Allow"].split(", ")), template
            problem_of(answer)


def test_bad_json_and_bad_values_point_at_what_is_wrong(world: World):
    client = clients(world)["counsel"]
    takes_json = [
        endpoint
        for endpoint in ALL
        if endpoint.action == "create"
        and JSONParser in endpoint.view.parser_classes
        and endpoint.resource not in ("docket", "signature")
    ]
    for endpoint in takes_json:
        url = world.url(endpoint.template, world.counsel)
        if world_refuses(endpoint):
            continue
        answer = client.generic("POST", url, "{", content_type="application/json")
        assert answer.status_code in (400, 428), endpoint
        problem_of(answer)
        said = problem_of(client.post(url, []))
        assert said["status"] in (400, 428), endpoint


def world_refuses(endpoint: Endpoint) -> bool:
    """What counsel may not do at all answers 403 before the body is read."""
    from access.words import Standing

    return Standing.COUNSEL not in endpoint.allowed


def test_an_address_that_is_none_speaks_problem_json_too(world: World):
    said = problem_of(clients(world)["counsel"].get("/api/v1/no-such-thing"))
    assert said["status"] == 404


def test_a_key_that_addresses_use_for_something_else_is_refused_at_its_field(world: World):
    for what in ("evidence", "sources", "cases", "packages", "designees"):
        said = problem_of(clients(world)["counsel"].post(f"/api/v1/{what}", {"key": "new"}))
        assert said["status"] == 400
        [of_key] = [each for each in said["errors"] if each["pointer"] == "#/key"]
        assert "addresses use this word for something else: add to it" in of_key["detail"], what


def test_a_key_that_no_database_holds_is_not_found(world: World):
    client = clients(world)["counsel"]
    for endpoint in ALL:
        if "{" not in endpoint.template or "code}" in endpoint.template:
            continue
        for word in ("%00", "a%00b", "%ED%A0%80", "x" * 5000):
            url = re.sub(r"\{[a-z_]+\}", word, endpoint.template)
            answer = client.generic(
                endpoint.method, url, data="{}", content_type="application/json"
            )
            assert answer.status_code in (403, 404), f"{endpoint} {word[:9]}"
