"""The matrix of an assessment is drawn once and shown again, and never shows another."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from access.words import Role
from casemgr.actions.findings import Wording, sign_finding, write_finding
from casemgr.models import CaseElement
from casemgr.web import kept_review
from tests.access.factories import member
from tests.web.desk import Page, assessed, page, reading

pytestmark = pytest.mark.django_db
CASE = "/cases/WEB-1/"


@pytest.fixture(autouse=True)
def _nothing_kept():
    caches["optional"].clear()
    yield
    caches["optional"].clear()


@pytest.fixture
def counsel(team):
    return member(team, Role.COUNSEL, first_name="Jo", last_name="Roe")


@pytest.fixture
def signed(case, team, counsel):
    """The signer of a finding of the case."""
    element = CaseElement.objects.get(case=case, element__code="X-1a")
    finding = write_finding(element, Wording(text="E-1 shows it."), actor=counsel, reason="found")
    signer = member(team, Role.COUNSEL, first_name="Al", last_name="Doe")
    sign_finding(finding, 1, actor=signer, reason="read")
    assessed(case)
    return signer


def checklists_read(reader) -> tuple[Page, int]:
    """The page of the case, and how often the text of a checklist was read for it."""
    with CaptureQueriesContext(connection) as asked:
        shown = page(reader, CASE)
    return shown, sum('"checklist"' in each["sql"] for each in asked.captured_queries)


def without_token(shown: Page) -> str:
    """What the page says; the rest of it differs by the token of its forms."""
    return shown.html.partition("<main")[2]


def test_the_checklist_is_read_for_the_first_reader_alone(case, counsel, team) -> None:
    first, read = checklists_read(reading(counsel))
    assert read == 1
    again, read = checklists_read(reading(member(team, Role.COUNSEL)))
    assert read == 0
    assert without_token(again) == without_token(first)


def test_a_new_assessment_is_drawn_anew(case, counsel) -> None:
    reader = reading(counsel)
    page(reader, CASE)
    element = CaseElement.objects.get(case=case, element__code="X-1a")
    write_finding(element, Wording(text="E-1 shows it."), actor=counsel, reason="found")
    assessed(case)
    shown, read = checklists_read(reader)
    assert read == 1
    assert "not signed" in shown.text


def test_a_person_goes_by_the_present_name(signed, counsel) -> None:
    reader = reading(counsel)
    assert "Al Doe · current" in page(reader, CASE).text
    signed.last_name = "Poe"
    signed.save()
    assert "Al Poe · current" in page(reader, CASE).text


def test_another_template_draws_anew(case, counsel, monkeypatch) -> None:
    reader = reading(counsel)
    page(reader, CASE)
    monkeypatch.setattr(kept_review, "_looks", lambda: "as released next")
    assert checklists_read(reader)[1] == 1


def test_a_day_gone_by_and_today_do_not_take_each_others_place(case, counsel) -> None:
    reader = reading(counsel)
    today = page(reader, CASE).text
    then = page(reader, f"{CASE}?as_of=2026-03-05").text
    assert "computed now, stored nowhere" in then
    assert page(reader, CASE).text == today
    assert page(reader, f"{CASE}?as_of=2026-03-05").text == then


def test_while_nothing_can_be_kept_the_page_is_drawn_every_time(case, counsel, settings) -> None:
    kept = page(reading(counsel), CASE).html
    settings.CACHES = settings.CACHES | {
        "optional": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    }
    shown, read = checklists_read(reading(counsel))
    assert read == 1
    assert without_token(shown) == kept.partition("<main")[2]
