"""Grade: from what was weighed or stated, capped by the flags.

A fatal flag leaves an element unsupported, a serious one weak; two moderate ones leave it
contestable, one adequate, unless that one doctrine is the whole ground of the element, which is
then weak. Pending and advisory flags cap nothing.
"""

from collections.abc import Iterable

from casemgr.apa import weights
from casemgr.apa.doctrines.notice import KINDS as NOTICE_KINDS
from casemgr.apa.report import Flag
from casemgr.apa.view import BY_EVIDENCE, ElementView, TakenStep
from casemgr.words import DecidedBy, Grade, Reasoning, Severity, StepState
from designations.words import ElementKind, Settledness, UsPresence

# Doctrines whose defect is written down in the record rather than found by weighing.
STATED = frozenset(
    {
        "conclusory",
        "contrary-unaddressed",
        "exception-applies",
        "important-aspect",
        "inconsistent-treatment",
        "misquoted-standard",
        "no-rational-connection",
        "notice",
        "prerequisite-missing",
        "record-incomplete",
        "reliance",
        "superseded-law",
        "unexplained-definition",
        "untested-theory",
        "unverified-figure",
    }
)
STEP_DOCTRINES = frozenset({"notice", "prerequisite-missing"})
BY_REASONING = {
    Reasoning.EXPLAINED: Grade.ADEQUATE,
    Reasoning.PARTLY: Grade.CONTESTABLE,
    Reasoning.ADOPTS_SOURCE: Grade.CONTESTABLE,
}


def lowest(grades: Iterable[Grade]) -> Grade:
    """The worst of some grades; strong of none."""
    return min(grades, key=lambda grade: grade.rank, default=Grade.STRONG)


def capped(grade: Grade, flags: Iterable[Flag]) -> Grade:
    """A grade under the caps of the flags that count."""
    moderate = 0
    for flag in flags:
        if flag.pending:
            continue
        if flag.severity is Severity.FATAL:
            return Grade.UNSUPPORTED
        if flag.severity is Severity.SERIOUS:
            grade = lowest((grade, Grade.WEAK))
        elif flag.severity is Severity.MODERATE:
            moderate += 1
    if moderate:
        grade = lowest((grade, Grade.ADEQUATE if moderate == 1 else Grade.CONTESTABLE))
    return grade


def grade_element(view: ElementView, flags: tuple[Flag, ...]) -> tuple[Grade, DecidedBy]:
    """Grade one leaf element, and say whether that was stated, weighed or silence."""
    if view.silent and not view.live:
        return Grade.CONTESTABLE, DecidedBy.SILENT
    if _only_a_finding(view):
        return capped(Grade.CONTESTABLE, flags), DecidedBy.SILENT
    if view.weighed:
        base = _by_weight(view, flags)
        grade = capped(base, flags)
        return grade, _decided_by(view, base, flags)
    if view.element.kind is ElementKind.PROCESS or _steps_are_all(view):
        base = _by_steps(view)
        counted = tuple(flag for flag in flags if flag.doctrine not in STEP_DOCTRINES)
        return capped(base, counted), DecidedBy.STATED
    grade = capped(_by_statement(view), flags)
    if _whole_ground(view) and any(
        flag.severity is Severity.MODERATE and not flag.pending for flag in flags
    ):
        grade = lowest((grade, Grade.WEAK))
    return grade, DecidedBy.STATED


def _by_weight(view: ElementView, flags: tuple[Flag, ...]) -> Grade:
    if not view.supports:
        return Grade.UNSUPPORTED
    hundred_bars, weight = view.bar, view.weight * weights.ONE
    if weight < hundred_bars * weights.ONE:
        softened = any(
            flag.doctrine == "thin-record" and flag.severity is not Severity.SERIOUS
            for flag in flags
        )
        return Grade.CONTESTABLE if softened else Grade.WEAK
    if weight < hundred_bars * weights.ADEQUATE_AT:
        return Grade.CONTESTABLE
    if weight < hundred_bars * weights.STRONG_AT or view.lone is not None:
        return Grade.ADEQUATE
    return Grade.STRONG


def _decided_by(view: ElementView, base: Grade, flags: tuple[Flag, ...]) -> DecidedBy:
    if view.stated_empty and not view.supports:
        return DecidedBy.STATED
    weighed = tuple(flag for flag in flags if flag.doctrine not in STATED)
    if capped(base, flags) is capped(base, weighed):
        return DecidedBy.WEIGHED
    return DecidedBy.STATED


def _only_a_finding(view: ElementView) -> bool:
    """Whether a summary states of an element of evidence that it was found, and no more."""
    return (
        not view.live
        and not view.weighed
        and view.element.kind in BY_EVIDENCE
        and view.finding is not None
        and view.reasoning in (None, Reasoning.EXPLAINED)
        and not (view.matters or view.settled or view.contradicts or view.motive)
        and not any(step.said for step in view.matters.steps)
        and not view.late_finding
        and not view.finding.defines_none
    )


def _steps_are_all(view: ElementView) -> bool:
    return (
        any(step.said for step in view.matters.steps)
        and not view.supports
        and not view.finding
        and not view.matters
        and not view.settled
    )


def _by_steps(view: ElementView) -> Grade:
    """Process: all met adequate; late or partial contestable or weak; not met weak.

    In a live file, a process of which no step is named is a gap: weak once it is decided.
    """
    if not view.matters.steps and view.live:
        return Grade.WEAK if view.setting.clock.decided else Grade.CONTESTABLE
    return lowest((Grade.ADEQUATE, *(_of_step(view, step) for step in view.matters.steps)))


def _of_step(view: ElementView, step: TakenStep) -> Grade:
    presence = view.setting.us_presence
    of_notice = step.prerequisite.kind in NOTICE_KINDS
    if step.state is StepState.MET:
        return Grade.ADEQUATE
    if step.state is StepState.NOT_MET:
        softened = of_notice and presence is UsPresence.NONE
        return Grade.CONTESTABLE if softened else Grade.WEAK
    if step.state is StepState.LATE and of_notice:
        ties = presence in (UsPresence.PROPERTY, UsPresence.RESIDENT)
        return Grade.WEAK if ties or view.setting.full_review else Grade.CONTESTABLE
    return Grade.CONTESTABLE


def _by_statement(view: ElementView) -> Grade:
    """An element judged by what is stated: adequate where something stated satisfies it."""
    kind, explained = view.element.kind, view.reasoning is Reasoning.EXPLAINED
    if kind is ElementKind.EXPLANATION:
        return BY_REASONING.get(view.reasoning or Reasoning.NOT_STATED, Grade.CONTESTABLE)
    if kind is ElementKind.LEGAL:
        if view.settled in (Settledness.CONTESTED, Settledness.UNTESTED):
            return Grade.ADEQUATE if view.memoranda else Grade.CONTESTABLE
        satisfied = view.settled is Settledness.SETTLED or explained
    elif kind is ElementKind.EXCEPTION:
        satisfied = explained
    elif kind is ElementKind.USABILITY:
        satisfied = view.settled is Settledness.SETTLED or explained or bool(view.supports)
    else:
        # Evidence is what such an element asks for: a finding alone is not evidence.
        satisfied = bool(view.matters) or view.settled is Settledness.SETTLED or _all_met(view)
    return Grade.ADEQUATE if satisfied else Grade.CONTESTABLE


def _all_met(view: ElementView) -> bool:
    said = [step for step in view.matters.steps if step.said]
    return bool(said) and all(step.state is StepState.MET for step in said)


def _whole_ground(view: ElementView) -> bool:
    """Whether one stated matter is all there is to the element, so that its fault is the ground."""
    if view.supports or view.memoranda:
        return False
    if view.finding is None or view.reasoning is Reasoning.EXPLAINED:
        return view.finding is None
    # That a summary does not say how the finding is reasoned is no fault of the finding.
    return view.element.kind is ElementKind.EXPLANATION or view.reasoning is not None
