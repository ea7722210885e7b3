"""contrary-unaddressed: an agency cannot ignore evidence that cuts the other way.

Motor Vehicle Mfrs. Ass'n v. State Farm, 463 U.S. 29, 43 (1983); Butte County v. Hogen, 613 F.3d
190 (D.C. Cir. 2010); Genuine Parts Co. v. EPA, 890 F.3d 304 (D.C. Cir. 2018); Epsilon Electronics
v. Treasury, 857 F.3d 913 (D.C. Cir. 2017).
"""

from collections.abc import Iterator

from casemgr.apa.report import Flag
from casemgr.apa.sufficiency import Entry
from casemgr.apa.view import ElementView, keys, listed
from casemgr.words import AnswerState, Severity

AUTHORITIES = (
    "Motor Vehicle Mfrs. Ass'n v. State Farm, 463 U.S. 29, 43 (1983)",
    "Butte County v. Hogen, 613 F.3d 190 (D.C. Cir. 2010)",
    "Genuine Parts Co. v. EPA, 890 F.3d 304 (D.C. Cir. 2018)",
    "Epsilon Electronics v. Treasury, 857 F.3d 913 (D.C. Cir. 2017)",
)


def contrary_unaddressed(view: ElementView) -> Iterator[Flag]:
    """Raised by each set of contradicting items that has no written answer in time.

    Cured by answering on the merits and weighing again.
    """
    unanswered = [entry for entry in view.contradicts if _unanswered(entry, view.live)]
    if not unanswered:
        return
    named = keys(unanswered)
    yield Flag(
        doctrine="contrary-unaddressed",
        severity=Severity.SERIOUS,
        statement=(
            f"{view.where}: {listed(named)} {'cuts' if len(named) == 1 else 'cut'} the other way "
            "and the decision says nothing to it."
        ),
        evidence=named,
        authorities=AUTHORITIES,
        cures=tuple(
            f"Answer {key} on the merits in the finding, and weigh the element again."
            for key in named
        ),
    )


def _unanswered(entry: Entry, live: bool) -> bool:
    answer = entry.link.answer
    if answer is None or answer.state is AnswerState.NOT_STATED:
        return live
    return answer.state is AnswerState.UNANSWERED
