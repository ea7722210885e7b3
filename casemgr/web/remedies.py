"""Flags of one element as counsel acts on them: what is wrong, the facts, and what cures it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm

from casemgr.apa.gap import BY_EVIDENCE, BY_FINDING
from casemgr.web.forms.answers import DispositionForm
from casemgr.web.weaknesses import without_place
from casemgr.words import Severity

ATTACH, ANSWER, WEIGH, WRITE = "attach", "answer", "weigh", "write"
EXPLAIN, ACKNOWLEDGE, MEND, REPIN = "explain", "acknowledge", "mend", "repin"
OF_CASE = {
    "inconsistent-treatment": EXPLAIN,
    "reliance": ACKNOWLEDGE,
    "record-incomplete": MEND,
    "superseded-law": REPIN,
}


@dataclass(frozen=True, slots=True)
class Remedy:
    """One flag with the ways to cure it from its page, and the form for counsel's word on it."""

    values: Mapping[str, Any]
    statement: str
    ways: tuple[str, ...]
    form: BaseForm


def flags_of(
    row: Mapping[str, Any], bound: Mapping[tuple[str, str | int], BaseForm], *, pending: bool
) -> list[Remedy]:
    """Flags of a row of the checklist, worst first; ``bound``: forms that were refused."""
    flags = [flag for flag in row["flags"] if flag["pending"] is pending]
    flags.sort(key=lambda flag: Severity(flag["severity"]).rank)
    return [
        Remedy(
            flag,
            without_place(row["code"], flag["statement"]),
            tuple(_ways(flag["doctrine"])),
            bound.get(("flag", flag["fingerprint"]))
            or DispositionForm(auto_id=f"flag-{flag['fingerprint'][:12]}-%s"),
        )
        for flag in flags
    ]


def _ways(doctrine: str) -> Iterable[str]:
    """Which pieces of work cure a flag of the doctrine, as the gap list reckons with them."""
    if doctrine in BY_EVIDENCE:
        yield ATTACH
    if doctrine in ("contrary-unaddressed", "pretext"):
        yield ANSWER
    if doctrine == "important-aspect":
        yield WEIGH
    if doctrine in BY_FINDING:
        yield WRITE
    if doctrine in OF_CASE:
        yield OF_CASE[doctrine]
