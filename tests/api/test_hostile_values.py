"""Values made to break their reader, at each door: refused for their own reason, never a 500."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from evidence.actions.exhibits import MAX_EXHIBIT_BYTES
from evidence.models import EvidenceItem
from tests.api.world import World, clients

pytestmark = pytest.mark.django_db

NO_NUMBERS = ("NaN", "Infinity", "-Infinity", "1e999")


def bodies(world: World, text: str):
    """A text in every place where the evidence API takes one of somebody's own."""
    within = f"/api/v1/evidence/{world.item.key}"
    entry = {"team": world.team.key, "kind": "other", "summary": "x"}
    dataset = {"exhibit": world.exhibit.pk, "table": "accounts", "reason": "x"}
    claim = {"metric": text, "comparator": "exactly", "value": "3"}
    yield "/api/v1/evidence", {**entry, "summary": text}
    yield "/api/v1/evidence", {**entry, "title": text}
    yield "/api/v1/evidence", {**entry, "claims": [claim]}
    yield f"{within}/datasets", {**dataset, "columns": {"account_id": text}}
    yield f"{within}/datasets", {**dataset, "columns": {text: "a"}}
    yield f"{within}/uploads", {"filename": text, "size": 3}
    yield "/api/v1/cases", {"team": text, "key": text, "title": text}
    yield "/api/v1/saved-views", {"name": text, "place": "cases", "query": text}


def refused(client, url: str, body: str, status: int = 400) -> str:
    before = EvidenceItem.objects.count()
    answer = client.generic("POST", url, body, content_type="application/json")
    assert answer.status_code == status, (url, answer.content[:500])
    assert EvidenceItem.objects.count() == before
    return answer.content.decode()


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"], ids=["NUL", "half a surrogate"])
def test_text_that_no_database_holds_is_a_wrong_value(world: World, text: str) -> None:
    client = clients(world)["analyst"]
    for url, body in bodies(world, text):
        said = json.loads(refused(client, url, json.dumps(body)))
        assert said["errors"], url


def test_numbers_that_are_none_are_wrong_values(world: World) -> None:
    client = clients(world)["analyst"]
    head = f'{{"team": "{world.team.key}", "summary": "x", "kind": '
    for number in NO_NUMBERS:
        for body in (
            f'"other", "claims": [{{"metric": "accounts", "comparator": "exactly", '
            f'"value": {number}}}]}}',
            f'"other", "claims": [{{"metric": "accounts", "comparator": "exactly", '
            f'"value": "{number}"}}]}}',
            f'"fraudulent-account-report", "fraudulent_accounts": {{"accounts": {number}}}}}',
            f'"chip-diversion-report", "chip_diversion": {{"quantity": {number}}}}}',
            f'"chip-diversion-report", "chip_diversion": {{"value_usd": "{number}"}}}}',
        ):
            refused(client, "/api/v1/evidence", head + body)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "nested too deeply"),
        ("[" * 100_000 + "]" * 100_000, "nested too deeply"),
        (f'{{"summary": {"9" * 5_000}}}', "JSON parse error"),
        (b'{"summary": "\xff"}', "JSON parse error"),
    ],
    ids=["deep object", "deep list", "long number", "not UTF-8"],
)
def test_json_that_would_exhaust_its_reader_is_malformed(world: World, body, said) -> None:
    assert said in refused(clients(world)["analyst"], "/api/v1/evidence", body)


def test_a_file_of_one_byte_over_four_gibibytes_is_refused_before_it_is_sent(
    world: World,
) -> None:
    body = {"filename": "sparse.bin", "size": MAX_EXHIBIT_BYTES + 1}
    url = f"/api/v1/evidence/{world.item.key}/uploads"
    said = refused(clients(world)["analyst"], url, json.dumps(body))
    assert f"between 1 and {MAX_EXHIBIT_BYTES} bytes" in said


def test_a_sheet_of_ten_thousand_columns_is_refused_with_their_number(world: World) -> None:
    wide = ",".join(f"c{number}" for number in range(10_000))
    file = SimpleUploadedFile("wide.csv", f"{wide}\n{wide}\n".encode())
    answer = clients(world)["analyst"].post(
        "/api/v1/evidence/many", {"file": file, "team": world.team.key}, format="multipart"
    )
    assert answer.status_code == 400
    assert "has 10000 columns; at most 200 are read" in answer.content.decode()


def test_a_page_asked_or_sent_what_no_database_holds_answers_as_a_page(world: World) -> None:
    browser = Client()
    browser.force_login(world.analyst)
    for path in ("/evidence/", "/cases/", "/tasks/"):
        for said in ("%00", "%ED%A0%80"):
            for name in ("q", "team", "source"):
                assert browser.get(f"{path}?{name}=a{said}b").status_code < 500, (path, name)
    sent = {"role": "original", "reason": "a\x00b", "file": SimpleUploadedFile("a.txt", b"w")}
    answer = browser.post(f"/evidence/{world.item.key}/exhibits/", sent)
    assert answer.status_code == 422
