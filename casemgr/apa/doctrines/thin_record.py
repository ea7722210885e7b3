"""thin-record: more than a scintilla; a few innocuous facts do not do.

Xiaomi Corp. v. Dep't of Defense, No. 21-280 (D.D.C. Mar. 12, 2021): two generally innocuous
facts, with nothing tying them to the statutory element, could not carry a listing. Several
independent circumstances that together meet the threshold are a lesser weakness. Where the proof
must preponderate, support that does not outweigh the evidence against it falls short as well.
"""

from collections.abc import Iterator

from casemgr.apa import weights
from casemgr.apa.report import Adjustment, Flag
from casemgr.apa.view import ElementView, keys, listed
from casemgr.words import Reasoning, Severity
from designations.words import ElementKind, Threshold

AUTHORITIES = (
    "Xiaomi Corp. v. Dep't of Defense, No. 21-280 (D.D.C. Mar. 12, 2021)",
    "5 U.S.C. § 706",
)
LOW_THRESHOLDS = (Threshold.SOME_EVIDENCE, Threshold.REASONABLE_CAUSE)
UNREASONED = (Reasoning.NONE, Reasoning.BOILERPLATE, Reasoning.RESTATES_STANDARD)
STEPS = (Severity.SERIOUS, Severity.MODERATE, Severity.ADVISORY)


def thin_record(view: ElementView) -> Iterator[Flag | Adjustment]:
    """Raised when support is below the threshold, is outweighed, or shows circumstances only.

    Softened by one step for convergent circumstances, by one where reasonable cause or less
    suffices, and by one for a reasoned prediction on some facts (`predictive-judgment`).
    Cured by direct evidence, or an analysis that ties the facts to the element.
    """
    if not view.weighed or not view.supports:
        return
    if view.meets and not view.only_circumstantial and not view.outweighed:
        return
    softenings = list(_softenings(view))
    step = min(len(softenings), len(STEPS) - 1)
    for place, (doctrine, why) in enumerate(softenings[:step]):
        yield Adjustment(
            doctrine=doctrine, from_=STEPS[place].value, to=STEPS[place + 1].value, why=why
        )
    yield Flag(
        doctrine="thin-record",
        severity=STEPS[step],
        statement=f"{view.where}: {_what(view)}.",
        evidence=keys(view.supports),
        authorities=AUTHORITIES,
        cures=(
            f"Obtain evidence that shows {view.where} itself rather than circumstances of it.",
            "Add an expert or agency analysis that ties each fact to the words of the element.",
        ),
    )


def _what(view: ElementView) -> str:
    weight, bar = weights.hundredths(view.weight), weights.hundredths(view.bar)
    if not view.meets:
        return (
            f"the support weighs {weight / 100:.2f} where {view.setting.threshold} asks "
            f"{bar / 100:.2f}"
        )
    if view.outweighed:
        against = weights.hundredths(view.against)
        return (
            f"the support weighs {weight / 100:.2f} and does not outweigh "
            f"{listed(keys(view.contrary))} ({against / 100:.2f}), as {view.setting.threshold} asks"
        )
    return "all support shows circumstances; none shows the element itself"


def _softenings(view: ElementView) -> Iterator[tuple[str, str]]:
    kind, finding = view.element.kind, view.finding
    if view.meets and not view.only_background and not view.outweighed:
        if view.convergent > 1:
            yield (
                "thin-record",
                f"{view.convergent} independent circumstances together meet the threshold",
            )
        if view.setting.threshold in LOW_THRESHOLDS:
            yield "thin-record", f"{view.setting.threshold} may rest on circumstances"
    if (
        kind in (ElementKind.FORWARD, ElementKind.CAUSAL)
        and finding is not None
        and finding.predictive
        and view.reasoning not in UNREASONED
    ):
        yield "predictive-judgment", "a reasoned prediction on some facts is given latitude"
