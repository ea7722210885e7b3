"""Step 4: what no schema can say — keys, references, codes, ranges, circles.

The checks walk the document itself and step over anything step 3 already refused, so that one
reading names every error of a file.
"""

from collections.abc import Callable, Mapping

from casemgr.docket.check.cases import check_cases
from casemgr.docket.check.cursor import Cursor
from casemgr.docket.check.dates import check_dates
from casemgr.docket.check.evidence import check_evidence
from casemgr.docket.check.law import Codes, check_authorities, codes_of
from casemgr.docket.errors import Problem
from casemgr.docket.typed import Typed
from designations.library.model import Authority

Library = Mapping[str, Authority]


def meaning_problems(typed: Typed, library: Callable[[], Library]) -> list[Problem]:
    """Everything wrong with the document that its schema cannot see.

    ``library`` is called only when a case names an authority that the file does not bring.
    """
    found: list[Problem] = []
    top = Cursor((), typed.document, typed, found)
    check_dates(top)
    own = check_authorities(top)
    check_evidence(top)
    check_cases(top, _authority_finder(own, library))
    return found


def _authority_finder(
    own: Mapping[str, Codes], library: Callable[[], Library]
) -> Callable[[str], Codes | list[str]]:
    """Looks a ``slug@version`` up, the file's own authorities first; else every known name."""

    def find(name: str) -> Codes | list[str]:
        if name in own:
            return own[name]
        shipped = library()
        if name in shipped:
            return codes_of(shipped[name])
        return sorted({*own, *shipped})

    return find
