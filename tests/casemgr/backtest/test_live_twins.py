"""The same cases as live files: a summary's silence must not be what carries a result."""

from casemgr.backtest import SHIPPED, Verdict, read_folder
from casemgr.backtest.live_twin import live_twin
from casemgr.words import Completeness


def test_no_ground_held_deficient_is_saved_by_a_file_that_is_complete_otherwise(twins):
    missed = [ground.name for ground in twins.grounds if ground.verdict is Verdict.MISS]
    assert missed == []


def test_no_ground_upheld_is_flagged_when_the_file_is_live(twins):
    alarms = [ground.name for ground in twins.grounds if ground.verdict is Verdict.FALSE_ALARM]
    assert alarms == []


def test_every_pair_keeps_its_order(twins):
    assert (twins.ordering.held, twins.ordering.failed) == (8, ())


def test_grounds_of_which_nothing_is_stated_have_no_twin(shipped, twins):
    silent = {
        (ground.precedent, ground.ground)
        for ground in shipped.grounds
        if ground.decided_by == "silent"
    }
    assert silent
    assert silent.isdisjoint((ground.precedent, ground.ground) for ground in twins.grounds)


def test_what_a_summary_states_stays_as_it_is():
    for record in read_folder(SHIPPED).records:
        twin = live_twin(record)
        assert twin.completeness is Completeness.FULL
        for key, item in record.items.items():
            for field in ("hand", "graded", "integrity", "summary_given", "translation"):
                stated = getattr(item, field)
                assert stated is None or getattr(twin.items[key], field) == stated
        kept = {finding.element: finding for finding in twin.case.findings}
        for finding in record.case.findings:
            if finding.reasoning not in (None, "not-stated"):
                assert kept[finding.element].reasoning is finding.reasoning
        answers = {answer.code: answer.state for answer in twin.case.answers}
        for answer in record.case.answers:
            assert answer.state == "not-stated" or answers[answer.code] is answer.state
