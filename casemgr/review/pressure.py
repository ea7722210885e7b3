"""A case under pressure: stress, brief, gap, what-if, its designee's authorities compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casemgr.apa.assess import assess
from casemgr.apa.change import changed
from casemgr.apa.compare import Compared, compare
from casemgr.apa.report import CaseReport
from casemgr.docket.pressure import Pressure, press
from casemgr.models import Case
from casemgr.review.hypotheses import Hypothesis, change_of
from casemgr.review.on_a_day import Reviewed, all_reviewed_on, reviewed_on
from casemgr.words import Grade


def pressed(
    case: Case,
    day: date | None,
    *,
    stressed: bool = False,
    briefed: bool = False,
    target: Grade | None = None,
) -> tuple[Reviewed, Pressure]:
    """The case as of a day with the parts asked for; ``target``: the gap to that grade.

    Raises NotPinnedError where no version of the law holds then.
    """
    reviewed = reviewed_on(case, day)
    return reviewed, press(
        reviewed.record,
        reviewed.report,
        reviewed.rests_on,
        stressed=stressed,
        briefed=briefed,
        target=target,
    )


@dataclass(frozen=True, slots=True)
class Moved:
    """An element whose grade a hypothesis moves; before is None where it was not there."""

    element: str
    before: Grade | None
    after: Grade


@dataclass(frozen=True, slots=True)
class Supposed:
    """The assessment as it is, and as it would be."""

    before: CaseReport
    after: CaseReport
    moved: tuple[Moved, ...]


def supposed(case: Case, day: date | None, hypotheses: Sequence[Hypothesis]) -> Supposed:
    """What would follow from some changes, in order; nothing is written.

    Raises NotPinnedError as above, ValidationError for what the record does not hold.
    """
    return supposed_of(reviewed_on(case, day), hypotheses)


def supposed_of(reviewed: Reviewed, hypotheses: Sequence[Hypothesis]) -> Supposed:
    """The same of a case already reviewed."""
    changes = [
        change_of(stated, reviewed.record, number) for number, stated in enumerate(hypotheses, 1)
    ]
    after = assess(changed(reviewed.record, changes), reviewed.rests_on)
    before = {element.code: element.grade for element in reviewed.report.elements}
    moved = tuple(
        Moved(each.code, before.get(each.code), each.grade)
        for each in after.elements
        if each.grade is not before.get(each.code)
    )
    return Supposed(reviewed.report, after, moved)


def compared(cases: Sequence[Case], day: date | None) -> tuple[Compared, ...]:
    """The record of one designee under each authority it is brought under, best carried first."""
    return compare(reviewed.report for reviewed in all_reviewed_on(cases, day))
