"""One story for each role, through the API alone, with real assessments between the steps."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casemgr.reassess.sweep import sweep
from tests.access.factories import client_of
from tests.api.world import CUI, build

pytestmark = pytest.mark.django_db(transaction=True)


def ok(answer, status=200):
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def checklist_row(client, case, code):
    rows = ok(client.get(f"/api/v1/cases/{case}/checklist"))["elements"]
    return next(row for row in rows if row["code"] == code)


def test_an_analyst_logs_a_report_with_its_file_links_it_and_the_flag_clears():
    world = build()
    analyst = client_of(world.analyst)
    case = ok(
        analyst.post(
            "/api/v1/cases",
            {
                "key": "QH-1",
                "team": world.team.key,
                "authority": world.version.name,
                "designee": world.designee.key,
            },
        ),
        201,
    )["key"]
    ok(analyst.post(f"/api/v1/cases/{case}/assessments"))
    before = checklist_row(analyst, case, "L-1")
    assert before["grade"] == "unsupported"
    assert "no-evidence" in [flag["doctrine"] for flag in before["flags"]]

    source = ok(
        analyst.post("/api/v1/sources", {"name": "A registrar", "role": "public-record"}), 201
    )
    item = ok(
        analyst.post(
            "/api/v1/evidence",
            {
                "team": world.team.key,
                "kind": "fraudulent-account-report",
                "source": source["key"],
                "summary": "Accounts opened under false identity",
                "dated_on": "2026-02",
                "hand": "first",
                "reliability": "A",
                "credibility": 1,
                "graded": True,
                "access": "public",
                "integrity": "intact",
                "language": "en",
                "markings": [CUI],
                "fraudulent_accounts": {
                    "provider": "A provider", "accounts": 100, "period": ["2025-01", "2025-12"],
                    "evasion": ["proxies"], "attribution_basis": "payment records",
                },
                "claims": [{"metric": "accounts", "comparator": "at-least", "value": "100"}],
            },
        ),
        201,
    )  # fmt: skip
    assert item["fraudulent_accounts"]["period"] == ["2025-01", "2025-12"]
    assert item["claims"] == [
        {
            "metric": "accounts",
            "comparator": "at-least",
            "value": "100",
            "tolerance": None,
            "check": None,
        }
    ]
    file = SimpleUploadedFile("accounts.csv", b"account\n1\n")
    url = f"/api/v1/evidence/{item['key']}/exhibits"
    exhibit = ok(analyst.post(url, {"file": file}, format="multipart"), 201)

    unlinked = ok(analyst.get("/api/v1/evidence", {"linked": "false"}))["results"]
    assert item["key"] in [row["key"] for row in unlinked]
    ok(
        analyst.post(
            f"/api/v1/cases/{case}/links",
            {
                "element": "L-1",
                "item": item["key"],
                "stance": "supports",
                "directness": "direct",
                "attribution": "designee",
                "why": "the accounts were paid for by the designee",
                "pinpoints": [{"exhibit": exhibit["id"], "locator": "row 1"}],
            },
        ),
        201,
    )
    assert sweep() >= 1
    after = checklist_row(analyst, case, "L-1")
    assert after["grade"] != "unsupported"
    assert "no-evidence" not in [flag["doctrine"] for flag in after["flags"]]
    assert [row["item"] for row in after["evidence_for"]] == [item["key"]]
    cleared = ok(analyst.get(f"/api/v1/cases/{case}/flags", {"raised": "false", "element": "L-1"}))[
        "results"
    ]
    assert "no-evidence" in [flag["doctrine"] for flag in cleared]
    # The case took on the item's marking.
    assert ok(analyst.get(f"/api/v1/cases/{case}"))["markings"] == [CUI]


def test_typed_columns_belong_to_their_kind_of_report():
    world = build()
    answer = client_of(world.analyst).post(
        "/api/v1/evidence",
        {
            "team": world.team.key, "kind": "press-report", "summary": "x",
            "chip_diversion": {"item": "accelerators", "quantity": 8},
        },
    )  # fmt: skip
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/chip_diversion"


def test_counsel_writes_and_signs_answers_and_disposes():
    world = build()
    cora, colin = client_of(world.counsel), client_of(world.second_counsel)
    case = world.case.key
    finding = ok(
        cora.post(f"/api/v1/cases/{case}/findings", {"element": "L-2", "text": "It is controlled "
                  "from abroad because the registry shows the owner."}),
        201,
    )  # fmt: skip
    url = f"/api/v1/cases/{case}/findings/L-2"
    tag = cora.get(url)["ETag"]
    alone = cora.post(f"{url}/signature", HTTP_IF_MATCH=tag)
    assert alone.status_code == 400
    assert "only signer" in alone.json()["errors"][0]["detail"]
    signed = ok(colin.post(f"{url}/signature", HTTP_IF_MATCH=tag), 201)
    assert (signed["signer"], signed["wording"]) == (world.second_counsel.key, finding["revision"])
    ok(cora.post(f"{url}/signature", HTTP_IF_MATCH=tag), 201)
    assert sweep() >= 1
    assert checklist_row(cora, case, "L-2")["sign_off"]["state"] == "current"

    link = ok(cora.get(f"/api/v1/cases/{case}/links", {"stance": "contradicts"}))["results"][0]
    answered = ok(
        cora.post(
            f"/api/v1/cases/{case}/links/{link['id']}/answer",
            {"state": "answered", "text": "It concerns another company."},
        )
    )
    assert answered["answer"]["text"] == "It concerns another company."
    assert sweep() >= 1
    # The record moved, so what was signed on the earlier one is stale.
    assert checklist_row(cora, case, "L-2")["sign_off"]["state"] == "stale"

    flag = ok(cora.get(f"/api/v1/cases/{case}/flags", {"raised": "true"}))["results"][0]
    said = ok(
        cora.post(
            f"/api/v1/cases/{case}/flags/{flag['fingerprint']}/disposition",
            {"state": "accepted-risk", "reason": "The point is minor."},
        )
    )
    assert said["disposition"]["state"] == "accepted-risk"
    analyst = client_of(world.analyst)
    refused = analyst.post(
        f"/api/v1/cases/{case}/flags/{flag['fingerprint']}/disposition",
        {"state": "disputed", "reason": "x"},
    )
    assert refused.status_code == 403


def test_a_manager_reads_where_the_cases_stand_and_takes_it_along_as_csv():
    world = build()
    analyst, manager = client_of(world.analyst), client_of(world.manager)
    ok(
        analyst.post(
            "/api/v1/cases",
            {
                "key": "QH-2", "team": world.team.key, "authority": world.version.name,
                "designee": world.designee.key, "title": "=HYPERLINK(1)",
                "target_decision_on": "2020-01-01",
            },
        ),
        201,
    )  # fmt: skip
    assert sweep() >= 1
    status = ok(manager.get("/api/v1/status/cases"))
    assert status["handling"].startswith("attorney work product")
    assert status["cases"] == sum(status["by_stage"].values()) == len(status["rows"])
    assert status["by_stage"] == {"draft": status["cases"]}
    assert status["oldest_serious_flag"]["raised_on"]
    assert status["overdue"] == 1
    overdue = ok(manager.get("/api/v1/status/cases", {"due_before": "2020-06-01"}))
    assert [row["case"] for row in overdue["rows"]] == ["QH-2"]
    assert ok(manager.get("/api/v1/status/cases", {"stage": "decided"}))["rows"] == []
    assert len(ok(manager.get("/api/v1/status/cases", {"limit": 1}))["rows"]) == 1

    for asked in ({"path": "/api/v1/status/cases?format=csv"},
                  {"path": "/api/v1/status/cases", "HTTP_ACCEPT": "text/csv"}):  # fmt: skip
        answer = manager.get(**asked)
        assert answer["Content-Type"].startswith("text/csv")
        rows = list(csv.reader(io.StringIO(b"".join(answer).decode())))
        assert rows[0] == [status["handling"]]
        titles = [row[rows[1].index("title")] for row in rows[2:]]
        assert "'=HYPERLINK(1)" in titles
        assert len(rows) == status["cases"] + 2

    element = f"/api/v1/cases/{world.case.key}/elements/L-1/assignment"
    members = ok(manager.get("/api/v1/members", {"team": world.team.key}))["results"]
    ana = next(row["key"] for row in members if row["username"] == "ana")
    given = ok(manager.post(element, {"assignee": ana, "due_on": "2027-01-01"}))
    assert given["assignee"] == ana
    outsider = world.strangers
    stranger = manager.post(element, {"assignee": next(iter(outsider.values())).key})
    assert stranger.status_code == 400
    listed = ok(manager.get("/api/v1/cases", {"assignee": ana}))["results"]
    assert [row["key"] for row in listed] == [world.case.key]
