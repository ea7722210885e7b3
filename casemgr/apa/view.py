"""What a doctrine sees: one element (or the case itself) with everything that bears on it.

Doctrines read views and nothing else. A `CaseView` carries the matters that belong to no single
element; an `ElementView` adds the evidence, the finding and the yardstick.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from casemgr.apa import weights
from casemgr.apa.origins import Origin
from casemgr.apa.record import (
    Case,
    ComparatorCase,
    Finding,
    LeftOut,
    PriorPosition,
    Record,
)
from casemgr.apa.sufficiency import Entry, about_the_subject, by_origin, total
from casemgr.apa.timeline import Clock
from casemgr.words import AnswerState, Directness, Reasoning, StepState
from designations.library.model import Authority, Consideration, Element, Prerequisite
from designations.words import ElementKind, Posture, Settledness, Threshold, UsPresence

# Kinds judged by weighing evidence. The others are judged by what is stated of them; DOCKET.md.
BY_EVIDENCE = frozenset(
    {
        ElementKind.FACT,
        ElementKind.STATUS,
        ElementKind.FORWARD,
        ElementKind.MENTAL,
        ElementKind.CAUSAL,
        ElementKind.JURISDICTIONAL,
        ElementKind.TIMING,
        None,  # not stated: a fact
    }
)


# Thresholds under which the evidence of both sides is weighed.
WEIGHING = frozenset(
    {Threshold.PREPONDERANCE, Threshold.FULL_REVIEW, Threshold.BEYOND_REASONABLE_DOUBT}
)


@dataclass(frozen=True, slots=True)
class AnsweredConsideration:
    """A consideration and whether the decision addressed it."""

    consideration: Consideration
    state: AnswerState


@dataclass(frozen=True, slots=True)
class TakenStep:
    """A prerequisite and how far it was taken; ``said``: the file states it."""

    prerequisite: Prerequisite
    state: StepState
    said: bool


@dataclass(frozen=True, slots=True)
class Matters:
    """What counts on an element of any kind, or on the case as a whole."""

    considerations: tuple[AnsweredConsideration, ...] = ()
    steps: tuple[TakenStep, ...] = ()
    comparators: tuple[ComparatorCase, ...] = ()
    prior_positions: tuple[PriorPosition, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    absent: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(
            any(c.state is not AnswerState.NOT_STATED for c in self.considerations)
            or self.comparators
            or self.prior_positions
            or self.left_out
            or self.absent
        )


@dataclass(frozen=True, slots=True)
class Setting:
    """Facts of the case that every view shares."""

    record: Record
    live: bool
    clock: Clock

    @property
    def case(self) -> Case:
        """The case under review."""
        return self.record.case

    @property
    def authority(self) -> Authority:
        """The pinned authority version."""
        return self.record.authority

    @property
    def threshold(self) -> Threshold:
        """What the authority asks of the evidence."""
        return self.record.authority.threshold

    @property
    def us_presence(self) -> UsPresence | None:
        """The designee's tie to the United States; None: not stated."""
        designee = self.record.case.designee
        return designee.us_presence if designee else None

    @property
    def full_review(self) -> bool:
        """Whether a court would weigh the evidence itself."""
        return (
            self.threshold is Threshold.FULL_REVIEW or self.authority.posture is Posture.FULL_REVIEW
        )


@dataclass(frozen=True)
class CaseView:
    """The case, or a group of its elements: what belongs to no single leaf."""

    setting: Setting
    matters: Matters
    where: str = "the decision"
    copied_findings: tuple[tuple[str, ...], ...] = ()
    weak_dependencies: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ElementView:
    """One leaf element with what bears on it. ``supports`` holds only what still stands.

    ``finding`` is the newest finding in time; ``late_finding`` one written after the decision.
    """

    setting: Setting
    element: Element
    matters: Matters
    supports: tuple[Entry, ...] = ()
    struck: tuple[tuple[Entry, str, str], ...] = ()  # entry, doctrine, because
    contradicts: tuple[Entry, ...] = ()
    memoranda: tuple[str, ...] = ()  # legal memoranda linked here
    motive: tuple[Entry, ...] = ()
    finding: Finding | None = None
    late_finding: Finding | None = None
    stated_empty: bool = False

    @property
    def where(self) -> str:
        """How a flag names the place."""
        return self.element.code

    @property
    def live(self) -> bool:
        """Whether silence is a gap here."""
        return self.setting.live

    @cached_property
    def bar(self) -> int:
        """The threshold, in `weights.UNIT` scale."""
        return weights.threshold_weight(self.setting.threshold)

    @cached_property
    def origins(self) -> dict[Origin, int]:
        """Weight by independent origin."""
        return by_origin(self.supports)

    @cached_property
    def weight(self) -> int:
        """Weight of all standing support."""
        return sum(self.origins.values())

    @property
    def meets(self) -> bool:
        """Whether the support meets the threshold."""
        return self.weight >= self.bar

    @cached_property
    def contrary(self) -> tuple[Entry, ...]:
        """Contrary evidence that still stands and bears on the element, answered or not."""
        return tuple(entry for entry in self.contradicts if _bears(entry))

    @cached_property
    def against(self) -> int:
        """Weight of the contrary evidence; a respondent's denial as the word of one who gains."""
        return total([_as_denial(entry) for entry in self.contrary])

    @property
    def outweighed(self) -> bool:
        """Whether the proof fails where the evidence is weighed, not only looked for.

        Under a preponderance or more the support must be heavier than what stands against it.
        """
        weighing = self.setting.full_review or self.setting.threshold in WEIGHING
        return weighing and 0 < self.against >= self.weight

    @cached_property
    def weighed(self) -> bool:
        """Whether the element is judged by weighing evidence.

        Judged by what is attached; the kind says only what must be there. Evidence attached to
        an element of another kind is weighed when nothing is stated of which that kind is judged,
        save that whether material may be used is a question of law and never of weight.
        """
        if self.element.kind in BY_EVIDENCE:
            return bool(self.supports or self.struck or self.stated_empty or self.live)
        if self.element.kind is ElementKind.USABILITY:
            return False
        return bool(self.supports or self.struck) and not self.said

    @property
    def said(self) -> bool:
        """Whether anything but evidence is stated of the element."""
        return bool(
            self.finding
            or self.late_finding
            or self.matters
            or any(step.said for step in self.matters.steps)
            or self.element.settledness
        )

    @property
    def silent(self) -> bool:
        """Whether nothing at all is stated of it (a summary's silence)."""
        return not (
            self.supports
            or self.struck
            or self.contradicts
            or self.motive
            or self.stated_empty
            or self.said
        )

    @property
    def reasoning(self) -> Reasoning | None:
        """What is stated or computed of the finding's reasoning; None: not stated."""
        if self.finding is None or self.finding.reasoning is Reasoning.NOT_STATED:
            return None
        return self.finding.reasoning

    @cached_property
    def about_subject(self) -> tuple[Entry, ...]:
        """Support that is about the subject of the element."""
        return tuple(e for e in self.supports if about_the_subject(e, self.element, self.live))

    @cached_property
    def convergent(self) -> int:
        """How many independent origins speak to circumstances of the element."""
        return len(by_origin(e for e in self.supports if not self._background(e)))

    def _background(self, entry: Entry) -> bool:
        return entry.outside_period or entry.link.directness is Directness.BACKGROUND

    @property
    def only_background(self) -> bool:
        """Whether all support is background."""
        return all(self._background(entry) for entry in self.supports)

    @property
    def only_circumstantial(self) -> bool:
        """Whether no support is stated (in a summary: may be taken) to show the element itself."""
        return self.slight([entry for entry in self.supports if self._shows_it(entry)])

    def slight(self, entries: Sequence[Entry]) -> bool:
        """Whether some of the support weighs no more than one background item beside the rest.

        Background never carries, so it clears no flag. Where nothing weighs more, all counts.
        """
        limit = weights.SLIGHT * weights.UNIT // weights.ONE
        found = total(entries)
        return found <= limit and (not entries or self.weight > limit)

    @cached_property
    def lone(self) -> Origin | None:
        """The one origin beside which the others together are slight; None where there are two."""
        if not self.origins:
            return None
        heaviest = max(self.origins, key=lambda origin: (self.origins[origin], origin))
        limit = weights.SLIGHT * weights.UNIT // weights.ONE
        rest = self.weight - self.origins[heaviest]
        if len(self.origins) == 1 or (rest <= limit < self.weight):
            return heaviest
        return None

    def _shows_it(self, entry: Entry) -> bool:
        silent = entry.link.directness is None and not self.live and not entry.outside_period
        return entry.direct or silent

    def carries_without(self, fault: Callable[[Entry], bool]) -> bool:
        """Whether the support that does not have a fault would meet the threshold alone."""
        return total([entry for entry in self.supports if not fault(entry)]) >= self.bar

    @property
    def settled(self) -> Settledness | None:
        """How settled the theory is; None: not stated."""
        return self.element.settledness


def _bears(entry: Entry) -> bool:
    answer = entry.link.answer
    irrelevant = answer is not None and answer.state is AnswerState.IRRELEVANT
    return entry.provenance.struck is None and not irrelevant


def _as_denial(entry: Entry) -> Entry:
    if entry.interested:
        return entry
    return entry._replace(
        weighed=tuple(
            weighed._replace(weight=weighed.weight * weights.INTERESTED // weights.ONE)
            if weighed.root.own_words
            else weighed
            for weighed in entry.weighed
        )
    )


def keys(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Item keys of entries, sorted, each once."""
    return tuple(sorted({entry.key for entry in entries}))


def listed(words: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
