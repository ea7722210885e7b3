"""Stress, comparison and gap: what a hostile reader sees, and the work that would mend it."""

import pytest
from django.http import QueryDict

from access.words import Role
from casemgr.models import Case, Change
from tests.access.factories import TeamFactory, member
from tests.web.desk import Page, page, reading

pytestmark = pytest.mark.django_db
TABS = ("stress", "compare", "gap")


@pytest.fixture
def counsel(case, team):
    return reading(member(team, Role.COUNSEL))


def row_of(shown: Page, words: str) -> str:
    """The table row in which these words stand, as read."""
    start = shown.html.index(words)
    row = shown.html[shown.html.rindex("<tr", 0, start) : shown.html.index("</tr>", start) + 5]
    return Page(row).text


@pytest.mark.parametrize("tab", TABS)
def test_each_page_says_where_one_is_and_leads_to_the_others(counsel, tab) -> None:
    shown = page(counsel, f"/cases/WEB-1/{tab}/")
    current = [tag.get("href") for _, tag in shown.tags if tag.get("aria-current") == "page"]
    assert f"/cases/WEB-1/{tab}/" in current
    hrefs = {attributes.get("href") for _, attributes in shown.tags}
    assert {f"/cases/WEB-1/{other}/" for other in TABS} <= hrefs
    assert "Attorney work product" in shown.text


def test_the_stress_matrix_judges_every_element_under_every_hypothesis(counsel) -> None:
    shown = page(counsel, "/cases/WEB-1/stress/")
    assert "A the whole record" in shown.text
    assert "disinterested sources only" in shown.text
    row = row_of(shown, "/elements/X-1a/")
    letters = [tag for tag, attributes in shown.tags if tag == "abbr"]
    assert row.count("weak") + row.count("unsupported") == len(letters)


def test_each_origin_is_struck_in_turn(counsel) -> None:
    shown = page(counsel, "/cases/WEB-1/stress/")
    struck = shown.text.partition("Each origin struck in turn")[2].partition("brief")[0]
    assert "S-REGISTRY" in struck or "Company registry" in struck


def test_the_brief_attacks_with_the_unanswered_denial(counsel) -> None:
    brief = page(counsel, "/cases/WEB-1/stress/").text.partition("brief, strongest")[2]
    assert "contrary unaddressed “The agency looked away from what cuts against it.”" in brief
    assert "X-1a : E-3 cuts the other way" in brief


def test_the_comparison_names_what_each_authority_lacks(counsel) -> None:
    row = row_of(page(counsel, "/cases/WEB-1/compare/"), "page-list@2021</th>")
    assert "WEB-1 this case" in row
    assert "no X-1a weak: contrary unaddressed" in row


def test_the_comparison_holds_no_case_out_of_scope(case, counsel) -> None:
    Case.objects.create(
        key="HIDDEN-9", designee=case.designee, team=TeamFactory(), opened_on="2026-01-01"
    )
    assert "HIDDEN-9" not in page(counsel, "/cases/WEB-1/compare/").text


def test_the_gap_list_names_the_work_and_where(counsel) -> None:
    shown = page(counsel, "/cases/WEB-1/gap/?target=contestable")
    assert "From ■□□□ weak to contestable" in shown.text
    assert "Answer E-3 on the merits. X-1a" in shown.text


def test_a_target_nobody_knows_counts_as_not_asked(counsel) -> None:
    assert "to adequate" in page(counsel, "/cases/WEB-1/gap/?target=splendid").text


def test_a_case_without_law_in_force_says_so_and_does_not_fail(case, counsel) -> None:
    case.pins.update(entered_on="2099-01-01", entered_on_precision="day")
    for tab in TABS:
        assert "pin one that holds" in page(counsel, f"/cases/WEB-1/{tab}/").text


WHAT_IF = "/cases/WEB-1/what-if/"


def test_supposing_leads_to_an_address_that_holds_it(counsel) -> None:
    sent = {"kind": "answer-contrary", "pair": "X-1a\nE-3"}
    answer = counsel.get(WHAT_IF, sent)
    assert answer.status_code == 302
    shown = page(counsel, answer["Location"])
    assert "A contrary item answered: X-1a, E-3 give up" in shown.text
    assert "contrary unaddressed" in row_of(shown, "/elements/X-1a/")


def test_what_is_supposed_is_written_nowhere(case, counsel) -> None:
    before = (Change.objects.count(), case.assessments.count())
    sent = {"kind": "strike-source", "source_key": "S-REGISTRY"}
    page(counsel, counsel.get(WHAT_IF, sent)["Location"])
    assert (Change.objects.count(), case.assessments.count()) == before


def test_hypotheses_add_up_and_are_given_up_one_by_one(counsel) -> None:
    first = counsel.get(WHAT_IF, {"kind": "strike-item", "item": "E-1"})["Location"]
    query = QueryDict(first.partition("?")[2])
    sent = {"kind": "write-finding", "element": "X-1a", "h": query.getlist("h")}
    shown = page(counsel, counsel.get(WHAT_IF, sent)["Location"])
    assert "Without an item: E-1" in shown.text
    assert "A finding written: X-1a" in shown.text
    ways = [a["href"] for t, a in shown.tags if t == "a" and "?h=" in (a.get("href") or "")]
    left = page(counsel, ways[0]).text
    assert "Without an item: E-1" not in left
    assert "A finding written: X-1a" in left


def test_new_evidence_is_supposed_with_its_bearing(counsel) -> None:
    sent = {
        "kind": "add-evidence", "element": "X-1a", "stance": "supports", "directness": "direct",
        "attribution": "designee", "evidence_kind": "government-finding", "role": "us-government",
        "hand": "first", "reliability": "A",
    }  # fmt: skip
    shown = page(counsel, counsel.get(WHAT_IF, sent)["Location"])
    assert "not have yet on X-1a: supports, direct, first, U.S. government, A" in shown.text
    assert "The case: " in shown.text


@pytest.mark.parametrize(
    "query",
    [
        "h=nonsense",
        'h={"kind":"strike-item"}',
        'h={"kind":["strike-item"],"item":"E-1"}',
        "h=[]",
        'h={"kind":"add-evidence","element":"X-1a","stance":"shouts"}',
        'h={"kind":"add-evidence","element":"X-1a","credibility":"9"}',
        "kind=strike-item&item=E-999",
        "kind=nothing",
    ],
)
def test_an_address_that_says_nothing_usable_supposes_nothing(counsel, query) -> None:
    assert "The case: " not in page(counsel, f"{WHAT_IF}?{query}").text


def test_what_the_record_does_not_hold_is_told(counsel) -> None:
    shown = page(counsel, f'{WHAT_IF}?h={{"kind":"strike-item","item":"E-999"}}').text
    assert "The record holds no item 'E-999'." in shown


def test_another_authority_is_supposed(counsel, version) -> None:
    sent = {"kind": "choose-authority", "authority": "shelf-list@2021"}
    shown = page(counsel, counsel.get(WHAT_IF, sent)["Location"])
    assert "under shelf-list@2021" in shown.text
