"""unverified-figure: a number relied on must be traceable.

Motor Vehicle Mfrs. Ass'n v. State Farm, 463 U.S. 29 (1983); reproducibility.
"""

from collections.abc import Iterator

from casemgr.apa.report import Flag
from casemgr.apa.view import ElementView
from casemgr.words import Severity
from evidence.words import ClaimState

AUTHORITIES = ("Motor Vehicle Mfrs. Ass'n v. State Farm, 463 U.S. 29 (1983)",)


def unverified_figure(view: ElementView) -> Iterator[Flag]:
    """Raised by numbers in the support: contradicted, without a value, or never checked."""
    if not view.weighed:
        return
    contradicted, valueless, unchecked = set(), set(), set()
    for entry in view.supports:
        if entry.provenance.contradicted:
            contradicted.add(entry.key)
        for claim in entry.provenance.item.claims:
            if claim.value is None:
                valueless.add(entry.key)
            elif claim.check in (ClaimState.NEVER, ClaimState.UNVERIFIABLE) or (
                claim.check is None and view.live
            ):
                unchecked.add(entry.key)
    if contradicted:
        yield _flag(view, Severity.SERIOUS, "is contradicted by its own data", contradicted)
    if valueless:
        yield _flag(view, Severity.MODERATE, "is asserted without a value", valueless)
    if unchecked:
        yield _flag(view, Severity.ADVISORY, "has not been checked against data", unchecked)


def _flag(view: ElementView, severity: Severity, what: str, items: set[str]) -> Flag:
    named = tuple(sorted(items))
    return Flag(
        doctrine="unverified-figure",
        severity=severity,
        statement=f"{view.where}: a number in {', '.join(named)} {what}.",
        evidence=named,
        authorities=AUTHORITIES,
        cures=("Recompute the number from the raw data as an exhibit, and correct the item.",),
        subject=f"{severity}:{','.join(named)}",
    )
