"""From a docket to the engine's input: one record a case, its law and its evidence gathered."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from casemgr.apa.reasoning import words
from casemgr.apa.record import Case, Docket, Finding, Item, Record
from casemgr.docket.read import Library, shipped_library
from casemgr.words import Completeness
from designations.days import PartialDate
from designations.library.model import Authority


def records(
    docket: Docket,
    library: Library | None = None,
    as_of: PartialDate | date | None = None,
    today: date | None = None,
) -> list[Record]:
    """The records of every case, in file order.

    ``as_of`` overrides each case's own; a live file without either is read as of ``today``
    (the machine's day unless given), a summary as a whole, because in a precedent neither date
    defaults to today. The authority is the pin whose range holds that day. Raises KeyError
    where an authority is neither in the docket nor in the library, which reading refuses.
    """
    own = {authority.name: authority for authority in docket.authorities}
    return [record_of(docket, case, own, library, as_of, today) for case in docket.cases]


def record_of(
    docket: Docket,
    case: Case,
    own: Mapping[str, Authority],
    library: Library | None = None,
    as_of: PartialDate | date | None = None,
    today: date | None = None,
) -> Record:
    """The record of one case of the docket."""
    day = as_of_day(case, docket.completeness, as_of, today)
    name = pinned(case, day)
    if name in own:
        authority = own[name]
    else:
        authority = (shipped_library() if library is None else library)[name]
    if name != case.authority:
        case = under(case, authority)
    case = replace(case, findings=_beside_those_of_others(docket, case))
    items = _reached(docket, case)
    named = {item.source for item in items.values()} | {
        derivation.source for item in items.values() for derivation in item.derived_from
    }
    return Record(
        case=case,
        authority=authority,
        items=items,
        sources={source.key: source for source in docket.sources if source.key in named},
        completeness=docket.completeness,
        as_of=day,
    )


def as_of_day(
    case: Case,
    completeness: Completeness,
    as_of: PartialDate | date | None = None,
    today: date | None = None,
) -> date | None:
    """The calendar day the record is read as of; a month or year counts as its last day."""
    stated = as_of if as_of is not None else case.as_of
    if isinstance(stated, PartialDate):
        return stated.last()
    if stated is None and completeness is Completeness.FULL:
        return today or date.today()
    return stated


def pinned(case: Case, day: date | None) -> str:
    """The authority version whose range holds the day; without a day, the day of decision.

    A pin from a month or year on holds from its last day, as every date of a docket does.
    """
    if day is None and case.decided_on is not None:
        day = case.decided_on.last()
    name = case.authority
    if day is not None:
        for pin in sorted(case.later_pins, key=lambda pin: pin.from_.last()):
            if pin.from_.last() <= day:
                name = pin.authority
    return name


def under(case: Case, authority: Authority) -> Case:
    """The case under another version of its law: what hangs on codes it has, and no more."""
    elements = {element.code for element in authority.elements}
    considerations = {each.code for each in authority.considerations}
    prerequisites = {each.code for each in authority.prerequisites}
    return replace(
        case,
        authority=authority.name,
        asserts=None if case.asserts is None else _kept(case.asserts, elements),
        no_evidence=_kept(case.no_evidence, elements),
        links=tuple(link for link in case.links if link.element in elements),
        findings=tuple(each for each in case.findings if each.element in elements),
        answers=tuple(each for each in case.answers if each.code in considerations),
        steps=tuple(each for each in case.steps if each.code in prerequisites),
        comparators=tuple(
            each for each in case.comparators if each.element is None or each.element in elements
        ),
        prior_position=tuple(
            each for each in case.prior_position if each.element is None or each.element in elements
        ),
        record=replace(
            case.record,
            left_out=tuple(
                each
                for each in case.record.left_out
                if each.element is None or each.element in elements
            ),
        ),
    )


def _beside_those_of_others(docket: Docket, case: Case) -> tuple[Finding, ...]:
    """The findings, each with the places of other designees where the same words stand."""
    others = [
        (words(finding.text), f"{other.key}/{finding.element}")
        for other in docket.cases
        if other.key != case.key and not _same_designee(other, case)
        for finding in other.findings
        if finding.text.strip()
    ]
    if not others:
        return case.findings
    return tuple(
        replace(finding, same_as=same) if (same := _places(finding, others)) else finding
        for finding in case.findings
    )


def _same_designee(one: Case, other: Case) -> bool:
    return bool(one.designee and other.designee and one.designee.key == other.designee.key)


def _places(finding: Finding, others: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(sorted(place for text, place in others if text == words(finding.text)))


def _kept(codes: Iterable[str], known: set[str]) -> tuple[str, ...]:
    return tuple(code for code in codes if code in known)


def _reached(docket: Docket, case: Case) -> dict[str, Item]:
    """Every item the case names and every item those derive from, in file order."""
    by_key = {item.key: item for item in docket.evidence}
    pending = [link.item for link in case.links]
    pending += [key for finding in case.findings for key in finding.cites or ()]
    pending += [left_out.item for left_out in case.record.left_out]
    reached: set[str] = set()
    while pending:
        key = pending.pop()
        if key not in reached and key in by_key:
            reached.add(key)
            pending += [each.item for each in by_key[key].derived_from if each.item is not None]
    return {item.key: item for item in docket.evidence if item.key in reached}
