"""interested-source: evidence only from those who gain by the finding is weighed as such.

The condition is the concept note's own: an independent evidentiary record consistent with what
the affected developers report. Such evidence is weighed, not excluded.
"""

from collections.abc import Iterator

from casemgr.apa.report import Adjustment, Flag
from casemgr.apa.sufficiency import Entry
from casemgr.apa.view import ElementView, keys
from casemgr.words import Attribution, Directness, Severity

AUTHORITIES = ("5 U.S.C. § 706 (whole record)",)


def interested_source(view: ElementView) -> Iterator[Flag | Adjustment]:
    """Raised when everyone the support goes back to is an affected party.

    Background, and what concerns a class or nobody in particular, does not clear it. Moderate
    where an analysis by another of the affected party's data is among the support; cleared by a
    government verification, or a figure verified from the raw data.
    """
    if not view.weighed or not view.supports:
        return
    if any(entry.provenance.verified for entry in view.supports):
        return
    others = [entry for entry in view.supports if not entry.interested and _particular(entry)]
    analyses = [entry for entry in others if entry.provenance.analyzes_interested_only]
    neutral = [entry for entry in others if entry not in analyses]
    if not view.slight(neutral) or not any(entry.interested for entry in view.supports):
        return
    severity = Severity.SERIOUS
    if analyses:
        severity = Severity.MODERATE
        yield Adjustment(
            doctrine="interested-source",
            from_="serious",
            to="moderate",
            why="another has analyzed the affected party's data, without data of its own",
        )
    yield Flag(
        doctrine="interested-source",
        severity=severity,
        statement=f"{view.where}: all who speak to it in particular gain by the finding.",
        evidence=keys(entry for entry in view.supports if entry.interested),
        authorities=AUTHORITIES,
        cures=(
            "Have the government verify the report from its own information.",
            "Obtain the raw data as an exhibit and recompute the figures relied on.",
            "Obtain a declaration of a neutral expert on the data.",
        ),
    )


def _particular(entry: Entry) -> bool:
    """Whether the item speaks to the element itself, of someone or something in particular."""
    return (
        entry.link.directness is not Directness.BACKGROUND
        and not entry.outside_period
        and entry.link.attribution not in (Attribution.CLASS, Attribution.NONE)
    )
