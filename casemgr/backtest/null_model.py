"""Step 3: the null model, which flags exactly what the encoder wrote down as defective.

It weighs nothing, counts no origins and reads no dates. Whatever the engine adds must show as a
difference to it; whatever it already finds is a property of the encoding.
"""

from collections.abc import Iterable, Iterator

from casemgr.apa.record import Case, Finding, Item, Record
from casemgr.words import AnswerState, Difference, Reasoning, Stance, StepState
from designations.words import Settledness
from evidence.words import ClaimState, Integrity, Order, RelativeTo, Translation

BARE_REASONING = (
    Reasoning.NONE,
    Reasoning.RESTATES_STANDARD,
    Reasoning.BOILERPLATE,
    Reasoning.ADOPTS_SOURCE,
)


def written_down_as_defective(record: Record) -> frozenset[str | None]:
    """The elements on which the file itself says that something is wrong.

    None stands for a defect of the case as a whole. Each rule is one field with one value; there
    is nothing to weigh and nothing to compare:

    - ``no_evidence`` names the element; its law is marked ``untested``;
    - a contradicting link is ``unanswered``, a consideration is ``unanswered``;
    - a step is ``not-met`` or ``late``;
    - the finding's reasoning is ``none``, ``restates-standard``, ``boilerplate`` or
      ``adopts-source``; it ``defines: none``; it applied other law with a ``material``
      difference, or stands after the decision;
    - a comparator has the same conduct and is unexplained; reliance is not addressed;
    - an item of the element is left out without a reason; something cited is absent;
    - a supporting item is ``lost`` or ``mismatch``, ungraded, withdrawn, without any
      translation, dated after the decision, withheld without a summary, or makes a claim that is
      contradicted.
    """
    return frozenset(
        (
            *record.case.no_evidence,
            *_untested(record),
            *_unanswered(record),
            *_steps(record),
            *(each.element for each in record.case.findings if _faulty(each)),
            *_treatment(record.case),
            *_items(record),
        )
    )


def _untested(record: Record) -> Iterator[str]:
    return (
        element.code
        for element in record.authority.elements
        if element.settledness is Settledness.UNTESTED
    )


def _unanswered(record: Record) -> Iterator[str | None]:
    for link in record.case.links:
        if (
            link.stance is Stance.CONTRADICTS
            and link.answer
            and link.answer.state is AnswerState.UNANSWERED
        ):
            yield link.element
    element_of = {each.code: each.element for each in record.authority.considerations}
    for answer in record.case.answers:
        if answer.state is AnswerState.UNANSWERED:
            yield element_of.get(answer.code)


def _steps(record: Record) -> Iterator[str | None]:
    element_of = {each.code: each.element for each in record.authority.prerequisites}
    for step in record.case.steps:
        if step.state in (StepState.NOT_MET, StepState.LATE):
            yield element_of.get(step.code)


def _faulty(finding: Finding) -> bool:
    return bool(
        finding.reasoning in BARE_REASONING
        or finding.defines_none
        or (finding.applied and finding.applied.difference is Difference.MATERIAL)
        or (
            finding.relative
            and finding.relative.to is RelativeTo.DECISION
            and finding.relative.order is Order.AFTER
        )
    )


def _treatment(case: Case) -> Iterator[str | None]:
    for comparator in case.comparators:
        if comparator.same_conduct and comparator.explained is False:
            yield comparator.element
    for position in case.prior_position:
        if position.reliance_addressed is False:
            yield position.element
    for left_out in case.record.left_out:
        if not left_out.reason.strip():
            yield left_out.element
    if case.record.cited_but_absent:
        yield None


def _items(record: Record) -> Iterable[str]:
    for link in record.case.links:
        item = record.items.get(link.item)
        if link.stance is Stance.SUPPORTS and item is not None and _defective(item):
            yield link.element


def _defective(item: Item) -> bool:
    return bool(
        item.integrity in (Integrity.LOST, Integrity.MISMATCH)
        or item.graded is False
        or item.withdrawn_on
        or item.translation is Translation.NONE
        or item.summary_given is False
        or (
            item.relative
            and item.relative.to is RelativeTo.DECISION
            and item.relative.order is Order.AFTER
        )
        or any(claim.check is ClaimState.CONTRADICTED for claim in item.claims)
    )
