"""A manager starts a run in the browser, follows it, stops it and takes it up again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access.words import Role
from casemgr import tasks
from casemgr.models import Assessment
from casemgr.reassess import portfolio
from evidence.models import Job, JobPart, JobState
from tests.access.factories import MarkingFactory, TeamFactory, UserFactory, member
from tests.casemgr.factories import a_case, law, linked
from tests.web.desk import Page, page, reading

pytestmark = pytest.mark.django_db(transaction=True)
RUNS = "/portfolio-runs/"


@pytest.fixture
def team():
    return TeamFactory(name="Alpha")


@pytest.fixture
def manager(team):
    return member(team, Role.MANAGER, first_name="Mona", last_name="Manager")


@pytest.fixture
def cases(team):
    version = law()
    return [a_case(team, version=version) for _ in range(4)]


@pytest.fixture
def browser(manager):
    return reading(manager)


def begun(browser, team, reason="The engine was updated") -> Job:
    answer = browser.post(RUNS, {"team": team.key, "reason": reason})
    job = Job.objects.latest("pk")
    assert (answer.status_code, answer["Location"]) == (302, f"{RUNS}{job.key}/")
    return job


def work(job: Job) -> None:
    while Job.objects.active().filter(pk=job.pk).exists():
        tasks.assess_portfolio_part(job.key)


def in_small_parts(job: Job, cases) -> None:
    """As if parts were of one case, so that a run can be met half-way."""
    JobPart.objects.filter(job=job).delete()
    for number, case in enumerate(cases, start=1):
        JobPart.objects.create(job=job, number=number, left=[case.key])


def polled(browser, job: Job, told: int) -> str:
    answer = browser.get(f"{RUNS}{job.key}/progress?told={told}", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode()


def section(shown: Page) -> dict[str, str | None]:
    return next(of for tag, of in shown.tags if of.get("id") == "run-now")


def fields(shown: Page) -> set[str | None]:
    return {of.get("name") for tag, of in shown.tags if tag in ("input", "select")}


def test_the_empty_list_says_what_a_run_is_for(browser, cases) -> None:
    shown = page(browser, RUNS)
    assert "No run yet" in shown.text and "after the review engine was updated" in shown.text
    assert "Alpha: 4 cases to be decided" in shown.text


def test_a_run_is_started_followed_and_its_result_read(browser, team, cases) -> None:
    job = begun(browser, team)
    in_small_parts(job, cases)
    shown = page(browser, f"{RUNS}{job.key}/")
    assert "Waiting for a worker" in shown.text
    assert "0 of 4 cases assessed, 4 left" in shown.text
    assert section(shown)["hx-get"] == f"{RUNS}{job.key}/progress?told=0"
    tasks.assess_portfolio_part(job.key)
    shown = page(browser, f"{RUNS}{job.key}/")
    assert "25 % : 1 of 4 cases assessed, 3 left" in shown.text
    assert ("progress", "4", "1") in {
        (tag, of.get("max"), of.get("value")) for tag, of in shown.tags
    }
    work(job)
    shown = page(browser, f"{RUNS}{job.key}/")
    assert "Finished" in shown.text and "100 % : 4 of 4 cases assessed." in shown.text
    assert "No case changed grade. 4 assessed for the first time." in shown.text
    assert "hx-get" not in section(shown)
    assert "reason" not in fields(shown)
    row = page(browser, RUNS).text
    assert "finished 4 of 4 0 Mona Manager The engine was updated" in row


def test_while_it_runs_a_part_of_the_page_asks_for_itself(browser, team, cases) -> None:
    job = begun(browser, team)
    in_small_parts(job, cases)
    tasks.assess_portfolio_part(job.key)
    news = polled(browser, job, told=0)
    assert "<html" not in news and 'hx-trigger="load delay:2s"' in news
    assert "25 %: 1 of 4 cases" in news
    assert "<a " not in news and "<input" not in news, "nothing that could lose the focus"
    assert "hx-swap-oob" not in polled(browser, job, told=2), "what was said is not said again"
    work(job)
    last = polled(browser, job, told=2)
    assert "hx-trigger" not in last
    assert "The run is finished. 4 of 4 cases assessed" in last
    assert 'id="run-after" hx-swap-oob="outerHTML"' in last
    assert "Cancel the run" not in last


def test_what_changed_grade_is_told_with_the_cases_the_reader_sees(browser, team, cases) -> None:
    work(begun(browser, team))
    for code in ("L-1", "L-2"):
        for _ in range(3):
            linked(cases[0], code)
    marking = MarkingFactory()
    job = begun(browser, team)
    work(job)
    after = Assessment.objects.current().get(case=cases[0]).grade
    shown = page(browser, f"{RUNS}{job.key}/")
    assert "1 case changed grade. 1 rose, 3 unchanged." in shown.text
    assert "Cases that changed grade meanwhile" in shown.text and after in shown.text
    links = [of.get("href") for tag, of in shown.tags if tag == "a"]
    assert f"/cases/{cases[0].key}/" in links and f"/cases/{cases[1].key}/" not in links
    cases[0].markings = [marking.code]
    cases[0].save()
    hidden = page(browser, f"{RUNS}{job.key}/")
    assert "1 case changed grade." in hidden.text
    assert cases[0].key not in hidden.html


def test_what_failed_is_listed_with_its_error_and_tried_again(
    browser, team, cases, monkeypatch
) -> None:
    whole = portfolio.assess_cases

    def broken(keys, *rest):
        if cases[1].key in keys:
            raise ValueError("a <broken> record")
        return whole(keys, *rest)

    job = begun(browser, team)
    with monkeypatch.context() as patched:
        patched.setattr(portfolio, "assess_cases", broken)
        work(job)
    shown = page(browser, f"{RUNS}{job.key}/")
    assert "3 of 4 cases assessed, 1 could not be assessed." in shown.text
    assert f"{cases[1].key} ValueError: a <broken> record" in shown.text
    assert f"/cases/{cases[1].key}/" in [of.get("href") for tag, of in shown.tags if tag == "a"]
    assert "1 that failed: what is assessed is not assessed again" in shown.text
    answer = browser.post(f"{RUNS}{job.key}/resumption", {"reason": "mended"}, follow=True)
    assert answer.redirect_chain == [(f"{RUNS}{job.key}/", 302)]
    work(job)
    shown = page(browser, f"{RUNS}{job.key}/")
    assert "4 of 4 cases assessed." in shown.text and "broken" not in shown.text


def test_it_is_cancelled_with_a_reason_and_taken_up_again(browser, team, cases) -> None:
    job = begun(browser, team)
    at = f"{RUNS}{job.key}/"
    answer = browser.post(f"{at}cancellation", {"reason": "  "})
    assert answer.status_code == 422
    assert "Say why: the reason is kept with the run." in answer.content.decode()
    assert browser.post(f"{at}cancellation", {"reason": "too early"}).status_code == 302
    shown = page(browser, at)
    assert "Cancelled" in shown.text and "Ended before it began" in shown.text
    assert "4 cases left" in shown.text
    late = browser.post(f"{at}cancellation", {"reason": "again"})
    assert late.status_code == 409
    assert "is not running, so it cannot be cancelled" in late.content.decode()
    assert browser.post(f"{at}resumption", {"reason": "now"}).status_code == 302
    work(job)
    job.refresh_from_db()
    assert job.state == JobState.FINISHED
    assert browser.post(f"{at}resumption", {"reason": "again"}).status_code == 409


def test_a_second_one_is_refused_and_names_the_first(browser, team, cases) -> None:
    job = begun(browser, team)
    answer = browser.post(RUNS, {"team": team.key, "reason": "once more"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert f"{job.key} is already under way" in html and "once more" in html
    assert Job.objects.count() == 1


def test_a_run_needs_a_reason_cases_and_a_team_one_manages(browser, team, manager) -> None:
    elsewhere = TeamFactory()
    for sent, said in (
        ({"team": team.key, "reason": ""}, "Say why"),
        ({"team": elsewhere.key, "reason": "x"}, "You may not start a run in that team"),
        ({"team": "\x00", "reason": "x"}, "Null characters are not allowed"),
        ({"team": team.key, "reason": "x"}, "There is no case still to be decided"),
    ):
        answer = browser.post(RUNS, sent)
        assert answer.status_code == 422, sent
        assert said in answer.content.decode(), sent
    assert not Job.objects.exists()


@pytest.mark.parametrize("role", [Role.ANALYST, Role.COUNSEL])
def test_the_team_reads_runs_and_only_managers_move_them(browser, team, cases, role) -> None:
    job = begun(browser, team)
    reader = reading(member(team, role))
    for address in (RUNS, f"{RUNS}{job.key}/"):
        shown = page(reader, address)
        assert "reason" not in fields(shown)
        shortcuts = [of.get("data-shortcut") for tag, of in shown.tags if tag == "a"]
        assert "g r" not in shortcuts
    assert reader.post(RUNS, {"team": team.key, "reason": "x"}).status_code == 403
    for act in ("cancellation", "resumption"):
        assert reader.post(f"{RUNS}{job.key}/{act}", {"reason": "x"}).status_code == 403
    job.refresh_from_db()
    assert job.state == JobState.WAITING
    assert Job.objects.count() == 1


def test_a_manager_finds_the_runs_in_the_sidebar(browser) -> None:
    links = [of for tag, of in page(browser, "/").tags if tag == "a" and of.get("href") == RUNS]
    assert [of.get("data-shortcut") for of in links] == ["g r"]


def test_a_run_out_of_scope_is_not_found(browser, team, cases) -> None:
    marking = MarkingFactory()
    job = begun(browser, team)
    strangers = [reading(member(TeamFactory(), Role.MANAGER))]
    Job.objects.filter(pk=job.pk).update(markings=[marking.code])
    strangers += [browser, reading(UserFactory(auditor=True))]
    page(browser, "/tasks/")  # where the word that it was started is read
    for stranger in strangers:
        assert job.key not in page(stranger, RUNS).text
        for at in ("", "progress"):
            assert stranger.get(f"{RUNS}{job.key}/{at}").status_code == 404
        for act in ("cancellation", "resumption"):
            assert stranger.post(f"{RUNS}{job.key}/{act}", {"reason": "x"}).status_code == 404
    cleared = reading(UserFactory(auditor=True, cleared_markings=[marking.code]))
    shown = page(cleared, f"{RUNS}{job.key}/")
    assert marking.code in shown.text and "reason" not in fields(shown)


def test_an_administrator_reads_no_run(browser, team, cases) -> None:
    job = begun(browser, team)
    administrator = reading(UserFactory(administrator=True))
    assert job.key not in page(administrator, RUNS, status=403).text
    assert administrator.get(f"{RUNS}{job.key}/").status_code == 404


def test_a_run_that_no_worker_takes_up_says_so(browser, team, cases) -> None:
    job = begun(browser, team)
    assert "No worker has taken it up yet" not in page(browser, f"{RUNS}{job.key}/").text
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE evidence_job SET asked_at = now() - interval '2 minutes' WHERE id = %s",
            [job.pk],
        )
    assert "No worker has taken it up yet" in page(browser, f"{RUNS}{job.key}/").text


def test_the_page_of_a_run_is_plain(browser, team, cases) -> None:
    job = begun(browser, team)
    for _ in range(2):
        shown = page(browser, f"{RUNS}{job.key}/")
        assert shown.unclosed == []
        ids = [of["id"] for _, of in shown.tags if of.get("id")]
        assert len(ids) == len(set(ids))
        labeled = {of.get("for") for tag, of in shown.tags if tag == "label"}
        for tag, of in shown.tags:
            assert "style" not in of and not [name for name in of if name.startswith("on")]
            assert set((of.get("aria-labelledby") or "").split()) <= set(ids)
            if tag == "input" and of.get("type") != "hidden":
                assert of["id"] in labeled
        work(job)


def test_the_number_of_queries_grows_with_neither_runs_nor_cases(
    settings, browser, team, cases
) -> None:
    # A session kept in the cache costs a query whenever the cache forgets it.
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"

    def queries(address: str) -> int:
        page(browser, address)
        with CaptureQueriesContext(connection) as captured:
            page(browser, address)
        return len(captured)

    first = begun(browser, team)
    work(first)
    few = queries(RUNS), queries(f"{RUNS}{first.key}/")
    assert few[0] <= 10 and few[1] <= 10, few
    version = cases[0].pins.get().version
    for _ in range(6):
        a_case(team, version=version)
    for _ in range(5):
        work(begun(browser, team))
    newest = Job.objects.latest("pk")
    assert (queries(RUNS), queries(f"{RUNS}{newest.key}/")) == few
