"""Where the proof must preponderate, answered contrary evidence still stands in the scales."""

import pytest

from casemgr.apa.record import LinkAnswer, Record
from casemgr.words import AnswerState, Grade, Stance
from designations.words import Posture, Threshold
from evidence.words import Hand, SourceRole
from tests.casemgr.apa.builders import (
    authority,
    finding,
    item,
    judged,
    link,
    raised,
    record,
    source,
    with_law,
)

ANSWERED = LinkAnswer(state=AnswerState.ANSWERED, text="the agency does not credit it")
IRRELEVANT = LinkAnswer(state=AnswerState.IRRELEVANT, text="it is about another company")


def disputed(
    threshold: Threshold,
    *,
    role: SourceRole = SourceRole.COURT,
    hand: Hand = Hand.FIRST,
    answer: LinkAnswer = ANSWERED,
) -> Record:
    """One registry's item for the element, and one answered item against it."""
    return record(
        items=(item("E-FOR", "S-FOR"), item("E-AGAINST", "S-AGAINST", hand=hand)),
        links=(
            link("E-FOR"),
            link("E-AGAINST", stance=Stance.CONTRADICTS, answer=answer),
        ),
        law=authority(threshold=threshold),
        sources=(source("S-FOR", SourceRole.PUBLIC_RECORD), source("S-AGAINST", role)),
        findings=(finding("X-1", "E-FOR"),),
    )


@pytest.mark.parametrize("threshold", [Threshold.PREPONDERANCE, Threshold.FULL_REVIEW])
def test_evidence_that_is_evenly_balanced_proves_nothing(threshold: Threshold) -> None:
    report = judged(disputed(threshold))
    thin = next(flag for flag in report.flags if flag.doctrine == "thin-record")
    assert report.grade is Grade.WEAK
    assert "weighs 1.00 and does not outweigh E-AGAINST (1.00)" in thin.statement


@pytest.mark.parametrize("threshold", [Threshold.REASONABLE_CAUSE, Threshold.SUBSTANTIAL_EVIDENCE])
def test_deferential_review_does_not_weigh_it_again(threshold: Threshold) -> None:
    assert "thin-record" not in raised(disputed(threshold))


def test_a_court_that_reviews_in_full_weighs_under_any_threshold() -> None:
    given = disputed(Threshold.SUBSTANTIAL_EVIDENCE)
    reviewed = with_law(given, posture=Posture.FULL_REVIEW)
    assert raised(reviewed)["thin-record"] == "serious"


@pytest.mark.parametrize(
    "lighter",
    [
        {"role": SourceRole.RESPONDENT},
        {"hand": Hand.SECOND},
        {"answer": IRRELEVANT},
    ],
    ids=["the-respondents-own-denial", "hearsay", "beside-the-point"],
)
def test_lighter_evidence_against_leaves_the_proof_standing(lighter: dict[str, object]) -> None:
    assert "thin-record" not in raised(disputed(Threshold.PREPONDERANCE, **lighter))
