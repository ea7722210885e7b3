"""What the service answers before anyone signs in, and what it writes down about it."""

import logging
import re

import pytest
from django.test import Client

from tests.s3 import point_at


@pytest.mark.django_db
def test_health_names_both_servers(client: Client) -> None:
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert answer.json() == {
        "database": "ok", "queue": "ok", "exhibit_store": "file", "exhibits": "ok",
        "files_not_whole": 0, "files_put_off": 0,
    }  # fmt: skip
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_health_says_that_the_bucket_does_not_answer_and_starts_nothing_anew(
    client: Client, settings
) -> None:
    point_at(settings, "http://127.0.0.1:9", "exhibits")
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert (answer.json()["exhibit_store"], answer.json()["exhibits"]) == ("s3", "down")


def test_health_cannot_be_written_to(client: Client) -> None:
    assert client.post("/health/").status_code == 405


def test_the_api_document_is_openapi_3_1(client: Client) -> None:
    answer = client.get("/api/v1/schema/?format=json")
    assert answer.status_code == 200
    assert answer.json()["openapi"] == "3.1.0"


def test_the_documentation_page_loads_nothing_from_elsewhere(client: Client) -> None:
    page = client.get("/api/v1/docs/").content.decode()
    sources = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert len(sources) > 3
    assert all(source.startswith("/") and not source.startswith("//") for source in sources)


def test_the_documentation_page_has_nothing_inline_that_the_policy_would_refuse(
    client: Client,
) -> None:
    answer = client.get("/api/v1/docs/")
    page = answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "<style" not in page
    assert re.findall(r"<script(?![^>]*src=)", page) == []


@pytest.mark.parametrize("path", ["/health/", "/api/v1/docs/", "/admin/login/"])
@pytest.mark.django_db
def test_every_page_forbids_framing_sniffing_and_foreign_scripts(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "object-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_a_request_is_logged_by_its_route_and_never_by_what_was_asked(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        client.get("/health/?q=Jane+Doe", headers={"X-Request-Id": "request-0001"})
    lines = [str(record.msg) for record in caplog.records if record.name == "casemgr.request"]
    assert len(lines) == 1
    assert "'route': 'health/'" in lines[0]
    assert "request-0001" in lines[0]
    assert "Jane" not in caplog.text
