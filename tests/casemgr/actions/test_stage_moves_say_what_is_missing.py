"""From draft to decided, and everything that stands in the way."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from access.policy import Verb
from access.revision import StaleRevisionError
from access.words import Role
from casemgr.actions.findings import Wording, sign_finding, write_finding
from casemgr.actions.flags import dispose_flag
from casemgr.actions.pins import carry_element, pin_version
from casemgr.actions.stage_moves import NotReadyError, move_stage
from casemgr.actions.treatment import answer_consideration, meet_prerequisite
from casemgr.clock import decision_day
from casemgr.models import Case, DispositionState, Finding, Stage, TrackedFlag
from casemgr.reassess.assess import assess_case
from casemgr.reassess.drain import drain_all
from casemgr.stages import TRANSITIONS, found_and_signed, next_stages, supported, transition
from casemgr.words import AnswerState, CaseKind, StepState
from tests.access.factories import member
from tests.casemgr.factories import LIST, a_case, element_of, law, linked, people

pytestmark = pytest.mark.django_db(transaction=True)


def move(case, target, actor, **options):
    fresh = Case.objects.get(pk=case.pk)
    return move_stage(fresh, target, fresh.revision, actor=actor, reason="next", **options)


def settle(case):
    drain_all()
    assess_case(case.key)


def test_every_stage_can_be_left_and_every_end_is_reached():
    left = {way.source for way in TRANSITIONS}
    assert set(Stage) - left == {Stage.CLOSED}
    assert {way.target for way in TRANSITIONS} | {Stage.DRAFT} == set(Stage)
    assert len({(way.source, way.target) for way in TRANSITIONS}) == len(TRANSITIONS)


def test_only_a_manager_decides():
    for way in TRANSITIONS:
        if way.target in (Stage.DECIDED, Stage.DECLINED):
            assert way.verb is Verb.DECIDE


def test_there_is_no_way_from_draft_to_decided():
    case = a_case()
    _, _, manager = people(case.team)
    assert transition(Stage.DRAFT, Stage.DECIDED) is None
    with pytest.raises(ValidationError, match="no way from draft to decided"):
        move(case, Stage.DECIDED, manager)


def test_an_analyst_does_not_advance_a_case():
    case = a_case()
    with pytest.raises(ValidationError, match="counsel and managers"):
        move(case, Stage.EVIDENCE_BUILDING, people(case.team)[0])


def test_a_mover_who_saw_another_revision_is_refused():
    case = a_case()
    with pytest.raises(StaleRevisionError):
        move_stage(case, Stage.DECLINED, 99, actor=people(case.team)[2], reason="no")


def test_review_waits_for_evidence_on_every_element_relied_on():
    case = a_case()
    counsel = people(case.team)[1]
    move(case, Stage.EVIDENCE_BUILDING, counsel)
    linked(case, "L-1")
    settle(case)
    with pytest.raises(NotReadyError) as refusal:
        move(case, Stage.LEGAL_REVIEW, counsel)
    assert refusal.value.messages == [
        "L-2: no supporting evidence is linked. Link some, or stop relying on it."
    ]


def test_an_element_not_relied_on_asks_for_nothing():
    case = a_case(asserts=("L-1",))
    counsel = people(case.team)[1]
    move(case, Stage.EVIDENCE_BUILDING, counsel)
    linked(case, "L-1")
    settle(case)
    assert move(case, Stage.LEGAL_REVIEW, counsel).stage == Stage.LEGAL_REVIEW


@pytest.fixture
def under_review():
    case = a_case(asserts=("L-1",))
    counsel = people(case.team)[1]
    move(case, Stage.EVIDENCE_BUILDING, counsel)
    linked(case, "L-1")
    linked(case, "L-1")
    settle(case)
    move(case, Stage.LEGAL_REVIEW, counsel)
    return case, counsel


def test_the_decision_waits_for_finding_signature_answers_and_steps(under_review):
    case, counsel = under_review
    with pytest.raises(NotReadyError) as refusal:
        move(case, Stage.READY, counsel)
    said = "\n".join(refusal.value.messages)
    assert "L-1: no finding is written" in said
    assert "C-1: this consideration is not answered" in said
    assert "P-1: this step is not yet met" in said
    assert "P-2" not in said, "publication follows the decision"


def make_ready(case, counsel):
    pin = case.pins.get()
    finding = write_finding(
        element_of(case, "L-1"),
        Wording(
            text="Both records show the conduct, because each names the designee and the act.",
            cites=tuple(
                case.elements.get(element__code="L-1").links.values_list("item__key", flat=True)
            ),
        ),
        actor=counsel,
        reason="draft",
    )
    sign_finding(
        finding, finding.revision, actor=member(case.team, Role.COUNSEL), reason="read and agreed"
    )
    answer_consideration(
        pin,
        pin.version.considerations.get(),
        AnswerState.ANSWERED,
        "It was weighed and found lighter.",
        actor=counsel,
        reason="weighed",
    )
    meet_prerequisite(
        pin,
        pin.version.prerequisites.get(code="P-1"),
        StepState.MET,
        on=decision_day(),
        actor=counsel,
        reason="voted",
    )
    settle(case)
    for flag in TrackedFlag.objects.filter(case=case).unresolved():
        dispose_flag(flag, DispositionState.ACCEPTED_RISK, "known and accepted", actor=counsel)
    settle(case)


def test_a_complete_case_is_decided_on_its_assessment_of_that_day(under_review):
    case, counsel = under_review
    manager = people(case.team)[2]
    make_ready(case, counsel)
    move(case, Stage.READY, counsel)
    settle(case)
    decided = move(case, Stage.DECIDED, manager)
    assert (decided.decided_on, decided.is_decided) == (decision_day(), True)
    assert decided.milestones.get().kind == "decision"
    assert decided.decision_assessment == decided.assessments.first()


def test_a_case_whose_record_just_changed_waits_for_its_assessment(under_review):
    case, counsel = under_review
    make_ready(case, counsel)
    linked(case, "L-1")
    drain_all()
    with pytest.raises(NotReadyError) as refusal:
        move(case, Stage.READY, counsel)
    assert any("being assessed again" in line for line in refusal.value.messages)


def later_law(**elements):
    """The small list of a later year, with other words or codes in the elements named."""
    tree = tuple(replace(each, **elements.get(each.code, {})) for each in LIST.elements)
    return law(replace(LIST, version="2022", elements=tree))


def test_what_a_new_pin_carries_is_neither_unsupported_nor_unfound(under_review):
    case, counsel = under_review
    make_ready(case, counsel)
    pin_version(case, later_law(), decision_day(), actor=counsel, reason="the law was re-issued")
    settle(case)
    assert supported(case) == []
    assert found_and_signed(case) == [], "it reads the same, so the signature holds too"


def test_counsel_may_carry_a_finding_to_a_later_code_and_it_is_signed_there(under_review):
    case, counsel = under_review
    make_ready(case, counsel)
    Case.objects.filter(pk=case.pk).update(asserts=["L-1", "L-9"])
    case.refresh_from_db()
    before = element_of(case, "L-1")
    version = later_law(**{"L-1": {"code": "L-9", "text": "takes part in the conduct"}})
    pin_version(case, version, decision_day(), actor=counsel, reason="the law changed")
    settle(case)
    assert supported(case) == [
        "L-9: no supporting evidence is linked. Link some, or stop relying on it."
    ]
    assert found_and_signed(case) == ["L-9: no finding is written. Write it, citing the evidence."]

    carry_element(element_of(case, "L-9"), before, actor=counsel, reason="it comes to the same")
    settle(case)
    sign_finding(
        Finding.objects.get(), 1, actor=member(case.team, Role.COUNSEL), reason="read again"
    )
    assert (supported(case), found_and_signed(case)) == ([], [])


def test_delisting_review_waits_for_a_delisting_case_of_its_own():
    case = a_case()
    Case.objects.filter(pk=case.pk).update(stage=Stage.DECIDED, decided=True)
    counsel = people(case.team)[1]
    with pytest.raises(NotReadyError, match="open one"):
        move(case, Stage.DELISTING_REVIEW, counsel)
    a_case(team=case.team, kind=CaseKind.DELISTING, designee=case.designee, version=law())
    assert move(case, Stage.DELISTING_REVIEW, counsel).stage == Stage.DELISTING_REVIEW


def test_each_way_out_says_what_is_missing_before_anyone_tries():
    case = a_case()
    ways = {way.target: missing for way, missing in next_stages(case)}
    assert ways[Stage.EVIDENCE_BUILDING] == []
    assert ways[Stage.DECLINED] == []
