"""One live probe a doctrine (probes.py): the fault raises it, and the cure clears it."""

import pytest

from casemgr.apa.record import LinkAnswer, Milestone
from casemgr.words import MilestoneKind
from designations.words import PrerequisiteKind, Threshold
from evidence.words import Access
from tests.casemgr.apa.builders import (
    authority,
    day,
    element,
    finding,
    raised,
    raised_on_case,
    sound,
    with_case,
    with_item,
    with_law,
)
from tests.casemgr.apa.probes import PROBES, Probe, steps, with_memorandum, with_motive


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: f"{probe.doctrine}-{probe.severity}")
def test_it_fires_on_the_fault_and_only_there(probe: Probe) -> None:
    read = raised_on_case if probe.on_case else raised
    assert read(probe.faulty).get(probe.doctrine) == probe.severity
    assert probe.doctrine not in read(probe.cured)


def test_a_sound_case_raises_nothing() -> None:
    assert raised(sound()) == {}
    assert raised_on_case(sound()) == {}


def test_a_memorandum_leaves_a_contested_theory_advisory() -> None:
    assert raised(with_memorandum())["untested-theory"] == "advisory"


def test_an_answered_statement_of_motive_is_advisory() -> None:
    assert raised(with_motive(LinkAnswer(text="the sequence shows otherwise")))["pretext"] == (
        "advisory"
    )


def test_the_remedy_is_named_where_the_carrying_path_is_at_fault() -> None:
    assert raised_on_case(with_case(sound(), links=()))["remedy"] == "advisory"
    assert "remedy" not in raised_on_case(sound())


def test_one_text_on_two_elements_is_boilerplate_of_the_case() -> None:
    law = authority(element("X-1"), element("X-2"))
    pasted = sound(
        law=law,
        findings=(
            finding("X-1", "E-1", text="same words"),
            finding("X-2", "E-1", text="Same  words"),
        ),
    )
    assert raised_on_case(pasted)["conclusory"] == "moderate"


def test_a_missing_finding_is_pending_until_the_decision() -> None:
    undecided = sound(findings=())
    assert raised(undecided)["no-rational-connection"] == "pending serious"


def test_a_step_still_ahead_is_pending_until_the_decision() -> None:
    assert raised(steps(PrerequisiteKind.VOTE, None))["prerequisite-missing"] == "pending serious"
    assert raised(steps(PrerequisiteKind.NOTICE, None))["notice"] == "pending moderate"


def test_a_publication_still_ahead_is_pending_even_after_the_decision() -> None:
    voted = steps(
        PrerequisiteKind.PUBLICATION,
        None,
        milestones=(Milestone(kind=MilestoneKind.DECISION, on=day("2026-03-10")),),
    )
    assert raised(voted)["prerequisite-missing"] == "pending serious"


def test_full_review_strikes_what_is_withheld_from_the_court() -> None:
    withheld = with_law(with_item(sound(), access=Access.WITHHELD), threshold=Threshold.FULL_REVIEW)
    assert raised(withheld)["no-evidence"] == "fatal"
