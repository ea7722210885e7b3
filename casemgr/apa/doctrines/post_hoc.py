"""post-hoc: the decision stands or falls on the reasons and the record of its day.

SEC v. Chenery Corp., 318 U.S. 80 (1943) and 332 U.S. 194 (1947); Camp v. Pitts, 411 U.S. 138
(1973); DHS v. Regents of the Univ. of Cal., 591 U.S. 1 (2020).
"""

from collections.abc import Iterator

from casemgr.apa.report import Flag
from casemgr.apa.view import ElementView, keys, listed
from casemgr.words import Severity

AUTHORITIES = (
    "SEC v. Chenery Corp., 318 U.S. 80 (1943)",
    "SEC v. Chenery Corp., 332 U.S. 194 (1947)",
    "Camp v. Pitts, 411 U.S. 138 (1973)",
    "DHS v. Regents of the Univ. of Cal., 591 U.S. 1 (2020)",
)


def post_hoc(view: ElementView) -> Iterator[Flag]:
    """Fatal for the item or finding: it is struck, an advisory says so, the rest is judged."""
    late = keys(entry for entry, doctrine, _ in view.struck if doctrine == "post-hoc")
    if late:
        yield _flag(f"{view.where}: {listed(late)} came after the decision and is left out.", late)
    if view.late_finding is not None:
        yield _flag(f"{view.where}: a finding written after the decision is left out.", ())


def _flag(statement: str, evidence: tuple[str, ...]) -> Flag:
    return Flag(
        doctrine="post-hoc",
        severity=Severity.ADVISORY,
        statement=statement,
        evidence=evidence,
        authorities=AUTHORITIES,
        cures=(
            "To rely on it, decide anew on a record that holds it, or file a numbered supplement.",
        ),
        subject=",".join(evidence) or "finding",
    )
