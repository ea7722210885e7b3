"""The case page says on which elements the case would stand and which would fall first."""

import pytest

from access.words import Role
from casemgr.models import FlagDisposition, TrackedFlag
from tests.access.factories import member
from tests.web.desk import Page, assessed, page, reading, stored_case

pytestmark = pytest.mark.django_db
STAMP = "Attorney work product — pre-decisional — deliberative"


@pytest.fixture
def counsel(team):
    return member(team, Role.COUNSEL, first_name="Jo", last_name="Roe")


@pytest.fixture
def shown(case, counsel) -> Page:
    return page(reading(counsel), "/cases/WEB-1/")


def row_of(shown: Page, code: str) -> str:
    """The matrix row of an element, as read."""
    table = shown.html[shown.html.index('<table class="matrix"') :]
    start = table.index(f"/elements/{code}/")
    return Page(table[table.rindex("<tr", 0, start) : table.index("</tr>", start) + 5]).text


def test_the_top_line_names_docket_designee_authority_stage_and_posture(shown) -> None:
    assert "WEB-1 · Pages, Inc. ·" in shown.text
    assert "page-list@2021" in shown.text
    assert "evidence building" in shown.text or "draft" in shown.text
    assert "A court would review the decision on its administrative record" in shown.text


def test_a_row_counts_evidence_origins_and_strikes(shown) -> None:
    row = row_of(shown, "X-1a")
    assert "X-1a did the thing" in row
    # two supporting items of one origin, one contrary item that nobody answered
    assert "weak 2 1 1 unanswered 1 0" in row


def test_the_carrying_path_is_said_in_words_and_not_by_color_alone(shown) -> None:
    assert row_of(shown, "X-1a").startswith("▌ carrying")
    assert row_of(shown, "X-1b").startswith("┆ fallback")
    assert not row_of(shown, "X-0").startswith("▌")


def test_a_group_shows_what_its_carrying_parts_show(shown) -> None:
    assert "X-1 any of" in row_of(shown, "X-1")
    assert "weak 2 1 1 unanswered 1 0" in row_of(shown, "X-1")


def test_a_weakness_leads_to_its_facts_and_to_the_decision(shown, counsel) -> None:
    weaknesses = shown.html.partition('id="weaknesses"')[2]
    assert '<a class="key" href="/evidence/E-3/">E-3</a>' in weaknesses
    assert '<a href="/cases/WEB-1/decision/">' in weaknesses
    assert page(reading(counsel), "/evidence/E-3/").html


def test_the_weaknesses_name_doctrine_place_facts_and_cure(shown) -> None:
    weaknesses = shown.text.partition("Weaknesses, worst first")[2].partition("Not yet done")[0]
    assert "serious contrary unaddressed X-1a : E-3 cuts the other way" in weaknesses
    assert "Facts: E-3" in weaknesses
    assert "Answer E-3 on the merits" in weaknesses
    assert "State Farm" in weaknesses


def test_steps_still_ahead_stand_apart_from_weaknesses(shown) -> None:
    weaknesses, _, ahead = shown.text.partition("Not yet done")
    assert "no finding is written yet" not in weaknesses.lower()
    assert "No finding is written yet" in ahead
    assert "notice — X-2 : P-1 is not done yet" in ahead


def test_the_page_is_stamped_as_work_product(shown) -> None:
    assert STAMP in shown.text


def test_what_people_wrote_is_shown_as_text(case, counsel) -> None:
    shown = page(reading(counsel), "/cases/WEB-1/elements/X-1a/")
    assert "The registry shows it. <b>Not bold</b>" in shown.text
    assert STAMP in shown.text


def test_the_element_page_folds_copies_under_their_origin(case, counsel) -> None:
    shown = page(reading(counsel), "/cases/WEB-1/elements/X-1a/")
    assert "2 items, one origin" in shown.text
    assert shown.text.index("E-1") < shown.text.index("A newspaper repeats the registry.")
    assert "Nobody has answered it." in shown.text
    assert "Strike number 0" in shown.text


def test_an_element_that_the_case_has_not_is_not_found(case, counsel) -> None:
    assert reading(counsel).get("/cases/WEB-1/elements/X-9/").status_code == 404


def test_a_new_case_has_a_page_before_its_first_assessment(team, counsel) -> None:
    stored_case(team)
    assert "has not been assessed yet" in page(reading(counsel), "/cases/WEB-1/").text


def test_counsels_word_on_a_flag_stands_beside_it(case, counsel) -> None:
    flag = TrackedFlag.objects.get(case=case, doctrine="contrary-unaddressed")
    FlagDisposition.objects.create(
        flag=flag, state="being-cured", reason="The answer is drafted.", by=counsel
    )
    assessed(case)
    shown = page(reading(counsel), "/cases/WEB-1/")
    assert "Counsel: being cured — The answer is drafted. (Jo Roe)" in shown.text


def test_so_is_the_page_of_an_item_that_shows_grades_of_a_case(case, team) -> None:
    assert STAMP in page(reading(member(team, Role.ANALYST)), "/evidence/E-1/").text
