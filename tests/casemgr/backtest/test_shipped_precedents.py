"""The shipped precedents: complete, sourced, silent where the summaries are, and held to."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from casemgr.backtest import SHIPPED, Verdict, decided_grounds, read_folder
from casemgr.docket import read_docket
from casemgr.words import Completeness

FILES = sorted(SHIPPED.glob("*.yaml"))
ORDERED = [
    ("AL-HARAMAIN/A-1", "AL-HARAMAIN/A-2"),
    ("ALCHAAR-AFTER/R-1", "ALCHAAR-IN-OFFICE/R-1"),
    ("EPSILON/S-3", "EPSILON/S-2"),
    ("NCRI-2001/N-3", "NCRI-2004/N-3"),
    ("ROTENBERG-2014/G-1", "ROTENBERG-2015/G-4"),
    ("ROTENBERG-2014/G-2", "ROTENBERG-2015/G-4"),
    ("ROTENBERG-2014/G-3", "ROTENBERG-2015/G-4"),
    ("SADERAT/B-2", "ROTENBERG-2015/G-4"),
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_file_is_a_summary_with_sources_and_a_status_for_every_finding(path):
    docket = read_docket(path)
    assert docket.completeness is Completeness.SUMMARY
    assert all(
        re.search(r"\[[VAK]\b", source) or "marked" in source
        for source in docket.sources_of_this_file
    )
    for case in docket.cases:
        assert case.court
        for ground in case.court:
            assert isinstance(ground["verified"], bool)
            assert ground["source"] and ground["standard"] and ground["stage"]
            assert ground["finding"] != "deficient" or ground["doctrines"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_known_from_secondary_accounts_or_generally_is_not_verified(path):
    for case in read_docket(path).cases:
        for ground in case.court:
            secondary = ground["source"].startswith(("secondary", "general knowledge"))
            assert ground["verified"] is not secondary


def test_every_ground_of_the_corpus_is_there(shipped):
    counts = Counter((ground.group, ground.court) for ground in shipped.grounds)
    assert counts == {
        ("U.S.", "upheld"): 34,
        ("U.S.", "deficient"): 18,
        ("U.S.", "not-reached"): 15,
        ("U.S.", "legal-bar"): 1,
        ("full review", "upheld"): 4,
        ("full review", "deficient"): 9,
    }


def test_every_ordering_of_the_corpus_is_there_and_held(shipped):
    assert sorted(read_folder(SHIPPED).ordering) == ORDERED
    assert shipped.ordering.failed == ()
    assert shipped.ordering.held == len(ORDERED)


def test_no_ground_that_was_upheld_is_flagged(shipped):
    assert [each.name for each in shipped.grounds if each.verdict is Verdict.FALSE_ALARM] == []


def test_the_only_miss_is_the_one_the_documentation_explains(shipped):
    """The court decided law there; nothing in a record was thin."""
    assert [each.name for each in shipped.grounds if each.verdict is Verdict.MISS] == ["TIKTOK/T-2"]


def test_the_engine_finds_more_than_the_encoder_wrote_down(shipped):
    """On the grounds that had to be weighed the null model has nothing to say."""
    weighed = {
        each.name for each in shipped.grounds if each.verdict is Verdict.HIT and not each.null
    }
    assert weighed >= {
        "XIAOMI/X-1",
        "XIAOMI/X-2",
        "AL-HARAMAIN/A-1",
        "ALCHAAR-AFTER/R-1",
        "ROTENBERG-2014/G-1",
        "ROTENBERG-2014/G-2",
    }


def test_a_reason_that_fell_does_not_bring_down_the_whole(shipped):
    by_name = {ground.name: ground for ground in shipped.grounds}
    assert by_name["AL-HARAMAIN/A-1"].verdict is Verdict.HIT
    assert by_name["AL-HARAMAIN/A-0"].verdict is Verdict.AGREED


def test_no_grade_comes_from_a_name_a_title_or_a_finding_of_the_court():
    """Everything a person reads is masked, what the court said is swapped, grades stay."""
    corpus = read_folder(SHIPPED)
    masked = replace(corpus, records=tuple(_masked(record) for record in corpus.records))
    assert decided_grounds(masked).grades == decided_grounds(corpus).grades


def _masked(record):
    authority = replace(
        record.authority,
        title="t",
        elements=tuple(replace(each, text="", citation="") for each in record.authority.elements),
    )
    swapped = {"upheld": "deficient", "deficient": "upheld"}
    return replace(
        record,
        authority=authority,
        items={key: replace(item, summary="", citation="") for key, item in record.items.items()},
        sources={key: replace(each, name="n") for key, each in record.sources.items()},
        case=replace(
            record.case,
            title="",
            designee=replace(record.case.designee, name=""),
            links=tuple(replace(link, why="") for link in record.case.links),
            court=tuple(
                {**each, "finding": swapped.get(each["finding"], each["finding"])}
                for each in record.case.court
            ),
        ),
    )
