"""The element checklist of a case in a terminal, a hundred columns wide and without color.

The tree with grade, counts, strike number and flags; then the weaknesses, worst first, each with
what is wrong, where, the facts, and what would mend it; then what is merely still ahead.
"""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from casemgr.apa.record import Record
from casemgr.apa.report import CaseReport, ElementReport, Flag
from casemgr.words import Grade, Severity
from designations.library.model import Element

WIDTH = 100
MOST_CURES = 3
LABEL = 40  # columns of the tree; the numbers stand right of it
SHAPES = {
    Grade.STRONG: "■■■■",
    Grade.ADEQUATE: "■■■□",
    Grade.CONTESTABLE: "■■□□",
    Grade.WEAK: "■□□□",
    Grade.UNSUPPORTED: "□□□□",
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LEGEND = (
    "▌ carrying path   ┆ fallback path   strike: how many origins a court must disregard until it "
    "falls"
)


def report_text(reports: Sequence[CaseReport], records: Sequence[Record]) -> str:
    """Every case's checklist, one after the other; ends with a newline."""
    of_case = {record.case.key: record for record in records}
    lines: list[str] = list(_overview(reports, of_case)) if len(reports) > 1 else []
    for report in reports:
        lines += _case(report, of_case[report.docket])
        lines.append("")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def day_in_words(day: date) -> str:
    """A date no reader can take for another.

    >>> day_in_words(date(2026, 11, 23))
    '23 Nov 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _overview(reports: Sequence[CaseReport], of_case: dict[str, Record]) -> Iterator[str]:
    """One line a case: where it stands and how many flags of each severity weigh on it."""
    yield f"{'case':<25} {'authority':<34} {'grade':<17} weaknesses"
    for report in reports:
        standing = [flag for flag in _all_flags(report) if not flag.pending]
        counts = ", ".join(
            f"{count} {severity}"
            for severity in (Severity.FATAL, Severity.SERIOUS)
            if (count := sum(1 for flag in standing if flag.severity is severity))
        )
        line = (
            f"{report.docket:<25} {of_case[report.docket].authority.name:<34} "
            f"{_grade(report.grade):<17} {counts or 'none serious'}"
        )
        yield line if len(line) <= WIDTH else line[: WIDTH - 1].rstrip() + "…"
    yield ""


def _case(report: CaseReport, record: Record) -> Iterator[str]:
    yield "━" * WIDTH
    yield from _heading(report, record)
    yield ""
    yield from _matrix(report, record)
    yield LEGEND
    yield ""
    yield from _path("Carrying path", report.carrying_path)
    if report.fallback_path:
        yield from _path("Fallback path", report.fallback_path)
    yield from _weaknesses(report)
    yield from _ahead(report)


def _heading(report: CaseReport, record: Record) -> Iterator[str]:
    case, authority = record.case, record.authority
    who = case.designee.name or case.designee.key if case.designee else case.title or "a program"
    when = f"as of {day_in_words(record.as_of)}" if record.as_of else "the whole record"
    yield from wrapped(f"{report.docket}  ·  {who}", "")
    yield from wrapped(f"{authority.title or authority.slug} ({report.authority}), {when}", "")
    yield f"{SHAPES[report.grade]} {report.grade.value.upper()}" + _falls_first(report)
    yield from wrapped(report.posture_note, "")


def _falls_first(report: CaseReport) -> str:
    """The elements that hold the grade down, as far as they fit on the line."""
    path = {element.code: element for element in report.elements}
    weakest = [
        code
        for code in report.carrying_path
        if code in path and path[code].grade.rank <= report.grade.rank
    ]
    if not weakest or report.grade.rank >= Grade.ADEQUATE.rank:
        return ""
    told = ", ".join(weakest[:8]) + (" …" if len(weakest) > 8 else "")
    return f" — would fall first on {told}"


# --- the matrix


@dataclass(frozen=True, slots=True)
class _Row:
    element: Element
    lead: str  # the branches drawn before the code


def _matrix(report: CaseReport, record: Record) -> Iterator[str]:
    reports = {element.code: element for element in report.elements}
    yield _columns("", "grade", "for", "against", "origins", "strike", "flags")
    roots = [element for element in record.authority.elements if element.parent is None]
    if len(roots) > 1:
        yield _columns("  all of", _grade(report.grade), "", "", "", "", _counts(report.flags))
    for row in _rows(record.authority.elements):
        element = reports.get(row.element.code)
        if element is not None:
            yield _line(row, element, report)


def _rows(elements: Sequence[Element]) -> Iterator[_Row]:
    """The tree in file order, a group before its parts."""
    children: dict[str | None, list[Element]] = {}
    for element in elements:
        children.setdefault(element.parent, []).append(element)

    def below(parent: str | None, stem: str) -> Iterator[_Row]:
        siblings = children.get(parent, [])
        for element in siblings:
            last = element is siblings[-1]
            branch = "" if parent is None else ("└ " if last else "├ ")
            yield _Row(element, stem + branch)
            deeper = "" if parent is None else ("  " if last else "│ ")
            yield from below(element.code, stem + deeper)

    yield from below(None, "")


def _line(row: _Row, element: ElementReport, report: CaseReport) -> str:
    mark = " "
    if row.element.code in report.carrying_path:
        mark = "▌"
    elif row.element.code in report.fallback_path:
        mark = "┆"
    join = f"{row.element.join} of  " if row.element.join else ""
    title = row.element.title or row.element.text
    label = f"{mark} {row.lead}{row.element.code}  {join}{title}"
    if not element.asserted:
        label = f"{mark} {row.lead}{row.element.code}  (not relied on) {join}{title}"
    if len(label) > LABEL:
        label = label[: LABEL - 1].rstrip() + "…"
    group = row.element.is_group
    return _columns(
        label,
        _grade(element.grade),
        str(len(element.supports)),
        str(len(element.contradicts)),
        str(element.origins),
        "–" if element.strike_number is None else str(element.strike_number),
        _counts(element.flags) if not group or element.flags else "",
    )


def _columns(label: str, grade: str, *rest: str) -> str:
    supports, against, origins, strike, flags = rest
    return (
        f"{label:<{LABEL}} {grade:<16} {supports:>3} {against:>7} {origins:>7} {strike:>6}  {flags}"
    )


def _grade(grade: Grade) -> str:
    return f"{SHAPES[grade]} {grade.value}"


def _counts(flags: Sequence[Flag]) -> str:
    """``2 serious`` and the like: the worst severity there is, how many more, how many pending."""
    standing = [flag for flag in flags if not flag.pending]
    if not standing:
        return ""
    worst = min(standing, key=lambda flag: flag.severity.rank).severity
    count = sum(1 for flag in standing if flag.severity is worst)
    more = len(standing) - count
    return f"{count} {worst}" + (f" +{more}" if more else "")


def _path(name: str, codes: Sequence[str]) -> Iterator[str]:
    yield from wrapped(f"{name}: {', '.join(codes)}", "  ")


# --- the weaknesses


@dataclass(slots=True)
class _Weakness:
    """Flags of one doctrine and severity, wherever in the case they stand."""

    doctrine: str
    severity: Severity
    flags: list[Flag]

    def cures(self) -> list[str]:
        """What would mend them, each piece of work once."""
        return list(dict.fromkeys(cure for flag in self.flags for cure in flag.cures))


def _weaknesses(report: CaseReport) -> Iterator[str]:
    standing = [flag for flag in _all_flags(report) if not flag.pending]
    if not standing:
        yield ""
        yield "No weakness found."
        return
    yield ""
    yield "Weaknesses, worst first"
    for weakness in _grouped(standing):
        yield ""
        yield f"  {weakness.severity.value.upper()}  {weakness.doctrine}"
        for statement, evidence in _told(weakness.flags):
            yield from wrapped(statement, "    ")
            if any(key not in statement for key in evidence):
                yield from wrapped(f"facts: {', '.join(evidence)}", "      ")
        cures = weakness.cures()
        for cure in cures[:MOST_CURES]:
            yield from wrapped(f"cure: {cure}", "    → ", "      ")
        if len(cures) > MOST_CURES:
            yield f"    → … and {len(cures) - MOST_CURES} more of the kind"


def _told(flags: Sequence[Flag], *, facts: bool = True) -> Iterator[tuple[str, tuple[str, ...]]]:
    """One statement for all the elements of which the same is said on the same facts."""
    same: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for flag in flags:
        place, statement = _place_and_statement(flag)
        same.setdefault((statement, flag.evidence if facts else ()), []).append(place)
    for (statement, evidence), places in same.items():
        named = ", ".join(place for place in places if place)
        yield (f"{named}: {statement}" if named else statement), evidence


def _place_and_statement(flag: Flag) -> tuple[str, str]:
    """``EL-3`` and what is said of it; no place where the statement does not begin with one."""
    place, colon, rest = flag.statement.partition(": ")
    return (place, rest) if colon and " " not in place else ("", flag.statement)


def _ahead(report: CaseReport) -> Iterator[str]:
    pending = [flag for flag in _all_flags(report) if flag.pending]
    if not pending:
        return
    yield ""
    yield "Not yet done (lowers no grade while the case is undecided)"
    for weakness in _grouped(pending):
        for statement, _ in _told(weakness.flags, facts=False):
            yield from wrapped(f"{weakness.doctrine}: {statement}", "  □ ", "    ")


def _all_flags(report: CaseReport) -> Iterator[Flag]:
    """Flags of what the case relies on, then of the case itself."""
    for element in report.elements:
        if element.asserted or element.code in report.carrying_path:
            yield from element.flags
    yield from report.flags


def _grouped(flags: Iterable[Flag]) -> list[_Weakness]:
    found: dict[tuple[int, str], _Weakness] = {}
    for flag in flags:
        place = (flag.severity.rank, flag.doctrine)
        found.setdefault(place, _Weakness(flag.doctrine, flag.severity, [])).flags.append(flag)
    return [found[place] for place in sorted(found)]


def wrapped(text: str, lead: str, rest: str | None = None) -> list[str]:
    """Lines of the terminal's width, broken at spaces only: keys and codes stay whole."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=lead,
        subsequent_indent=lead if rest is None else rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
