"""untranslated: a document that nobody on the record can read proves nothing.

Practice; Fed. R. Evid. 604 by analogy.
"""

from collections.abc import Iterator

from casemgr.apa.report import Flag
from casemgr.apa.sufficiency import Entry
from casemgr.apa.view import ElementView, keys, listed
from casemgr.words import Severity

AUTHORITIES = ("Fed. R. Evid. 604 (by analogy)",)


def untranslated(view: ElementView) -> Iterator[Flag]:
    """Raised when foreign-language support without a certified translation carries the element.

    An item with no translation at all is struck, and an advisory says so.
    """
    struck = keys(entry for entry, doctrine, _ in view.struck if doctrine == "untranslated")
    if struck:
        yield _flag(
            view,
            Severity.ADVISORY,
            f"{listed(struck)} is left out: it has no translation at all",
            struck,
        )
    if not view.weighed or not any(map(_unread, view.supports)) or view.carries_without(_unread):
        return
    unread = keys(entry for entry in view.supports if _unread(entry))
    yield _flag(
        view,
        Severity.MODERATE,
        f"the support rests on {listed(unread)}, without a certified translation",
        unread,
    )


def _unread(entry: Entry) -> bool:
    return entry.provenance.unread


def _flag(view: ElementView, severity: Severity, what: str, evidence: tuple[str, ...]) -> Flag:
    return Flag(
        doctrine="untranslated",
        severity=severity,
        statement=f"{view.where}: {what}.",
        evidence=evidence,
        authorities=AUTHORITIES,
        cures=(f"Obtain a certified translation of {listed(evidence)}.",),
        subject=",".join(evidence),
    )
