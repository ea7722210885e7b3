"""Any bytes are a plan or a sentence with the place; no object makes the reader crash."""

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.exchange.stix.conforming import is_known
from evidence.exchange.stix.plan import Plan
from evidence.exchange.stix.planning import plan_of
from evidence.exchange.stix.reading import BundleError, read_bundle
from tests.evidence.exchange.stix.bundles import (
    AUTHOR,
    BY,
    INDICATOR,
    LATER,
    THEN,
    bundle,
    ident,
    made,
    observable,
    planned,
    report,
)

DEEP = b'{"type":"bundle","objects":[' + b'{"a":' * 80 + b"1" + b"}" * 80 + b"]}"
TYPES = (
    "attack-pattern", "campaign", "course-of-action", "grouping", "identity", "incident",
    "indicator", "infrastructure", "intrusion-set", "location", "malware", "malware-analysis",
    "note", "observed-data", "opinion", "report", "threat-actor", "tool", "vulnerability",
    "relationship", "sighting", "marking-definition", "language-content", "extension-definition",
    "x-own-thing",
)  # fmt: skip
OBSERVABLES = (
    "artifact", "autonomous-system", "directory", "domain-name", "email-addr", "email-message",
    "file", "ipv4-addr", "ipv6-addr", "mac-addr", "mutex", "network-traffic", "process",
    "software", "url", "user-account", "windows-registry-key", "x509-certificate",
)  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\xff", "not UTF-8 (byte 1)"),
        ('{"type":"bundle"}'.encode("utf-16"), "UTF-16"),
        (b"{", "Line 1, column 2"),
        (b"[]", "no JSON object"),
        (b'{"type":"bundle","objects":[{"a":NaN}]}', "objects[0].a: NaN"),
        (b'{"type":"bundle","objects":[{"a":-Infinity}]}', "objects[0].a: -Infinity"),
        (b'{"type":"bundle","objects":[{"a":1e999}]}', "objects[0].a: a number too large"),
        (b'{"type":"bundle","objects":[{"a":{"b":1,"b":2}}]}', "objects[0].a.b: it stands twice"),
        (b"[" * 100_000, "deeper than 60"),
        (DEEP, "deeper than 60"),
        (b"9" * 6000, "thousands of digits"),
        (b"<stix:STIX_Package/>", "XML"),
        (b'{"type":"report"}', "this is a report, not a bundle"),
        (b'{"objects":[]}', "type: a bundle says"),
        (b'{"type":"bundle","spec_version":"1.2","objects":[1]}', "STIX 1.2"),
        (b'{"type":"bundle","objects":{}}', "has a list here"),
        (b'{"type":"bundle","objects":[]}', "the bundle is empty"),
        (b'{"type":"bundle","objects":[' + b"1," * 99_999 + b"1]}", "there are 100,000"),
    ],
)
def test_what_is_no_bundle_is_refused_with_the_place(content: bytes, said: str) -> None:
    with pytest.raises(BundleError) as refused:
        read_bundle(io.BytesIO(content))
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("wrong", "where", "said"),
    [
        (1, "objects[0]", "no object"),
        ({}, "objects[0].type", "does not say its type"),
        ({"type": "report", "id": "x"}, "objects[0].id", "it has the form report--UUID"),
        ({"type": "tool", "id": ident("report")}, "objects[0].id", "is of a report"),
        (made("tool", modified="soon"), "objects[0].modified", "soon is no time"),
        (made("tool", spec_version="3.0"), "objects[0].spec_version", "STIX 3.0 is not read"),
    ],
)
def test_one_object_that_cannot_be_read_is_named_and_the_others_are_read(
    wrong: Any, where: str, said: str
) -> None:
    plan = planned(wrong, AUTHOR, INDICATOR)
    assert [each.where for each in plan.refused] == [where]
    assert said in plan.refused[0].said
    assert len(plan.drafts) == 1


def test_two_objects_of_one_id_are_told_apart_by_their_versions() -> None:
    older, newer = made("tool", name="Older"), made("tool", name="Newer", modified=LATER)
    plan = planned(newer, older)
    assert plan.drafts[0].title == "Newer"
    assert plan.remarks[0].where == "objects[1]"
    other = planned(older, {**older, "name": "Other"}, older)
    assert other.drafts[0].title == "Older"
    assert [each.where for each in other.refused] == ["objects[1]"]


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_is_read_even_with_nothing_but_its_identifier(kind: str) -> None:
    plan = planned(made(kind, 9), AUTHOR, INDICATOR)
    assert not plan.refused
    assert (kind not in dict(plan.unread_types)) == is_known(kind)


@pytest.mark.parametrize("kind", OBSERVABLES)
def test_every_observable_is_read(kind: str) -> None:
    plan = planned(observable(kind, value="v", number=7, hashes={"MD5": "x"}, payload_bin="TVo="))
    assert not plan.refused
    assert "TVo=" not in plan.drafts[0].text


def test_a_report_holds_what_it_refers_to_and_what_that_refers_to() -> None:
    address = observable("ipv4-addr", value="198.51.100.3")
    seen = made("observed-data", object_refs=[address["id"]], first_observed=THEN)
    tie = made(
        "relationship", relationship_type="based-on", source_ref=INDICATOR["id"],
        target_ref=seen["id"], **BY,
    )  # fmt: skip
    loose = made("tool", name="Loose", **BY)
    head, rest = planned(
        AUTHOR, INDICATOR, address, seen, tie, loose, report(1, INDICATOR["id"], seen["id"])
    ).drafts
    assert "- A bad address based on" in head.text
    assert {each.id for each in head.held if not each.itself} == {
        INDICATOR["id"], address["id"], seen["id"], tie["id"],
    }  # fmt: skip
    assert [each.id for each in rest.held] == [loose["id"]]


def test_a_note_that_nothing_holds_is_an_item_and_one_that_a_report_holds_is_not() -> None:
    note = made("note", content="Look here", object_refs=[INDICATOR["id"]], **BY)
    drafts = planned(AUTHOR, INDICATOR, note).drafts
    assert [each.type for each in drafts] == ["note", ""]
    drafts = planned(AUTHOR, INDICATOR, note, report(1, note["id"])).drafts
    assert [each.type for each in drafts] == ["report"]


def test_what_stix_does_not_define_is_counted_and_what_is_missing_is_named() -> None:
    plan = planned(
        AUTHOR, {**INDICATOR, "x_score": 1}, made("x-thing"), report(1, ident("tool", 9))
    )
    assert dict(plan.unread_types) == {"x-thing": 1}
    assert dict(plan.unread_properties) == {"x_score": 1}
    assert [each.where for each in plan.missing] == ["objects[3].object_refs"]


def test_observables_within_observed_data_of_stix_2_0_are_read() -> None:
    old = made("observed-data", objects={"0": {"type": "ipv4-addr", "value": "198.51.100.3"}})
    del old["spec_version"]
    plan = planned(old, spec_version="2.0")
    assert "IPv4 address: 198.51.100.3" in plan.drafts[0].text


def test_a_confidence_is_told_in_words_and_only_where_it_is_one() -> None:
    assert "72 of 100; STIX puts that at 2, probably true" in (
        planned(AUTHOR, INDICATOR, report(confidence=72)).drafts[0].text
    )
    for wrong in (True, -1, 101, "high", None):
        assert "confidence" not in planned(report(confidence=wrong)).drafts[0].text


def test_text_that_no_database_holds_is_cleaned() -> None:
    title = planned(made("tool", name="a\x00b\ud800c\u202ed")).drafts[0].title
    assert title == "a\ufffdb\ufffdc\ufffdd"


def test_more_items_than_anyone_reads_are_refused() -> None:
    with pytest.raises(BundleError, match="201 items"):
        planned(AUTHOR, INDICATOR, *(report(number) for number in range(201)))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)
_NAMES = st.sampled_from(
    ["name", "description", "object_refs", "source_ref", "target_ref", "created_by_ref", "labels",
     "external_references", "granular_markings", "object_marking_refs", "definition", "hashes",
     "extensions", "objects", "pattern", "published", "confidence", "protocols", "number", "lang"]
)  # fmt: skip
_IDS = st.builds(ident, st.sampled_from(TYPES + OBSERVABLES), st.integers(0, 3))
_VALUES = _JSON | _IDS | st.lists(_IDS, max_size=4)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(_IDS, st.dictionaries(_NAMES, _VALUES, max_size=6)), max_size=8))
def test_whatever_objects_hold_there_is_a_plan_that_crosses_between_processes(
    objects: list[tuple[str, dict[str, Any]]],
) -> None:
    listed = [{**more, "type": each.partition("--")[0], "id": each} for each, more in objects]
    content = bundle(*listed)
    try:
        plan = plan_of(read_bundle(io.BytesIO(content)))
    except BundleError:
        return
    assert Plan.of_json(json.loads(json.dumps(plan.as_json()))) == plan
    for draft in plan.drafts:
        json.dumps([draft.title, draft.text, draft.summary], ensure_ascii=False).encode()
        assert draft.title
        assert "\x00" not in draft.title + draft.text + draft.summary + draft.citation
