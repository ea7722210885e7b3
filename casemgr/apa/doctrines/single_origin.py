"""single-origin: repetition is not corroboration.

Review of the whole record for substantial evidence; the sourcing practice of ICD 203 and ICD 206
asks the same of analysts.
"""

from collections.abc import Iterator

from casemgr.apa.report import Adjustment, Flag
from casemgr.apa.sufficiency import Entry
from casemgr.apa.view import ElementView, keys
from casemgr.words import Severity
from designations.words import Threshold

AUTHORITIES = ("5 U.S.C. § 706 (whole record)", "ICD 203", "ICD 206")


def single_origin(view: ElementView) -> Iterator[Flag | Adjustment]:
    """Raised when all support of weight goes back to one origin.

    Moderate where that origin is an official record or the respondent's own words, or where
    reasonable cause or less suffices. In a summary, raised only where several items are stated
    to collapse; an undivided body of evidence never raises it. Cured by a second origin, or by
    saying why one suffices.
    """
    if not view.weighed or view.lone is None:
        return
    of_it = [e for e in view.supports if any(w.root.origin == view.lone for w in e.weighed)]
    if any(entry.provenance.item.body for entry in of_it):
        return
    if not view.live and not _stated_to_collapse(of_it):
        return
    root = next(w.root for e in of_it for w in e.weighed if w.root.origin == view.lone)
    severity = Severity.SERIOUS
    softer = None
    if root.official_record:
        softer = "the one origin is an official record"
    elif root.own_words:
        softer = "the one origin is the respondent's own words"
    elif view.setting.threshold in (Threshold.SOME_EVIDENCE, Threshold.REASONABLE_CAUSE):
        softer = f"{view.setting.threshold} may rest on one origin"
    if softer:
        severity = Severity.MODERATE
        yield Adjustment(doctrine="single-origin", from_="serious", to="moderate", why=softer)
    count = len({entry.key for entry in of_it})
    items = "the one supporting item has" if count == 1 else f"all {count} supporting items have"
    if len(of_it) < len(view.supports):
        items = f"all support of weight ({count} {'item' if count == 1 else 'items'}) has"
    yield Flag(
        doctrine="single-origin",
        severity=severity,
        statement=f"{view.where}: {items} one origin, {root.label}.",
        evidence=keys(of_it),
        authorities=AUTHORITIES,
        cures=(
            f"Find an origin independent of {root.label} for {view.where}.",
            "Or write in the finding why this one origin suffices.",
        ),
    )


def _stated_to_collapse(entries: list[Entry]) -> bool:
    return len({entry.key for entry in entries}) > 1 or any(
        weighed.root.id != ("item", entry.key) for entry in entries for weighed in entry.weighed
    )
