"""A task on its pages: made out of a flag, moved with and without htmx, kept from overwriting."""

import csv
import io

import pytest

from access.words import Role
from casemgr.actions.tasks import NewTask, amend_task, make_task, move_task
from casemgr.models import Notification, Task, TaskState, TrackedFlag
from casemgr.work_product import HANDLING
from designations.words import in_plain_words
from tests.access.factories import TeamFactory, UserFactory, member
from tests.casemgr.factories import element_of
from tests.web.desk import page, reading

pytestmark = pytest.mark.django_db
BY = {"reason": "a test"}


@pytest.fixture
def counsel(team, case):
    return member(team, Role.COUNSEL, username="cora", first_name="Cora", last_name="Counsel")


@pytest.fixture
def analyst(team, case):
    return member(team, Role.ANALYST, username="ana")


def a_task(case, counsel, **stated) -> Task:
    return make_task(case, NewTask(**{"title": "Ask the registry", **stated}), actor=counsel, **BY)


def raised(case) -> TrackedFlag:
    flags = TrackedFlag.objects.filter(case=case, cleared_on=None)
    return flags.exclude(element_code="").order_by("pk")[0]


def values_of(shown) -> dict[str, str]:
    return {of["name"]: of.get("value") or "" for tag, of in shown.tags
            if tag == "input" and of.get("name")}  # fmt: skip


def test_a_cure_becomes_a_task_that_someone_is_given(case, counsel, analyst) -> None:
    flag, browser = raised(case), reading(counsel)
    query = f"element={flag.element_code}&doctrine={flag.doctrine}&cure=link+something"
    shown = page(browser, f"/cases/WEB-1/tasks/new?{query}&next=/cases/WEB-1/gap/")
    stated = values_of(shown)
    assert (stated["title"], stated["doctrine"]) == ("link something", flag.doctrine)
    assert f"To cure the flag {in_plain_words(flag.doctrine)}" in shown.html
    stated |= {"element": flag.element_code, "assignee": str(analyst.pk), "note": ""}
    answer = browser.post("/cases/WEB-1/tasks/new", stated)
    assert (answer.status_code, answer["Location"]) == (302, "/cases/WEB-1/gap/")
    task = Task.objects.get()
    assert (task.doctrine, task.cure, task.element_code) == (
        flag.doctrine,
        "link something",
        flag.element_code,
    )
    assert Notification.objects.get().person == analyst
    assert "link something" in page(reading(analyst), "/tasks/").text


def test_the_flags_of_an_element_lead_to_that_form(case, counsel) -> None:
    shown = page(reading(counsel), f"/cases/WEB-1/elements/{raised(case).element_code}/")
    leads = [of["href"] for tag, of in shown.tags if tag == "a" and "tasks/new?" in str(of["href"])]
    assert leads
    form = page(reading(counsel), leads[0])
    assert values_of(form)["doctrine"]


def test_a_flag_that_is_not_raised_is_left_out_of_the_form(case, counsel) -> None:
    shown = page(reading(counsel), "/cases/WEB-1/tasks/new?element=X-1a&doctrine=pretext&cure=x")
    assert (values_of(shown)["doctrine"], values_of(shown)["title"]) == ("", "x")


def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(case, counsel) -> None:
    browser = reading(counsel)
    sent = {"title": "Ask", "due_on": "2001-02-03", "note": "All of my notes", "element": ""}
    answer = browser.post("/cases/WEB-1/tasks/new", sent)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "That day has passed" in html
    assert "All of my notes" in html
    assert not Task.objects.exists()


def test_a_way_back_to_another_site_is_not_taken(case, counsel) -> None:
    for evil in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        answer = reading(counsel).post("/cases/WEB-1/tasks/new", {"title": "x", "next": evil})
        assert answer["Location"] == "/cases/WEB-1/tasks/"


def test_without_a_script_a_button_moves_it_and_leads_back(case, counsel, analyst) -> None:
    task = a_task(case, counsel, assignee=analyst)
    browser = reading(analyst)
    sent = {"to": "doing", "revision": "1", "next": "/tasks/?whose=mine"}
    answer = browser.post(f"/tasks/{task.key}/state", sent, follow=True)
    assert answer.redirect_chain == [("/tasks/?whose=mine", 302)]
    task.refresh_from_db()
    assert task.state == "doing"
    assert f"{task.key} is being done" in answer.content.decode()


def test_with_a_script_only_its_row_is_sent(case, counsel, analyst) -> None:
    task = a_task(case, counsel, assignee=analyst)
    browser = reading(analyst)
    answer = browser.post(
        f"/tasks/{task.key}/state", {"to": "done", "revision": "1"}, headers={"HX-Request": "true"}
    )
    html = answer.content.decode()
    assert answer.status_code == 200
    assert html.count("<tr") == 1 and "<html" not in html
    assert f'id="task-{task.key}"' in html and "Open again" in html


def test_a_row_that_someone_else_moved_says_so_and_shows_it(case, counsel, analyst) -> None:
    task = a_task(case, counsel, assignee=analyst)
    move_task(task, 1, TaskState.DOING, actor=counsel, **BY)
    answer = reading(analyst).post(
        f"/tasks/{task.key}/state", {"to": "done", "revision": "1"}, headers={"HX-Request": "true"}
    )
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "was changed by someone else meanwhile" in html
    assert "being done" in html
    task.refresh_from_db()
    assert task.state == "doing"


def test_dropping_without_a_reason_says_what_is_missing(case, counsel) -> None:
    task = a_task(case, counsel)
    sent = {"to": "dropped", "revision": "1", "why": ""}
    answer = reading(counsel).post(f"/tasks/{task.key}/state", sent, follow=True)
    assert "Say why the task is dropped" in answer.content.decode()


def test_a_cleared_flag_closes_its_task_with_one_click(case, counsel) -> None:
    flag = raised(case)
    task = a_task(
        case, counsel, element=element_of(case, flag.element_code), doctrine=flag.doctrine,
        subject=flag.subject, cure="link something",
    )  # fmt: skip
    browser = reading(counsel)
    assert "Close: its flag is cleared" not in page(browser, f"/tasks/{task.key}/").text
    TrackedFlag.objects.filter(pk=flag.pk).update(cleared_on=flag.raised_on)
    shown = page(browser, f"/tasks/{task.key}/")
    assert "Its flag is cleared" in shown.text and "Close: its flag is cleared" in shown.text
    assert "its flag is cleared" in page(browser, "/tasks/?whose=team&cleared=1").text
    hidden = values_of(shown)
    sent = {"to": "done", "revision": hidden["revision"], "why": hidden["why"]}
    browser.post(f"/tasks/{task.key}/state", sent)
    task.refresh_from_db()
    assert (task.state, task.closing_reason) == ("done", "Its flag is cleared")


def test_two_who_edit_do_not_overwrite_each_other(case, counsel, analyst) -> None:
    task = a_task(case, counsel)
    amend_task(task, 1, title="Ask another registry", actor=analyst, **BY)
    browser = reading(counsel)
    sent = {"title": "Mine", "note": "My own words", "revision": "1", "assignee": "", "due_on": ""}
    answer = browser.post(f"/tasks/{task.key}/edit", sent)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Ask another registry" in html and "My own words" in html
    assert 'name="revision" value="2"' in html
    assert browser.post(f"/tasks/{task.key}/edit", sent | {"revision": "2"}).status_code == 302
    task.refresh_from_db()
    assert task.title == "Mine"


def test_the_list_is_narrowed_in_the_address_and_counts_what_it_offers(
    case, counsel, analyst
) -> None:
    a_task(case, counsel, title="Given", assignee=analyst)
    a_task(case, counsel, title="Loose")
    done = a_task(case, counsel, title="Finished", assignee=analyst)
    move_task(done, 1, TaskState.DONE, actor=analyst, **BY)
    browser = reading(analyst)
    mine = page(browser, "/tasks/").text
    assert "Mine 1" in mine and "My teams’ 2" in mine and "Given to no one 1" in mine
    assert "Given" in mine and "Loose" not in mine.replace("Given to no one", "")
    assert "Loose" in page(browser, "/tasks/?whose=unassigned").text
    assert "Finished" in page(browser, "/tasks/?state=done").text
    assert "No task fits" in page(browser, "/tasks/?case=NO-SUCH").html
    assert page(browser, "/tasks/?whose=x&state=y&due=z&page=999&case=%00")


def test_the_csv_holds_what_the_list_holds_stamped_and_inert(case, counsel) -> None:
    a_task(case, counsel, title="=HYPERLINK(1)")
    answer = reading(counsel).get("/tasks/?whose=team&format=csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode())))
    assert rows[0] == [HANDLING]
    assert rows[2][1] == "WEB-1"
    assert rows[2][3] == "'=HYPERLINK(1)"


def test_who_only_reads_is_shown_no_button_and_refused(case, counsel) -> None:
    task = a_task(case, counsel)
    auditor = reading(UserFactory(auditor=True))
    for address in ("/tasks/?whose=team", f"/tasks/{task.key}/", "/cases/WEB-1/tasks/"):
        shown = page(auditor, address)
        assert not [of for _, of in shown.tags if f"/tasks/{task.key}/state" in str(of)], address
    for address in (f"/tasks/{task.key}/state", f"/tasks/{task.key}/edit",
                    "/cases/WEB-1/tasks/new", "/cases/WEB-1/comments/"):  # fmt: skip
        sent = {"to": "done", "revision": "1", "title": "x", "text": "x"}
        assert auditor.post(address, sent).status_code == 403, address


def test_a_task_out_of_scope_is_not_there(case, counsel) -> None:
    task = a_task(case, counsel)
    stranger = reading(member(TeamFactory(), Role.COUNSEL))
    for address in (f"/tasks/{task.key}/", f"/tasks/{task.key}/edit", "/cases/WEB-1/tasks/",
                    "/cases/WEB-1/tasks/new"):  # fmt: skip
        assert stranger.get(address).status_code == 404, address
    assert stranger.post(f"/tasks/{task.key}/state", {"to": "done"}).status_code == 404
    assert task.title not in page(stranger, "/tasks/?whose=team").text
    administrator = reading(UserFactory(administrator=True))
    assert administrator.get(f"/tasks/{task.key}/").status_code == 404
    assert administrator.get("/tasks/").status_code == 403


def test_a_row_takes_as_many_queries_as_fifty(settings, case, counsel, analyst) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"
    browser = reading(counsel)
    a_task(case, counsel, assignee=analyst)

    def queries(address) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address).status_code == 200
        return len(captured)

    addresses = ("/tasks/?whose=team", "/cases/WEB-1/tasks/")
    few = [queries(address) for address in addresses]
    for _ in range(20):
        a_task(case, counsel, assignee=analyst, element=element_of(case, "X-1a"))
    assert [queries(address) for address in addresses] == few
