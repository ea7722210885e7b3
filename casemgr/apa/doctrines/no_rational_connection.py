"""no-rational-connection: facts found and choice made must be connected by an explanation.

Motor Vehicle Mfrs. Ass'n v. State Farm, 463 U.S. 29, 43 (1983); Burlington Truck Lines v. United
States, 371 U.S. 156, 168 (1962).
"""

from collections.abc import Iterator

from casemgr.apa.report import Flag
from casemgr.apa.view import CaseView, ElementView, keys
from casemgr.words import Reasoning, Severity
from designations.words import ElementKind

AUTHORITIES = (
    "Motor Vehicle Mfrs. Ass'n v. State Farm, 463 U.S. 29, 43 (1983)",
    "Burlington Truck Lines v. United States, 371 U.S. 156, 168 (1962)",
)
# A process element is judged by its steps; an exception says so itself (exception-applies).
WITHOUT_FINDING = frozenset({ElementKind.PROCESS, ElementKind.EXCEPTION})


def no_rational_connection(view: ElementView) -> Iterator[Flag]:
    """Raised when no finding is written in time, or it explains nothing, or cites no linked item.

    Pending while the case is undecided and no finding is written yet.
    """
    if view.element.kind in WITHOUT_FINDING:
        return
    if view.finding is None:
        if view.late_finding is not None:
            yield _flag(view, "the only explanation was written after the decision")
        elif view.live:
            pending = not view.setting.clock.decided
            what = "no finding is written yet" if pending else "no finding was written"
            yield _flag(view, what, pending=pending)
        return
    if view.reasoning is Reasoning.NONE:
        yield _flag(view, "the finding gives no reasons")
    elif view.weighed and _cites_nothing(view, view.finding.cites):
        yield _flag(view, "the finding cites no item linked to this element")


def _cites_nothing(view: ElementView, cited: tuple[str, ...] | None) -> bool:
    if cited is None:
        return view.live
    linked = {entry.key for entry in (*view.supports, *view.contradicts)}
    linked |= {entry.key for entry, _, _ in view.struck}
    return not linked & set(cited)


def _flag(view: ElementView, what: str, *, pending: bool = False) -> Flag:
    return Flag(
        doctrine="no-rational-connection",
        severity=Severity.SERIOUS,
        statement=f"{view.where}: {what}.",
        evidence=keys(view.supports),
        authorities=AUTHORITIES,
        cures=(
            f"Write the finding on {view.where}: the facts found, the items that show them, and "
            "why they meet the words of the element.",
        ),
        pending=pending,
    )


def rests_on_weak(view: CaseView) -> Iterator[Flag]:
    """Raised when the case rests on an element of another case that grades weak or below."""
    for reference, grade in view.weak_dependencies:
        yield Flag(
            doctrine="no-rational-connection",
            severity=Severity.SERIOUS,
            statement=f"{view.where} rests on {reference}, which grades {grade}.",
            authorities=AUTHORITIES,
            cures=(f"Mend {reference} first, or give a ground that does not rest on it.",),
            subject=reference,
        )
