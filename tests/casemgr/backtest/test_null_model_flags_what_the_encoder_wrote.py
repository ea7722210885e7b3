"""The null model reads single fields: it weighs nothing, so it finds only what was written."""

import pytest

from casemgr.backtest.null_model import written_down_as_defective
from casemgr.docket import read_docket, records

DOCKET = """
docket: 1
completeness: summary
authorities:
  - slug: list
    version: "1"
    elements:
      - {code: X-1, kind: fact, undefined_terms: [close to], LAW}
      - {code: X-2, kind: fact}
    considerations: [{code: C-1, element: X-1}, {code: C-2}]
    prerequisites: [{code: P-1, kind: notice, element: X-1}]
evidence:
  - {key: E-1, ITEM}
cases:
  - key: CASE
    authority: list@1
    decided_on: 2020
    links: [{element: X-1, item: E-1, stance: supports, LINK}]
    CASE: 0
"""


def flagged(case="title: t", item="summary: s", link="why: w", law="text: t"):
    """What the null model flags when these fields are written."""
    text = DOCKET.replace("CASE: 0", case).replace("ITEM", item)
    (record,) = records(read_docket(text.replace("LINK", link).replace("LAW", law)))
    return written_down_as_defective(record)


@pytest.mark.parametrize(
    "written",
    [
        {"case": "no_evidence: [X-1]"},
        {"law": "settledness: untested"},
        {"case": "answers: [{code: C-1, state: unanswered}]"},
        {"case": "steps: [{code: P-1, state: not-met}]"},
        {"case": "steps: [{code: P-1, state: late}]"},
        {"case": "findings: [{element: X-1, reasoning: none}]"},
        {"case": "findings: [{element: X-1, reasoning: restates-standard}]"},
        {"case": "findings: [{element: X-1, reasoning: boilerplate}]"},
        {"case": "findings: [{element: X-1, reasoning: adopts-source}]"},
        {"case": "findings: [{element: X-1, defines: none}]"},
        {"case": "findings: [{element: X-1, applied: {difference: material}}]"},
        {"case": "findings: [{element: X-1, relative: {to: decision, order: after}}]"},
        {"case": "comparators: [{name: n, same_conduct: true, explained: false, element: X-1}]"},
        {"case": "prior_position: {what: w, reliance_addressed: false, element: X-1}"},
        {"case": "record: {left_out: [{item: E-1, element: X-1}]}"},
        {"item": "integrity: lost"},
        {"item": "integrity: mismatch"},
        {"item": "graded: false"},
        {"item": "withdrawn_on: 2019"},
        {"item": "translation: none"},
        {"item": "access: withheld, summary_given: false"},
        {"item": "relative: {to: decision, order: after}"},
        {"item": "claims: [{metric: m, check: contradicted}]"},
    ],
    ids=str,
)
def test_a_written_defect_is_flagged_where_it_stands(written):
    assert flagged(**written) == {"X-1"}


@pytest.mark.parametrize(
    "written",
    [
        {},
        {"law": "settledness: contested"},
        {"case": "answers: [{code: C-1, state: not-stated}]"},
        {"case": "steps: [{code: P-1, state: partial}]"},
        {"case": "findings: [{element: X-1, reasoning: partly}]"},
        {"case": "findings: [{element: X-1, applied: {difference: immaterial}}]"},
        {"case": "comparators: [{name: n, same_conduct: false, explained: false, element: X-1}]"},
        {"case": "record: {left_out: [{item: E-1, element: X-1, reason: privileged}]}"},
        # To weigh these is the engine's work.
        {"link": "directness: background, attribution: none"},
        {"item": "hand: third, reliability: E"},
        {"item": "ended: before-decision"},
        {"item": "occurred: [1990, 1991]"},
    ],
    ids=str,
)
def test_what_must_be_weighed_is_not_flagged(written):
    assert flagged(**written) == set()


def test_contrary_evidence_is_flagged_only_when_its_lack_of_an_answer_is_written():
    link = "why: w}, {element: X-2, item: E-1, stance: contradicts"
    assert flagged(link=link) == set()
    assert flagged(link=f"{link}, answer: {{state: not-stated}}") == set()
    assert flagged(link=f"{link}, answer: {{state: unanswered}}") == {"X-2"}


def test_a_defect_of_no_element_is_one_of_the_case():
    assert flagged(case="record: {cited_but_absent: [a report]}") == {None}
    assert flagged(case="answers: [{code: C-2, state: unanswered}]") == {None}


def test_a_defect_of_an_item_counts_only_where_it_supports():
    assert flagged(item="graded: false", link="answer: {state: answered}").isdisjoint({"X-2"})
    text = {"item": "graded: false", "link": "why: w"}
    assert flagged(**text) == {"X-1"}
