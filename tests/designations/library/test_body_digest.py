"""The digest of a version changes with the law and with nothing else."""

import json
from dataclasses import replace

import pytest

from designations.days import PartialDate, Period
from designations.library.load import body_digest, canonical_body, read_library
from designations.library.model import Authority, Consideration, VersionStatus
from designations.words import Posture, Settledness, Threshold, VersionState


@pytest.fixture(scope="module")
def section_1260h() -> Authority:
    return next(a for a in read_library() if a.name == "section-1260h@2025-12-18")


def test_a_digest_is_the_sha256_of_canonical_json(section_1260h: Authority) -> None:
    body = canonical_body(section_1260h)
    assert json.dumps(json.loads(body), ensure_ascii=False, sort_keys=True,
                      separators=(",", ":")) == body  # fmt: skip
    assert len(body_digest(section_1260h)) == 64


def test_the_law_is_inside_the_digest(section_1260h: Authority) -> None:
    assert section_1260h.in_force is not None
    first, *rest = section_1260h.elements
    step, *steps = section_1260h.prerequisites
    result, *results = section_1260h.consequences
    changed = [
        replace(section_1260h, elements=(replace(first, text=first.text + "."), *rest)),
        replace(section_1260h, elements=(replace(first, citation="other"), *rest)),
        replace(section_1260h, elements=tuple(rest)),
        replace(section_1260h, threshold=Threshold.PREPONDERANCE),
        replace(section_1260h, posture=Posture.PRESIDENT),
        replace(section_1260h, prerequisites=(replace(step, text="other"), *steps)),
        replace(section_1260h, consequences=(replace(result, text="other"), *results)),
        replace(section_1260h, in_force=Period(PartialDate(2025, 12, 19))),
    ]
    digests = {body_digest(authority) for authority in [section_1260h, *changed]}
    assert len(digests) == len(changed) + 1


def test_what_may_change_without_the_law_is_outside(section_1260h: Authority) -> None:
    assert section_1260h.in_force is not None
    first, *rest = section_1260h.elements
    status = VersionStatus(state=VersionState.STAYED, period=Period())
    same = [
        replace(section_1260h, in_force=Period(section_1260h.in_force.start, None)),
        replace(section_1260h, statuses=(status,)),
        replace(section_1260h, notes=("a note",), review="reviewed otherwise"),
        replace(section_1260h, considerations=(Consideration(code="NEW"),)),
        replace(
            section_1260h,
            elements=(
                replace(first, verified=False, quoted=False, source="", note="",
                        settledness=Settledness.UNTESTED),
                *rest,
            ),
        ),
    ]  # fmt: skip
    assert {body_digest(authority) for authority in same} == {body_digest(section_1260h)}
