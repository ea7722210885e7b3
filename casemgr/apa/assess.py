"""The whole review on one screen: record in, assessment out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from casemgr.apa import weights
from casemgr.apa.bearing import all_matters, case_view, element_view
from casemgr.apa.derivation import derive, origin_groups
from casemgr.apa.digest import (
    canonical,
    case_digest,
    closed_digests,
    element_digest,
    group_digest,
)
from casemgr.apa.doctrines import ON_CASES, ON_GROUPS
from casemgr.apa.grade import capped, lowest
from casemgr.apa.leaf import flag_order, judge, strike_number
from casemgr.apa.origins import provenances
from casemgr.apa.paths import Standing, asserted_codes, children_of, combine
from casemgr.apa.posture import SENTENCE
from casemgr.apa.record import Link, Record
from casemgr.apa.report import CaseReport, ElementReport, Flag
from casemgr.apa.timeline import as_of, clock
from casemgr.apa.view import CaseView, ElementView, Matters, Setting, keys
from casemgr.words import Completeness, DecidedBy, Grade, Severity
from designations.library.model import Element
from designations.words import Join

ENGINE_VERSION = "1.0.0"


def assess(record: Record, rests_on: Mapping[str, Grade] | None = None) -> CaseReport:
    """Assess one case. ``rests_on`` gives the grades of what it depends on, by reference.

    Pure: the same record gives the same report, byte for byte, in any order of its parts.
    """
    return _Review(as_of(record), rests_on or {}).report()


def assess_all(records: Iterable[Record]) -> list[CaseReport]:
    """Assess cases that may rest on one another, in the order given.

    A reference to a case outside the set, or one that closes a circle, counts as not known.
    """
    by_key = {record.case.key: record for record in records}
    done: dict[str, CaseReport] = {}
    entered: set[str] = set()

    def visit(key: str) -> None:
        if key in done or key in entered:
            return
        entered.add(key)
        record = by_key[key]
        grades: dict[str, Grade] = {}
        for reference in record.case.depends_on:
            other, _, code = reference.partition("/")
            if other in by_key:
                visit(other)
            if other in done:
                grades[reference] = grade_of(done[other], code)
        done[key] = assess(record, grades)

    for key in by_key:
        visit(key)
    return [done[key] for key in by_key]


def grade_of(report: CaseReport, code: str) -> Grade:
    """Grade of one element of an assessed case, or of the case itself when no code is given."""
    return next((e.grade for e in report.elements if e.code == code), report.grade)


@dataclass(frozen=True, slots=True)
class _Review:
    record: Record
    rests_on: Mapping[str, Grade]

    def report(self) -> CaseReport:
        record = self.record
        case, authority = record.case, record.authority
        setting = Setting(record, record.completeness is Completeness.FULL, clock(record))
        matters = all_matters(setting)
        links = _by_element(case.links)
        traced = provenances(record, live=setting.live, withheld_struck=setting.full_review)
        sources = {key: canonical(source) for key, source in record.sources.items()}
        digests = closed_digests(record.items, sources)

        children = children_of(authority.elements)
        asserted = asserted_codes(children, case.asserts)
        reports: dict[str, ElementReport] = {}
        not_alone = frozenset(f.element for f in case.findings if f.alone_sufficient is False)

        def visit(element: Element) -> Standing:
            if element.is_group:
                return visit_group(element)
            of_element = tuple(links.get(element.code, ()))
            view = element_view(
                setting, element, of_element, traced, matters.get(element.code, Matters())
            )
            digest = element_digest(view, of_element, digests)
            leaf = _leaf_report(view, digest, element.code in asserted)
            reports[element.code] = leaf
            return Standing(element.code, leaf.grade, leaf.strike_number, (), (element.code,))

        def visit_group(element: Element) -> Standing:
            parts = [visit(child) for child in children.get(element.code, [])]
            standing = combine(element.code, element.join or Join.ALL, parts, asserted, not_alone)
            flags: tuple[Flag, ...] = ()
            if element.code in matters:
                flags = _run(ON_GROUPS, CaseView(setting, matters[element.code], element.code))
            grade = capped(standing.grade, flags)
            reports[element.code] = replace(
                _group_report(element, standing, grade, reports),
                flags=flags,
                asserted=element.code in asserted,
                digest=group_digest(element, matters.get(element.code, Matters())),
            )
            strike = 0 if grade.rank <= Grade.WEAK.rank else standing.strike
            return Standing(element.code, grade, strike, (), standing.leaves, standing.fallback)

        roots = [visit(root) for root in children.get(None, [])]
        root = combine("", Join.ALL, roots, asserted, not_alone)
        weak = tuple(
            (reference, grade.value)
            for reference, grade in sorted(self.rests_on.items())
            if grade.rank <= Grade.WEAK.rank
        )
        whole = case_view(setting, matters.get(None, Matters()), weak)
        flags = _run(ON_CASES, whole)
        grade = lowest((capped(root.grade, flags), *self.rests_on.values()))
        flags = tuple(sorted((*flags, *_remedy(root, flags, reports)), key=flag_order))
        in_order = _tree_order(children)
        elements = tuple(reports[code] for code in in_order)
        versions = (ENGINE_VERSION, weights.WEIGHTS_VERSION)
        facts = (
            authority.name,
            authority.threshold,
            authority.posture,
            authority.in_force,
            record.completeness,
            sorted(asserted),
            case.decided,
            setting.clock.decided_on,
            setting.us_presence,
            sorted(canonical(finding) for finding in case.findings),
            sorted((reference, str(grade)) for reference, grade in self.rests_on.items()),
            [reports[code].digest for code in in_order],
        )
        return CaseReport(
            docket=case.key,
            authority=authority.name,
            as_of=record.as_of.isoformat() if record.as_of else None,
            engine_version=ENGINE_VERSION,
            input_digest=case_digest(
                whole,
                record.as_of,
                versions,
                facts,
            ),
            posture=authority.posture.value,
            posture_note=SENTENCE[authority.posture],
            grade=grade,
            carrying_path=tuple(code for code in in_order if code in root.leaves),
            fallback_path=tuple(code for code in in_order if code in root.fallback),
            elements=elements,
            flags=flags,
            adjustments=root.adjustments,
        )


def _by_element(links: tuple[Link, ...]) -> dict[str, list[Link]]:
    """Links by element, in an order that does not depend on the file's."""
    found: dict[str, list[Link]] = {}
    for link in links:
        found.setdefault(link.element, []).append(link)
    for of_element in found.values():
        of_element.sort(key=lambda link: (link.item, link.stance, link.why))
    return found


def _leaf_report(view: ElementView, digest: str, asserted: bool) -> ElementReport:
    judged = judge(view)
    groups = origin_groups(view)
    return ElementReport(
        code=view.element.code,
        grade=judged.grade,
        origins=len(view.origins),
        strike_number=strike_number(view, judged),
        decided_by=judged.decided_by,
        flags=judged.flags,
        adjustments=judged.adjustments,
        derivation=derive(view, judged, groups),
        asserted=asserted,
        digest=digest,
        supports=keys(view.supports),
        contradicts=keys(view.contradicts),
        origin_groups=groups,
        weight=weights.hundredths(view.weight),
        threshold=weights.hundredths(view.bar),
    )


def _group_report(
    element: Element,
    standing: Standing,
    grade: Grade,
    reports: Mapping[str, ElementReport],
) -> ElementReport:
    parts = [reports[code] for code in standing.carried_by]
    folded: dict[str, set[str]] = {}
    for part in parts:
        for label, items in part.origin_groups:
            folded.setdefault(label, set()).update(items)
    whole = element.join is Join.ALL
    basis = "the worst of its parts" if whole else f"its best part, {parts[0].code}"
    return ElementReport(
        code=element.code,
        grade=grade,
        origins=len(folded),
        strike_number=0 if grade.rank <= Grade.WEAK.rank else standing.strike,
        decided_by=_decided_by(grade, parts),
        adjustments=standing.adjustments,
        derivation=(f"As good as {basis}: {grade}.",),
        carried_by=standing.carried_by,
        supports=tuple(sorted({key for part in parts for key in part.supports})),
        contradicts=tuple(sorted({key for part in parts for key in part.contradicts})),
        origin_groups=tuple((label, tuple(sorted(folded[label]))) for label in sorted(folded)),
    )


def _decided_by(grade: Grade, parts: list[ElementReport]) -> DecidedBy:
    deciding = [part for part in parts if part.grade is grade]
    return deciding[0].decided_by if deciding else DecidedBy.STATED


def _run(doctrines: Iterable[object], view: CaseView) -> tuple[Flag, ...]:
    raised = [
        found
        for doctrine in doctrines
        for found in doctrine(view)  # type: ignore[operator]
        if isinstance(found, Flag)
    ]
    return tuple(sorted(raised, key=flag_order))


def _remedy(
    root: Standing, flags: tuple[Flag, ...], reports: Mapping[str, ElementReport]
) -> Iterable[Flag]:
    """remedy: advice only. Remand without vacatur weighs seriousness and disruption.

    Allied-Signal v. NRC, 988 F.2d 146 (D.C. Cir. 1993).
    """
    heavy = (Severity.FATAL, Severity.SERIOUS)
    faults = sorted(
        code
        for code in root.leaves
        if any(f.severity in heavy and not f.pending for f in reports[code].flags)
    )
    if not faults and not any(f.severity in heavy and not f.pending for f in flags):
        return
    places = ", ".join(faults) or "the decision itself"
    yield Flag(
        doctrine="remedy",
        severity=Severity.ADVISORY,
        statement=(
            f"A court that finds fault on {places} may remand with or without vacatur, by how "
            "serious the fault is and how disruptive vacatur would be."
        ),
        authorities=("Allied-Signal v. NRC, 988 F.2d 146 (D.C. Cir. 1993)",),
        cures=("Mend the faults on the carrying path before decision.",),
    )


def _tree_order(children: Mapping[str | None, list[Element]]) -> list[str]:
    """Codes as one reads the tree: each group before its parts, siblings by code."""
    order: list[str] = []

    def walk(parent: str | None) -> None:
        for element in children.get(parent, ()):
            order.append(element.code)
            if element.is_group:
                walk(element.code)

    walk(None)
    return order
