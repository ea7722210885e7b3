"""The challenger's brief: the strongest attack on each element, and what the record answers.

Written from the assessment alone, strongest first: fatal before serious before moderate, and
within a severity the elements on the carrying path before the others.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from casemgr.apa.report import CaseReport, ElementReport, Flag
from casemgr.words import Grade, Severity

NO_ANSWER = "no answer in the record"

# How a challenger would open, by doctrine; the flag's own statement gives the particulars.
OPENINGS = {
    "no-evidence": "There is nothing here.",
    "thin-record": "These facts are innocuous; they do not add up to the element.",
    "single-origin": "This is one source, counted again and again.",
    "interested-source": "Only those who gain by this listing say so.",
    "hearsay-chain": "Nobody who knows has said it: it is talk about talk.",
    "low-reliability": "The agency never said why it believes these sources.",
    "contrary-unaddressed": "The agency looked away from what cuts against it.",
    "no-rational-connection": "The decision does not say how the facts lead to its conclusion.",
    "conclusory": "This is boilerplate, not a reason.",
    "important-aspect": "The agency did not consider what any reasonable decision-maker would.",
    "reliance": "The agency changed course over the heads of those who relied on it.",
    "inconsistent-treatment": "Others did the same and were left alone.",
    "post-hoc": "These reasons were found after the decision.",
    "record-incomplete": "The court is not shown what the agency had before it.",
    "pretext": "This is not the real reason.",
    "untested-theory": "The law does not reach this; no court has said that it does.",
    "misquoted-standard": "The agency applied words that are not in the law.",
    "superseded-law": "The agency applied law that was not in force.",
    "unexplained-definition": "The decisive term means whatever the agency wants it to mean.",
    "attribution-gap": "This is about somebody else.",
    "mental-state": "What others did does not show what this party knew.",
    "stale": "This is old; it says nothing of today.",
    "integrity": "Nobody can show that this material is what it is said to be.",
    "untranslated": "Nobody on the record can read this.",
    "unverified-figure": "The number cannot be traced.",
    "classified-only": "The party cannot answer what it is not allowed to see.",
    "notice": "The party was never heard.",
    "prerequisite-missing": "A step the law requires was not taken.",
    "exception-applies": "The law takes this out of the agency's power.",
    "over-deference": "Deference does not supply missing facts.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """One attack: where, under which doctrine, in plain words, and what answers it."""

    element: str  # "" for the decision as a whole
    doctrine: str
    severity: Severity
    attack: str
    answer: str
    evidence: tuple[str, ...]  # what the answer rests on
    on_carrying_path: bool


def brief(report: CaseReport) -> tuple[Attack, ...]:
    """The attacks on an assessed case, strongest first."""
    attacks = [*_on_case(report)]
    for element in report.elements:
        if not element.carried_by:
            attacks += _on_element(report, element)
    return tuple(sorted(attacks, key=_strength))


def _strength(attack: Attack) -> tuple[int, bool, str, str]:
    return (attack.severity.rank, not attack.on_carrying_path, attack.element, attack.doctrine)


def _on_case(report: CaseReport) -> Iterator[Attack]:
    for flag in report.flags:
        if flag.doctrine in OPENINGS and not flag.pending:
            yield _attack(flag, "", NO_ANSWER, (), on_path=True)


def _on_element(report: CaseReport, element: ElementReport) -> Iterator[Attack]:
    on_path = element.code in report.carrying_path
    raised = False
    for flag in element.flags:
        if flag.pending or flag.doctrine not in OPENINGS:
            continue
        raised = raised or flag.severity is not Severity.ADVISORY
        standing = tuple(
            key for key in element.supports if flag.evidence and key not in flag.evidence
        )
        yield _attack(flag, element.code, _answer(flag, element, standing), standing, on_path)
    if not raised and element.strike_number:
        yield _by_striking(element, on_path)


def _attack(
    flag: Flag, element: str, answer: str, evidence: tuple[str, ...], on_path: bool
) -> Attack:
    return Attack(
        element=element,
        doctrine=flag.doctrine,
        severity=flag.severity,
        attack=f"{OPENINGS[flag.doctrine]} {flag.statement[0].upper()}{flag.statement[1:]}",
        answer=answer,
        evidence=evidence,
        on_carrying_path=on_path,
    )


def _answer(flag: Flag, element: ElementReport, standing: tuple[str, ...]) -> str:
    """What the record holds against the attack: support that an attack on evidence leaves whole.

    An attack on the law or on what the decision says names no evidence, and none answers it.
    """
    softened = [a.why for a in element.adjustments if a.doctrine == flag.doctrine]
    if standing and element.grade.rank > Grade.WEAK.rank:
        untouched = f"{', '.join(standing)} stand apart from it"
        return "; ".join([untouched, *softened])
    return "; ".join(softened) or NO_ANSWER


def _by_striking(element: ElementReport, on_path: bool) -> Attack:
    """Where no doctrine bites, the attack is to take the strongest origins away."""
    number = element.strike_number or 0
    labels = [label for label, _ in element.origin_groups[:number]]
    rest = [key for _, items in element.origin_groups[number:] for key in items]
    return Attack(
        element=element.code,
        doctrine="strike",
        severity=Severity.ADVISORY,
        attack=(
            f"Disregard {', '.join(labels)} and {element.code} falls: it stands on "
            f"{element.origins} independent {'origin' if element.origins == 1 else 'origins'}, "
            f"and {number} must go."
        ),
        answer=f"{', '.join(rest)} would remain" if rest else NO_ANSWER,
        evidence=tuple(rest),
        on_carrying_path=on_path,
    )
