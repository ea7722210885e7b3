"""The checklist stored with an assessment: one row an element, in the words of the case."""

import pytest

from casemgr.actions.findings import Wording, sign_finding, write_finding
from casemgr.actions.flags import dispose_flag
from casemgr.actions.links import answer_contrary
from casemgr.models import Assessment, DispositionState
from casemgr.reassess.assess import assess_case
from casemgr.reassess.drain import drain_all
from casemgr.reassess.sweep import sweep
from casemgr.words import AnswerState
from tests.casemgr.factories import a_case, against, element_of, linked, people

pytestmark = pytest.mark.django_db(transaction=True)


def rows(case):
    checklist = assess_case(case.key).read_checklist()
    return {row["code"]: row for row in checklist["elements"]}


def test_it_is_stamped_and_names_case_law_and_path():
    case = a_case(title="A matter")
    checklist = assess_case(case.key).read_checklist()
    assert checklist["handling"].startswith("attorney work product")
    assert (checklist["docket"], checklist["title"]) == (case.key, "A matter")
    assert checklist["authority"] == "small-list@2021"
    assert checklist["designee"]["key"] == case.designee.key
    assert set(checklist["carrying_path"]) <= {row["code"] for row in checklist["elements"]}


def test_elements_stand_in_the_order_of_the_tree_with_the_words_of_the_law():
    case = a_case()
    elements = assess_case(case.key).read_checklist()["elements"]
    assert [(row["code"], row["parent"], row["join"]) for row in elements] == [
        ("L-0", None, "all"),
        ("L-1", "L-0", None),
        ("L-2", "L-0", None),
    ]
    assert elements[1]["text"] == "is engaged in the conduct"


def test_evidence_stands_for_and_against_with_its_answer():
    case = a_case()
    support, contrary = linked(case, "L-1"), against(case, "L-1")
    answer_contrary(
        contrary,
        AnswerState.ANSWERED,
        "It speaks of another year.",
        actor=people(case.team)[1],
        reason="answer",
    )
    row = rows(case)["L-1"]
    assert [each["item"] for each in row["evidence_for"]] == [support.item.key]
    (other_way,) = row["evidence_against"]
    assert other_way["item"] == contrary.item.key
    assert other_way["answer"]["text"] == "It speaks of another year."


def test_a_flag_carries_its_fingerprint_its_day_and_counsels_word():
    case = a_case()
    (flag,) = [f for f in rows(case)["L-1"]["flags"] if f["doctrine"] == "no-evidence"]
    tracked = case.flags.get(fingerprint=flag["fingerprint"])
    assert flag["raised_on"] == tracked.raised_on.isoformat()
    assert flag["disposition"] is None
    counsel = people(case.team)[1]
    dispose_flag(tracked, DispositionState.BEING_CURED, "asked the registry", actor=counsel)
    (flag,) = [f for f in rows(case)["L-1"]["flags"] if f["doctrine"] == "no-evidence"]
    assert flag["disposition"]["reason"] == "asked the registry"
    assert flag["disposition"]["by"] == counsel.key


def test_a_signature_shows_without_a_new_record():
    case = a_case()
    item = linked(case, "L-1").item
    _, author, _ = people(case.team)
    finding = write_finding(
        element_of(case, "L-1"),
        Wording(text="The record shows it.", cites=(item.key,)),
        actor=author,
        reason="draft",
    )
    sweep()
    before = Assessment.objects.current().get(case=case)
    signer = people(case.team)[1]
    sign_finding(finding, finding.revision, actor=signer, reason="agreed")
    drain_all()
    assert sweep() == 1
    after = Assessment.objects.current().get(case=case)
    assert after.input_digest == before.input_digest
    row = next(each for each in after.read_checklist()["elements"] if each["code"] == "L-1")
    assert row["sign_off"]["state"] == "current"
    assert [each["signer"] for each in row["sign_off"]["signatures"]] == [signer.key]
    assert row["finding"]["author"] == author.key
