"""What a schema cannot see: keys, references, codes and circles."""

import pytest

from casemgr.docket import DocketError, read_docket
from tests.casemgr.docket.docket_texts import AUTHORITY, CASE, DOCKET, EVIDENCE, with_case


def refused(text: str) -> dict[str, str]:
    """Messages and fixes of every problem, by path."""
    with pytest.raises(DocketError) as error:
        read_docket(text)
    found: dict[str, str] = {}
    for problem in error.value.errors:
        found[problem.path] = f"{found.get(problem.path, '')}{problem.message} — {problem.fix}\n"
    return found


@pytest.mark.parametrize(
    ("fields", "path", "said"),
    [
        ("asserts: [X-9]", "asserts[0]", "'X-9' is not an element of example-list@2021"),
        ("findings: [{element: X-9}]", "findings[0].element", "not an element"),
        ("findings: [{element: X-1, cites: [E-9]}]", "findings[0].cites[0]", "evidence item"),
        ("answers: [{code: C-9, state: answered}]", "answers[0].code", "not a consideration"),
        ("steps: [{code: P-9, state: met}]", "steps[0].code", "not a prerequisite"),
        ("comparators: [{name: A, element: X-9}]", "comparators[0].element", "not an element"),
        ("prior_position: {what: A, element: X-9}", "prior_position.element", "not an element"),
        (
            "prior_position: [{what: A, element: X-9}]",
            "prior_position[0].element",
            "not an element",
        ),
        ("record: {left_out: [{item: E-9}]}", "record.left_out[0].item", "evidence item"),
        ("record: {left_out: [{item: E-1, element: X}]}", "record.left_out[0].element", "element"),
        (
            "court: [{ground: 1, element: X-9, finding: upheld}]",
            "court[0].element",
            "not an element",
        ),
        ("depends_on: [EXAMPLE-9/X-1]", "depends_on[0]", "not the key of a case"),
        ("depends_on: [EXAMPLE-1/X-9]", "depends_on[0]", "not an element of that case"),
        ("depends_on: [EXAMPLE-1/X-1]", "depends_on", "in a circle"),
        ("later_pins: [{authority: other@1, from: 2026}]", "later_pins[0].authority", "neither in"),
        ("decided: false\ndecided_on: 2021-01-01", "decided", "decided_on gives a day"),
    ],
)
def test_a_case_names_only_what_exists(fields, path, said):
    assert said in refused(with_case(fields))[f"cases[0].{path}"]


@pytest.mark.parametrize(
    ("fields", "path", "said"),
    [
        ("{code: X-1}", "elements[3].code", "a second element has the code 'X-1'"),
        ("{code: X-3, parent: X-9}", "elements[3].parent", "not an element of this authority"),
        ("{code: X-3, parent: X-1}", "elements[3].parent", "does not say how they are joined"),
        ("{code: X-3, join: any}", "elements[3]", "has no element below it"),
        ("{code: X-3, join: any, parent: X-3}", "elements[3].parent", "in a circle: X-3 → X-3"),
    ],
)
def test_an_authority_is_a_tree(fields, path, said):
    text = DOCKET.replace("    considerations:", f"      - {fields}\n    considerations:")
    assert said in refused(text)[f"authorities[0].{path}"]


def test_keys_are_unique_each_in_its_own_list():
    text = "docket: 1\n" + AUTHORITY + EVIDENCE + "  - {key: E-1}\n" + CASE
    text += "  - {key: EXAMPLE-1, authority: example-list@2021}\n"
    found = refused(text)
    assert "a second evidence item has the key 'E-1'" in found["evidence[2].key"]
    assert "a second case has the key 'EXAMPLE-1'" in found["cases[1].key"]


def test_a_source_and_an_item_may_share_a_key():
    read_docket(DOCKET.replace("E-1", "S-1"))


def test_an_authority_that_nobody_has_names_the_versions_there_are():
    found = refused(DOCKET.replace("example-list@2021", "example-list@2022"))
    assert "did you mean example-list@2021?" in found["cases[0].authority"]


def test_a_library_authority_is_named_without_being_repeated():
    docket = read_docket("docket: 1\ncases: [{key: A, authority: entity-list@2024-11-08}]\n")
    assert docket.authorities == ()


def test_a_derivation_may_not_go_in_a_circle():
    text = "docket: 1\nevidence:\n" + "".join(
        f"  - {{key: E-{n}, derived_from: [{{item: E-{n % 3 + 1}, kind: copies}}]}}\n"
        for n in (1, 2, 3)
    )
    found = refused(text)
    assert list(found) == ["evidence[0].derived_from"]
    assert "E-1 → E-2 → E-3 → E-1" in found["evidence[0].derived_from"]


def test_codes_of_a_later_pin_may_be_named_too():
    text = DOCKET.replace(
        "sources:",
        "  - {slug: example-list, version: 2026, elements: [{code: Y-1}]}\nsources:",
    )
    text += "    later_pins: [{authority: example-list@2026, from: 2026-12-18}]\n"
    text += "    no_evidence: [Y-1]\n"
    assert read_docket(text).cases[0].no_evidence == ("Y-1",)


def test_an_ordering_is_checked_as_far_as_its_cases_are_here():
    found = refused(DOCKET + "ordering: [[EXAMPLE-1/X-9, ELSEWHERE/A]]\n")
    assert list(found) == ["ordering[0][0]"]
