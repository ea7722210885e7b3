"""Recall, false alarms, confusion and ordering, on grounds whose grade is known beforehand."""

import pytest

from casemgr.apa.report import Flag
from casemgr.backtest.ground import Ground, Verdict
from casemgr.backtest.score import score
from casemgr.words import DecidedBy, Grade, Severity


def ground(court, grade=Grade.ADEQUATE, severity=None, **more):
    """One ground; a severity gives it a flag of that severity."""
    flags = (Flag(doctrine="stale", severity=severity, statement="."),) if severity else ()
    return Ground(
        **{
            "precedent": "CASE",
            "ground": 1,
            "element": "X-1",
            "court": court,
            "grade": grade,
            "flags": flags,
            "decided_by": DecidedBy.WEIGHED,
            "derivation": (),
            "null": False,
            "standard": "apa-706",
            "stage": "final",
            "cluster": None,
            "court_doctrines": (),
        }
        | more
    )


@pytest.mark.parametrize(
    ("grade", "severity", "flagged"),
    [
        (Grade.UNSUPPORTED, None, True),
        (Grade.WEAK, None, True),
        (Grade.CONTESTABLE, None, False),
        (Grade.CONTESTABLE, Severity.MODERATE, False),
        (Grade.STRONG, Severity.SERIOUS, True),
        (Grade.STRONG, Severity.FATAL, True),
        (Grade.STRONG, Severity.ADVISORY, False),
    ],
)
def test_flagged_is_a_serious_flag_or_a_weak_grade(grade, severity, flagged):
    assert ground("deficient", grade, severity).flagged is flagged


@pytest.mark.parametrize(
    ("court", "grade", "decided_by", "verdict"),
    [
        ("deficient", Grade.WEAK, DecidedBy.STATED, Verdict.HIT),
        ("deficient", Grade.ADEQUATE, DecidedBy.WEIGHED, Verdict.MISS),
        ("deficient", Grade.CONTESTABLE, DecidedBy.SILENT, Verdict.MISS),
        ("upheld", Grade.WEAK, DecidedBy.STATED, Verdict.FALSE_ALARM),
        ("upheld", Grade.WEAK, DecidedBy.SILENT, Verdict.FALSE_ALARM),
        ("upheld", Grade.ADEQUATE, DecidedBy.WEIGHED, Verdict.AGREED),
        ("upheld", Grade.CONTESTABLE, DecidedBy.SILENT, Verdict.SILENT),
        ("not-reached", Grade.WEAK, DecidedBy.STATED, Verdict.NOT_SCORED),
        ("legal-bar", Grade.STRONG, DecidedBy.WEIGHED, Verdict.NOT_SCORED),
    ],
)
def test_the_verdict_compares_engine_and_court(court, grade, decided_by, verdict):
    assert ground(court, grade, decided_by=decided_by).verdict is verdict


def test_only_upheld_and_deficient_grounds_are_scored():
    result = score(
        [
            ground("deficient", Grade.WEAK),
            ground("deficient"),
            ground("deficient"),
            ground("upheld", Grade.WEAK),
            ground("not-reached", Grade.WEAK),
            ground("legal-bar", Grade.WEAK),
        ],
        {},
        [],
    )
    assert result.all.recall.fraction == 0.3333
    assert result.all.false_alarms.fraction == 1.0
    assert sum(result.confusion.values()) == 4


def test_where_nothing_is_scored_the_fractions_are_null():
    result = score([ground("not-reached")], {}, [])
    assert result.all.recall.fraction is None
    assert result.all.null_false_alarms.fraction is None
    assert result.groups == {}


def test_silent_upheld_grounds_are_counted_apart():
    silent = ground("upheld", Grade.CONTESTABLE, decided_by=DecidedBy.SILENT)
    result = score([silent, silent, ground("upheld", Grade.WEAK)], {}, [])
    assert str(result.all.false_alarms) == "1 / 3"
    assert str(result.all.false_alarms_where_possible) == "1 / 1"


def test_the_standard_decides_the_group():
    standards = ["apa-706", "ultra-vires", "due-process", "dta-preponderance"]
    standards += ["uflpa-reasonable-cause", "eu-full-review", "uk-2008", "uk-samla", "other", None]
    result = score([ground("upheld", standard=each) for each in standards], {}, [])
    totals = {name: figures.false_alarms.total for name, figures in result.groups.items()}
    assert totals == {"U.S.": 5, "full review": 1, "other": 4}


def test_a_pair_must_grade_strictly_lower_and_counts_once():
    grades = {"A/1": Grade.WEAK, "B/1": Grade.ADEQUATE, "C/1": Grade.WEAK}
    pairs = [("A/1", "B/1"), ("A/1", "B/1"), ("A/1", "C/1"), ("B/1", "A/1"), ("A/1", "GONE/1")]
    ordering = score([], grades, pairs).ordering
    assert ordering.held == 1
    assert ordering.failed == (
        ("A/1", "C/1", Grade.WEAK, Grade.WEAK),
        ("B/1", "A/1", Grade.ADEQUATE, Grade.WEAK),
    )
    assert ordering.not_compared == (("A/1", "GONE/1"),)
