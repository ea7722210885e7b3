"""The element tree rolled up from its judged leaves: a report for every group, and the root."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from casemgr.apa.digest import group_digest
from casemgr.apa.doctrines import ON_GROUPS, raise_on
from casemgr.apa.grade import capped
from casemgr.apa.paths import Standing, combine
from casemgr.apa.report import ElementReport
from casemgr.apa.view import CaseView, Matters, Setting
from casemgr.words import DecidedBy, Grade
from designations.library.model import Element
from designations.words import Join

Children = Mapping[str | None, list[Element]]


@dataclass
class Tree:
    """Leaves in, groups and root out. ``reports`` grows from the leaves to the whole tree."""

    setting: Setting
    children: Children
    asserted: frozenset[str]
    matters: Mapping[str | None, Matters]
    reports: dict[str, ElementReport]
    not_alone: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        findings = self.setting.case.findings
        self.not_alone = frozenset(f.element for f in findings if f.alone_sufficient is False)

    def roll_up(self) -> Standing:
        """Judge every group from the bottom; the standing of the whole case."""
        roots = [self._visit(root) for root in self.children.get(None, [])]
        return combine("", Join.ALL, roots, self.asserted, self.not_alone)

    def in_order(self) -> list[str]:
        """Codes as one reads the tree: each group before its parts, siblings by code."""
        order: list[str] = []

        def walk(parent: str | None) -> None:
            for element in self.children.get(parent, ()):
                order.append(element.code)
                if element.is_group:
                    walk(element.code)

        walk(None)
        return order

    def _visit(self, element: Element) -> Standing:
        if element.is_group:
            return self._group(element)
        leaf = self.reports[element.code]
        return Standing(element.code, leaf.grade, leaf.strike_number, (), (element.code,))

    def _group(self, element: Element) -> Standing:
        parts = [self._visit(child) for child in self.children.get(element.code, [])]
        join = element.join or Join.ALL
        standing = combine(element.code, join, parts, self.asserted, self.not_alone)
        matters = self.matters.get(element.code, Matters())
        flags = raise_on(ON_GROUPS, CaseView(self.setting, matters, element.code))
        grade = capped(standing.grade, flags)
        strike = 0 if grade.rank <= Grade.WEAK.rank else standing.strike
        chosen = [self.reports[code] for code in standing.carried_by]
        self.reports[element.code] = replace(
            _report(element, grade, chosen),
            strike_number=strike,
            adjustments=standing.adjustments,
            flags=flags,
            carried_by=standing.carried_by,
            asserted=element.code in self.asserted,
            digest=group_digest(element, matters),
        )
        return Standing(element.code, grade, strike, (), standing.leaves, standing.fallback)


def _report(element: Element, grade: Grade, parts: list[ElementReport]) -> ElementReport:
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
        strike_number=None,
        decided_by=next((p.decided_by for p in parts if p.grade is grade), DecidedBy.STATED),
        derivation=(f"As good as {basis}: {grade}.",),
        supports=tuple(sorted({key for part in parts for key in part.supports})),
        contradicts=tuple(sorted({key for part in parts for key in part.contradicts})),
        origin_groups=tuple((label, tuple(sorted(folded[label]))) for label in sorted(folded)),
    )
