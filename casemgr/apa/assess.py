"""The whole review on one screen: record in, assessment out."""

from collections.abc import Container, Iterable, Mapping

from casemgr.apa import weights
from casemgr.apa.bearing import all_matters, case_view
from casemgr.apa.digest import canonical, case_digest
from casemgr.apa.doctrines import ON_CASES, raise_on
from casemgr.apa.grade import capped, lowest
from casemgr.apa.leaves import judge_leaves
from casemgr.apa.paths import asserted_codes, children_of
from casemgr.apa.posture import SENTENCE
from casemgr.apa.record import Record
from casemgr.apa.report import CaseReport, Flag, flag_order
from casemgr.apa.timeline import as_of, clock
from casemgr.apa.tree import Tree
from casemgr.apa.view import Matters, Setting
from casemgr.words import Completeness, Grade, Severity

ENGINE_VERSION = "1.2.0"


def assess(record: Record, rests_on: Mapping[str, Grade] | None = None) -> CaseReport:
    """Assess one case. ``rests_on`` gives the grades of what it depends on, by reference.

    Pure: the same record gives the same report, byte for byte, in any order of its parts.
    """
    record, rests_on = as_of(record), rests_on or {}
    case, authority = record.case, record.authority
    setting = Setting(record, record.completeness is Completeness.FULL, clock(record))
    matters = all_matters(setting)
    children = children_of(authority.elements)
    asserted = asserted_codes(children, case.asserts)
    leaves = judge_leaves(setting, matters, asserted)
    tree = Tree(setting, children, asserted, matters, leaves)
    root = tree.roll_up()
    whole = case_view(setting, matters.get(None, Matters()), _weak(rests_on))
    flags = raise_on(ON_CASES, whole)
    in_order = tree.in_order()
    return CaseReport(
        docket=case.key,
        authority=authority.name,
        as_of=record.as_of.isoformat() if record.as_of else None,
        engine_version=ENGINE_VERSION,
        input_digest=case_digest(
            whole,
            record.as_of,
            (ENGINE_VERSION, weights.WEIGHTS_VERSION),
            _facts(setting, tree, asserted, rests_on),
        ),
        posture=authority.posture.value,
        posture_note=SENTENCE[authority.posture],
        grade=lowest((capped(root.grade, flags), *rests_on.values())),
        carrying_path=tuple(code for code in in_order if code in root.leaves),
        fallback_path=tuple(code for code in in_order if code in root.fallback),
        elements=tuple(tree.reports[code] for code in in_order),
        flags=tuple(sorted((*flags, *_remedy(tree, root.leaves, flags)), key=flag_order)),
        adjustments=root.adjustments,
    )


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
            other, code = split_reference(reference, by_key)
            if other in by_key:
                visit(other)
            if other in done:
                grades[reference] = grade_of(done[other], code)
        done[key] = assess(record, grades)

    for key in by_key:
        visit(key)
    return [done[key] for key in by_key]


def split_reference(reference: str, cases: Container[str]) -> tuple[str, str]:
    """Case and element of a ``CASE/ELEMENT`` reference; a case key may itself hold a slash."""
    if reference in cases:
        return reference, ""
    case, _, element = reference.rpartition("/")
    return case, element


def grade_of(report: CaseReport, code: str) -> Grade:
    """Grade of one element of an assessed case, or of the case itself when no code is given."""
    return next((e.grade for e in report.elements if e.code == code), report.grade)


def _weak(rests_on: Mapping[str, Grade]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (reference, grade.value)
        for reference, grade in sorted(rests_on.items())
        if grade.rank <= Grade.WEAK.rank
    )


def _facts(
    setting: Setting, tree: Tree, asserted: frozenset[str], rests_on: Mapping[str, Grade]
) -> tuple[object, ...]:
    """What the input digest says of the case, all element digests among it."""
    case, authority = setting.case, setting.authority
    return (
        authority.name,
        authority.threshold,
        authority.posture,
        authority.in_force,
        setting.record.completeness,
        sorted(asserted),
        case.decided,
        setting.clock.decided_on,
        setting.us_presence,
        sorted(canonical(finding) for finding in case.findings),
        sorted((reference, str(grade)) for reference, grade in rests_on.items()),
        [tree.reports[code].digest for code in tree.in_order()],
    )


def _remedy(tree: Tree, leaves: tuple[str, ...], flags: tuple[Flag, ...]) -> Iterable[Flag]:
    """remedy: advice only. Remand without vacatur weighs seriousness and disruption.

    Allied-Signal v. NRC, 988 F.2d 146 (D.C. Cir. 1993).
    """
    faults = sorted(code for code in leaves if any(map(_heavy, tree.reports[code].flags)))
    if not faults and not any(map(_heavy, flags)):
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


def _heavy(flag: Flag) -> bool:
    return not flag.pending and flag.severity in (Severity.FATAL, Severity.SERIOUS)
