"""superseded-law: the law in force at the decision governs.

Effective-date practice; no case is cited.
"""

from collections.abc import Iterator

from casemgr.apa.report import Flag
from casemgr.apa.view import CaseView, ElementView
from casemgr.words import Difference, Severity

AUTHORITIES = ("effective-date practice",)


def superseded_law(view: CaseView) -> Iterator[Flag]:
    """Raised when the pinned version is not in force on the decision day (or the as-of day).

    A prospective version raises nothing while the case is undecided.
    """
    authority, clock = view.setting.authority, view.setting.clock
    if authority.in_force is None:
        if clock.decided:
            yield _flag(f"{authority.name} was never in force.")
        return
    if clock.day is None or authority.in_force.contains(clock.day):
        return
    start = authority.in_force.start
    if start and clock.day < start.first() and not clock.decided:
        return
    yield _flag(f"{authority.name} is not in force on {clock.day.isoformat()}.")


def another_version_applied(view: ElementView) -> Iterator[Flag]:
    """Raised when the finding applied another version of the law; advisory if immaterial."""
    applied = view.finding.applied if view.finding else None
    if applied is None or (view.finding and view.finding.quoted_standard):
        return  # a quotation of the wrong words is misquoted-standard, one fault and not two
    material = applied.difference is Difference.MATERIAL
    yield Flag(
        doctrine="superseded-law",
        severity=Severity.SERIOUS if material else Severity.ADVISORY,
        statement=(
            f"{view.where}: the finding applied {applied.version or 'another version of the law'}"
            f"; the difference is {applied.difference}."
        ),
        authorities=AUTHORITIES,
        cures=("Review the finding under the version in force on the decision day.",),
    )


def _flag(statement: str) -> Flag:
    return Flag(
        doctrine="superseded-law",
        severity=Severity.SERIOUS,
        statement=statement,
        authorities=AUTHORITIES,
        cures=("Pin the version in force and review each element under it.",),
    )
