"""A day of tasks and comments over the API: assign, answer, finish, read, keep a list."""

import pytest

from access.words import Role
from casemgr.work_product import HANDLING
from tests.access.factories import client_of, member
from tests.api.world import World

pytestmark = pytest.mark.django_db


def test_a_cure_is_assigned_done_and_its_giver_told(world: World):
    counsel, analyst = client_of(world.counsel), client_of(world.analyst)
    tasks = f"/api/v1/cases/{world.case.key}/tasks"
    made = counsel.post(
        tasks,
        {
            "title": "Link a second origin",
            "element": world.flag.element_code,
            "doctrine": world.flag.doctrine,
            "subject": world.flag.subject,
            "cure": "a second origin",
            "assignee": world.analyst.key,
        },
    )
    assert made.status_code == 201, made.json()
    flag = made.json()["flag"]
    assert (flag["doctrine"], flag["cleared"]) == (world.flag.doctrine, False)
    address = made["Location"]
    unread = analyst.get("/api/v1/notifications", {"unread": "true"}).json()["results"]
    assert (unread[0]["kind"], unread[0]["task"]) == ("assigned", made.json()["key"])
    mine = analyst.get("/api/v1/tasks", {"assignee": world.analyst.key, "unfinished": "true"})
    assert made.json()["key"] in [row["key"] for row in mine.json()["results"]]
    assert mine.json()["handling"] == HANDLING
    assert analyst.post(f"{address}/state", {"to": "done"}).status_code == 428
    stale = analyst.post(f"{address}/state", {"to": "done"}, HTTP_IF_MATCH='"7"')
    assert stale.status_code == 412
    done = analyst.post(f"{address}/state", {"to": "done"}, HTTP_IF_MATCH=made["ETag"])
    assert (done.status_code, done.json()["state"]) == (200, "done")
    told = counsel.get("/api/v1/notifications").json()["results"]
    assert (told[0]["kind"], told[0]["by"]["username"]) == ("finished", "ana")
    refused = analyst.patch(address, {"title": "x"}, HTTP_IF_MATCH=done["ETag"])
    assert "open it again first" in refused.json()["errors"][0]["detail"]


def test_errors_name_the_field_and_the_fix(world: World):
    counsel = client_of(world.counsel)
    tasks = f"/api/v1/cases/{world.case.key}/tasks"
    for body, pointer in (
        ({"title": " "}, "#/title"),
        ({"title": "x", "element": "NO"}, "#/element"),
        ({"title": "x", "doctrine": "pretext"}, "#/doctrine"),
        ({"title": "x", "assignee": world.strangers[Role.ANALYST].key}, "#/assignee"),
        ({"title": "x", "due_on": "2001-01-01"}, "#/due_on"),
    ):
        answer = counsel.post(tasks, body)
        assert answer.status_code == 400, body
        assert answer.json()["errors"][0]["pointer"] == pointer
    both = {"text": "x", "element": "L-1", "task": world.task.key}
    answer = counsel.post(f"/api/v1/cases/{world.case.key}/comments", both)
    assert answer.json()["errors"][0]["pointer"] == "#/task"


def test_a_mention_tells_who_may_see_the_case_and_says_who_was_not_told(world: World):
    counsel, manager = client_of(world.counsel), client_of(world.manager)
    comments = f"/api/v1/cases/{world.case.key}/comments"
    said = counsel.post(comments, {"text": "@mona and @analyst-elsewhere, see L-1."})
    assert (said.json()["mentions"], said.json()["not_told"]) == (["mona"], ["analyst-elsewhere"])
    elsewhere = client_of(world.strangers[Role.ANALYST])
    assert elsewhere.get("/api/v1/notifications").json()["results"] == []
    assert manager.get("/api/v1/notifications").json()["results"][0]["comment"] == said.json()["id"]
    address = said["Location"]
    theirs = manager.patch(address, {"text": "No."}, HTTP_IF_MATCH=said["ETag"])
    assert theirs.status_code == 403
    withdrawn = manager.post(
        f"{address}/withdrawal", {"reason": "It names a source"}, HTTP_IF_MATCH=said["ETag"]
    )
    assert (withdrawn.json()["text"], withdrawn.json()["withdrawn_why"]) == (
        "",
        "It names a source",
    )
    listed = counsel.get(comments).content.decode()
    assert "analyst-elsewhere" not in listed


def test_reading_and_choosing_how_one_is_told(world: World):
    analyst = client_of(world.analyst)
    unread = analyst.get("/api/v1/notifications", {"unread": "true"}).json()["results"]
    assert unread
    ids = [unread[0]["id"]]
    answer = analyst.post("/api/v1/notifications/read", {"ids": ids}).json()
    assert answer == {"read": 1, "unread": len(unread) - 1}
    assert analyst.post("/api/v1/notifications/read", {"ids": None}).json()["unread"] == 0
    settings = "/api/v1/notifications/settings"
    assert analyst.get(settings).json() == {"digest": "daily"}
    assert analyst.patch(settings, {"digest": "off"}).json() == {"digest": "off"}
    assert analyst.get(settings).json() == {"digest": "off"}
    assert client_of(world.counsel).get(settings).json() == {"digest": "daily"}


def test_a_list_is_kept_shared_and_forgotten(world: World):
    analyst, counsel = client_of(world.analyst), client_of(world.counsel)
    kept = analyst.post(
        "/api/v1/saved-views",
        {"page": "docket", "name": "Stuck", "query": "?stage=draft&page=2", "team": world.team.key},
    )
    assert (kept.status_code, kept.json()["query"]) == (201, "stage=draft")
    seen = counsel.get("/api/v1/saved-views", {"page": "docket"}).json()["results"]
    assert [view["name"] for view in seen] == ["Stuck"]
    address = kept["Location"]
    assert counsel.delete(address).status_code == 403
    renamed = analyst.patch(address, {"name": "Waiting"}, HTTP_IF_MATCH=kept["ETag"])
    assert renamed.json()["name"] == "Waiting"
    assert analyst.delete(address).status_code == 204
    assert analyst.get(address).status_code == 404


def test_what_is_said_on_a_case_is_found_nowhere_by_another_team(world: World):
    outsider = client_of(member(world.elsewhere, Role.COUNSEL, cleared_markings=["CUI"]))
    for address in ("tasks", f"tasks/{world.task.key}", "comments"):
        assert outsider.get(f"/api/v1/cases/{world.case.key}/{address}").status_code == 404
    assert outsider.get("/api/v1/tasks").json()["results"] == []
    assert outsider.get("/api/v1/notifications").json()["results"] == []
