"""pretext: the stated reason must be the real one.

Dep't of Commerce v. New York, 588 U.S. 752 (2019). Unstated further motives alone are not pretext:
contrast Deripaska v. Yellen, No. 21-5157 (D.C. Cir. Mar. 29, 2022) (unpublished).
"""

from collections.abc import Iterator

from casemgr.apa import weights
from casemgr.apa.report import Flag
from casemgr.apa.sufficiency import Entry, total
from casemgr.apa.view import ElementView, keys
from casemgr.words import AnswerState, Severity
from designations.words import Threshold
from evidence.words import SourceRole

AUTHORITIES = (
    "Dep't of Commerce v. New York, 588 U.S. 752 (2019)",
    "Deripaska v. Yellen, No. 21-5157 (D.C. Cir. Mar. 29, 2022) (unpublished) (contrast)",
)
OF_THE_DECIDER = frozenset({SourceRole.DECIDING_AUTHORITY, SourceRole.US_GOVERNMENT, None})


def pretext(view: ElementView) -> Iterator[Flag]:
    """Raised by statements of another motive; serious where they would meet a preponderance.

    Pressure by third parties is not a statement of motive. An answered statement is advisory.
    """
    stated = [entry for entry in view.motive if _states_motive(entry)]
    if not stated:
        return
    bar = weights.threshold_weight(Threshold.PREPONDERANCE)
    open_ = [entry for entry in stated if not _answered(entry)]
    strong = total(open_) >= bar
    yield Flag(
        doctrine="pretext",
        severity=Severity.SERIOUS if strong else Severity.ADVISORY,
        statement=(
            f"{view.where}: the record holds statements of another motive for the decision"
            + (", strong enough to be believed over the stated one." if strong else ".")
        ),
        evidence=keys(stated),
        authorities=AUTHORITIES,
        cures=(
            "Restate the decision on the authority's own grounds and no others.",
            "Document the sequence in which the evidence led to the decision.",
        ),
    )


def _states_motive(entry: Entry) -> bool:
    return any(weighed.root.role in OF_THE_DECIDER for weighed in entry.weighed)


def _answered(entry: Entry) -> bool:
    answer = entry.link.answer
    return answer is not None and answer.state in (
        AnswerState.ANSWERED,
        AnswerState.IRRELEVANT,
    )
