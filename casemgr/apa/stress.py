"""Stress: the same record under named hypotheses of what a court might disregard.

Rows are elements, columns hypotheses: public record only, disinterested sources only, press out,
first-hand only, each contested or untested theory rejected, each origin struck in turn. A
hypothesis takes support away and nothing else; what is stated of an element stays as it is.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from casemgr.apa.bearing import all_matters, case_view
from casemgr.apa.derivation import origin_label
from casemgr.apa.doctrines import ON_CASES, raise_on
from casemgr.apa.grade import capped, lowest
from casemgr.apa.leaf import judge_again, without_entries, without_origins
from casemgr.apa.leaves import Bench, judge_leaves
from casemgr.apa.origins import Origin
from casemgr.apa.paths import asserted_codes, children_of
from casemgr.apa.record import Record
from casemgr.apa.report import ElementReport
from casemgr.apa.sufficiency import Entry
from casemgr.apa.timeline import as_of, clock
from casemgr.apa.tree import Tree
from casemgr.apa.view import ElementView, Matters, Setting
from casemgr.words import Completeness, Grade
from designations.words import Settledness
from evidence.words import EvidenceKind, Hand, SourceRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Stressed:
    """The case under one hypothesis. ``falls``: elements that were better than weak and are not."""

    code: str
    title: str
    grade: Grade
    grades: tuple[tuple[str, Grade], ...]
    falls: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StressMatrix:
    """Every hypothesis, with the untouched record as the first."""

    docket: str
    columns: tuple[Stressed, ...]


View = Callable[[ElementView], ElementView]


def stress(record: Record, rests_on: Mapping[str, Grade] | None = None) -> StressMatrix:
    """The element x hypothesis matrix of one case."""
    return _Press(as_of(record), rests_on or {}).matrix()


class _Press:
    """One case, its leaves judged once, ready to be judged again with less."""

    def __init__(self, record: Record, rests_on: Mapping[str, Grade]) -> None:
        self.record = record
        self.rests_on = rests_on
        full = record.completeness is Completeness.FULL
        self.setting = Setting(record, full, clock(record))
        self.matters = all_matters(self.setting)
        self.children = children_of(record.authority.elements)
        self.asserted = asserted_codes(self.children, record.case.asserts)
        self.leaves = judge_leaves(self.setting, self.matters, self.asserted)
        bench = Bench(self.setting)
        self.views = {
            element.code: bench.view(element, self.matters.get(element.code, Matters()))
            for element in record.authority.elements
            if not element.is_group
        }
        whole = case_view(self.setting, self.matters.get(None, Matters()), ())
        self.flags = raise_on(ON_CASES, whole)

    def matrix(self) -> StressMatrix:
        """Judge the case under every hypothesis."""
        whole = self._column("record", "the whole record", {})
        standing = {code for code, grade in whole.grades if grade.rank > Grade.WEAK.rank}
        columns = [
            replace(
                column,
                falls=tuple(
                    code
                    for code, grade in column.grades
                    if code in standing and grade.rank <= Grade.WEAK.rank
                ),
            )
            for column in self._hypotheses()
        ]
        return StressMatrix(docket=self.record.case.key, columns=(whole, *columns))

    def _hypotheses(self) -> Iterator[Stressed]:
        for code, title, dropped in KINDS_OF_LOSS:
            yield self._column(code, title, self._without(dropped))
        for code, view in sorted(self.views.items()):
            if view.settled in (Settledness.CONTESTED, Settledness.UNTESTED):
                fallen = replace(self.leaves[code], grade=Grade.UNSUPPORTED, strike_number=0)
                yield self._column(
                    f"theory:{code}",
                    f"the {view.settled} theory of {code} rejected",
                    {code: fallen},
                )
        for origin, label in self._origins():
            changed = {
                code: self._judged(code, without_origins(view, frozenset({origin})))
                for code, view in self.views.items()
                if origin in view.origins
            }
            yield self._column(f"origin:{origin[0]}:{origin[1]}", f"{label} struck", changed)

    def _without(self, dropped: Callable[[Entry], bool]) -> dict[str, ElementReport]:
        return {
            code: self._judged(code, without_entries(view, dropped))
            for code, view in self.views.items()
            if any(map(dropped, view.supports))
        }

    def _judged(self, code: str, view: ElementView) -> ElementReport:
        whole, judged = self.leaves[code], judge_again(self.views[code], view)
        # Taking support away helps nobody, even where a faulty item goes with it.
        return replace(whole, grade=lowest((whole.grade, judged.grade)), flags=judged.flags)

    def _origins(self) -> list[tuple[Origin, str]]:
        labels: dict[Origin, str] = {}
        for view in self.views.values():
            for entry in view.supports:
                for weighed in entry.weighed:
                    labels[weighed.root.origin] = origin_label(weighed.root)
        return sorted(labels.items())

    def _column(self, code: str, title: str, changed: Mapping[str, ElementReport]) -> Stressed:
        reports = {**self.leaves, **changed}
        tree = Tree(self.setting, self.children, self.asserted, self.matters, reports)
        root = tree.roll_up()
        return Stressed(
            code=code,
            title=title,
            grade=lowest((capped(root.grade, self.flags), *self.rests_on.values())),
            grades=tuple((each, reports[each].grade) for each in tree.in_order()),
            falls=(),
        )


def _closed(entry: Entry) -> bool:
    return all(stand.closed for stand in entry.provenance.stands)


def _press(entry: Entry) -> bool:
    source = entry.provenance.source
    return entry.provenance.item.kind is EvidenceKind.PRESS_REPORT or (
        source is not None and source.role is SourceRole.PRESS
    )


def _interested(entry: Entry) -> bool:
    return entry.interested


def _not_first_hand(entry: Entry) -> bool:
    return entry.provenance.item.hand is not Hand.FIRST


KINDS_OF_LOSS: tuple[tuple[str, str, Callable[[Entry], bool]], ...] = (
    ("public", "public record only (classified, privileged and withheld out)", _closed),
    ("disinterested", "disinterested sources only", _interested),
    ("no-press", "press out", _press),
    ("first-hand", "first-hand sources only", _not_first_hand),
)
