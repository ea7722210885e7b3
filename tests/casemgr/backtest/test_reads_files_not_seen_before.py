"""What files written by others may say is read as it is and judged sensibly."""

import json

import pytest

from casemgr.backtest import Verdict
from tests.casemgr.backtest.unseen_dockets import FILES, NOTHING_STATED


@pytest.fixture
def by_name(score_texts):
    """Every ground of the invented corpus, by CASE/ELEMENT."""
    return {ground.name: ground for ground in score_texts(FILES).grounds}


def doctrines(ground):
    return {flag.doctrine for flag in ground.flags}


@pytest.mark.parametrize(
    ("ground", "verdict", "by"),
    [
        ("HEARSAY/X-1", Verdict.HIT, "hearsay-chain"),
        ("HEARSAY/X-2", Verdict.AGREED, None),  # usable is not the same as enough
        ("HEARSAY/X-3", Verdict.AGREED, None),
        ("CLASSIFIED-ALONE/X-1", Verdict.HIT, "classified-only"),
        ("CLASSIFIED-SUMMARY/X-1", Verdict.AGREED, None),
        ("PROFILES/X-1", Verdict.HIT, "thin-record"),
        ("PROFILES/X-2", Verdict.HIT, "contrary-unaddressed"),
        ("PROFILES/X-3", Verdict.AGREED, None),
        ("PROFILES/X-0", Verdict.AGREED, None),  # one part fell, the whole stands
        ("PROFILES", Verdict.NOT_SCORED, None),
        ("LAW/X-1", Verdict.HIT, "misquoted-standard"),
        ("LAW/X-2", Verdict.AGREED, None),
        ("LAW/X-3", Verdict.HIT, "notice"),
        ("LAW-ABROAD/X-3", Verdict.AGREED, None),
        ("JSON/X-1", Verdict.HIT, "stale"),
        ("JSON/X-2", Verdict.NOT_SCORED, None),
    ],
)
def test_each_gives_a_sensible_result(by_name, ground, verdict, by):
    assert by_name[ground].verdict is verdict
    if by:
        assert by in doctrines(by_name[ground])


def test_where_nothing_is_stated_nothing_is_raised_whatever_the_kind(score_texts):
    grounds = score_texts({"silent.yaml": NOTHING_STATED}).grounds
    assert {ground.verdict for ground in grounds} == {Verdict.SILENT}
    assert [ground for ground in grounds if ground.flags] == []
    assert len(grounds) == 13


def test_an_ordering_alone_compares_cases_of_other_files_each_pair_once(score_texts):
    ordering = score_texts(FILES).ordering
    assert (ordering.held, ordering.failed, ordering.not_compared) == (3, (), ())


def test_grounds_under_another_law_are_a_group_of_their_own(score_texts):
    groups = score_texts(FILES).groups
    assert set(groups) == {"U.S.", "other"}
    assert groups["other"].recall.total == 0


def test_a_case_of_a_live_file_is_not_aged_by_the_day_of_the_run(score_texts):
    """A precedent never defaults to today: without any date nothing is too old."""
    text = """
    docket: 1
    completeness: full
    authorities:
      - slug: live
        version: "1"
        elements: [{code: X-1, kind: status, fresh_days: 30}]
    evidence:
      - {key: E-1, dated_on: 1999-01-01, hand: first, reliability: A, credibility: 1,
         integrity: intact}
    cases:
      - key: LIVE
        authority: live@1
        decided: true
        links: [{element: X-1, item: E-1, stance: supports, directness: direct,
          attribution: designee}]
        court: [{ground: 1, element: X-1, finding: upheld, standard: apa-706}]
    """
    (ground,) = score_texts({"live.yaml": text}).grounds
    assert "stale" not in doctrines(ground)


def test_json_and_yaml_of_one_docket_score_the_same(score_texts, tmp_path):
    text = FILES["status.json"]
    as_json = score_texts({"status.json": text})
    (tmp_path / "status.json").unlink()
    # Every JSON text is YAML too; dumping it again shows that no reader depends on its layout.
    as_yaml = score_texts({"status.yaml": json.dumps(json.loads(text), indent=1)})
    assert as_yaml == as_json
