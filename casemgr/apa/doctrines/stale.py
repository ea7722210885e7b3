"""stale: old facts may still prove completed conduct; a present state needs fresh ones.

Karadzic v. Gacki, No. 21-3019 (D.D.C. May 6, 2022) (past acts may support keeping a listing, with
recent statements); Al Haramain Islamic Found. v. Treasury, 686 F.3d 965 (9th Cir. 2012) (control by
a person who had left years before).
"""

from collections.abc import Iterator

from casemgr.apa.report import Flag
from casemgr.apa.view import ElementView, keys
from casemgr.words import Severity

AUTHORITIES = (
    "Karadzic v. Gacki, No. 21-3019 (D.D.C. May 6, 2022)",
    "Al Haramain Islamic Found. v. Treasury, 686 F.3d 965 (9th Cir. 2012)",
)


def stale(view: ElementView) -> Iterator[Flag]:
    """Raised on a present or forward-looking element with no support new enough.

    Copies never make their original fresher. Cured by refreshing, or explaining the continuity.
    """
    fresh = [entry for entry in view.supports if not entry.stale]
    if not view.weighed or not view.supports or not view.slight(fresh):
        return
    newest = max(
        (s.shown for e in view.supports for s in e.provenance.stands if s.shown), default=None
    )
    since = f"the newest support shows {newest.isoformat()}" if newest else "no support is dated"
    if any(stand.ended for e in view.supports for stand in e.provenance.stands):
        since = "the state the support shows had ended"
    yield Flag(
        doctrine="stale",
        severity=Severity.MODERATE,
        statement=f"{view.where} asks for a present or future state; {since}.",
        evidence=keys(view.supports),
        authorities=AUTHORITIES,
        cures=(
            "Refresh the evidence to the decision day.",
            "Or explain in the finding why what was shown then still holds.",
        ),
    )
