"""The OpenAPI document: no warning, every operation named and described, the page self-hosted."""

import re

import pytest
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from tests.api.endpoints import endpoints

METHODS = ("get", "post", "patch", "put", "delete")


@pytest.fixture(scope="module")
def document():
    GENERATOR_STATS.reset()
    with GENERATOR_STATS.silence():
        return SchemaGenerator().get_schema(request=None, public=True)


def operations(document):
    for path, methods in document["paths"].items():
        for method in METHODS:
            if method in methods:
                yield f"{method.upper()} {path}", methods[method]


def test_it_builds_without_a_warning(document):
    assert not GENERATOR_STATS._warn_cache
    assert not GENERATOR_STATS._error_cache


def test_it_is_valid_openapi_3_1(document):
    assert document["openapi"].startswith("3.1")
    validate_schema(document)


def test_it_names_every_endpoint_and_no_other(document):
    described = {name for name, _ in operations(document)}
    assert described == {f"{each.method} {each.template}" for each in endpoints()}


def test_every_operation_has_a_name_a_tag_and_a_description(document):
    names = [operation["operationId"] for _, operation in operations(document)]
    assert len(set(names)) == len(names)
    for name, operation in operations(document):
        assert operation["tags"], name
        assert operation.get("description"), name


def test_every_operation_says_which_problems_it_answers(document):
    for name, operation in operations(document):
        assert {"400", "401", "403", "500"} <= set(operation["responses"]), name
        if "{" in name:
            assert "404" in operation["responses"], name


def test_changes_take_if_match_and_creates_an_idempotency_key(document):
    named = dict(operations(document))
    headers = {each["name"] for each in named["PATCH /api/v1/cases/{key}"]["parameters"]}
    assert "If-Match" in headers
    headers = {each["name"] for each in named["POST /api/v1/cases"]["parameters"]}
    assert {"Idempotency-Key", "X-Change-Reason"} <= headers


@pytest.mark.django_db
def test_the_page_loads_everything_from_this_server_under_the_strict_policy(client):
    page = client.get("/api/v1/docs/")
    assert page.status_code == 200
    html = page.content.decode()
    loaded = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert loaded
    assert all(address.startswith("/") for address in loaded)
    assert "<style" not in html
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)
    policy = page["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    script = next(address for address in loaded if "script" in address)
    answered = client.get(script.replace("&amp;", "&"))
    assert answered["Content-Type"].startswith("application/javascript")
