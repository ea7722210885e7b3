"""The contract's own block names every field once: none of them may be unknown to the reader.

The block is no importable file (placeholders, keys that point nowhere), so only what the reader
says of names and forms is looked at. The contract is not part of the repository.
"""

import re
from pathlib import Path

import pytest

from casemgr.docket import DocketError, read_docket

POINTS_NOWHERE = ("is not the key of", "is not an element of", "neither in")
CONTRACT = Path(__file__).parents[4] / "shared" / "DOCKET.md"


@pytest.fixture
def block() -> str:
    """The YAML of the contract with its placeholders filled in."""
    if not CONTRACT.exists():
        pytest.skip(f"the contract is not here: {CONTRACT}")
    found = re.search(r"```yaml\n(.*?)```", CONTRACT.read_text("utf-8"), re.S)
    assert found
    text = found[1].replace("[..]", "[]").replace("period: []", "period: [2025-01, 2025-02]")
    text = text.replace("{affiliated with: …}", "{affiliated with: a}")
    text = re.sub(r"sha256: …", f"sha256: {'0' * 64}", text)
    text = re.sub(r"(on|acquired_on): …", r"\1: 2021-01-01", text)
    return re.sub(r"(quantity|value_usd): …", r"\1: 1", text)


def test_no_name_and_no_form_of_it_is_refused(block):
    with pytest.raises(DocketError) as refused:
        read_docket(block, library={})
    unexpected = [
        str(problem)
        for problem in refused.value.errors
        if not any(gap in problem.message for gap in POINTS_NOWHERE)
    ]
    assert unexpected == []
