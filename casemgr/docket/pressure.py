"""A case under pressure, for a terminal: stress matrix, challenger's brief, gap to a grade.

A hundred columns wide and without color, like the checklist it follows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from casemgr.apa.brief import OPENINGS, Attack, brief
from casemgr.apa.gap import Gap, gap_to
from casemgr.apa.record import Record
from casemgr.apa.report import CaseReport
from casemgr.apa.stress import Stressed, StressMatrix, stress
from casemgr.docket.checklist import SHAPES, WIDTH, wrapped
from casemgr.words import Grade

CELL = 5
FALLS = "↓□□□"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressure:
    """What was asked for beside the assessment; None or empty where it was not."""

    docket: str
    stress: StressMatrix | None = None
    brief: tuple[Attack, ...] | None = None
    gap: Gap | None = None


def press(
    record: Record,
    report: CaseReport,
    rests_on: Mapping[str, Grade] | None = None,
    *,
    stressed: bool,
    briefed: bool,
    target: Grade | None,
) -> Pressure:
    """Put one assessed case under the pressure asked for.

    ``rests_on``: grades of the cases it rests on, which it cannot stand above.
    """
    return Pressure(
        docket=report.docket,
        stress=stress(record, rests_on) if stressed else None,
        brief=brief(report) if briefed else None,
        gap=gap_to(record, target, rests_on) if target else None,
    )


def pressure_text(pressure: Pressure) -> str:
    """Everything asked for, one part after the other."""
    parts = []
    if pressure.stress is not None:
        parts.append(stress_text(pressure.stress))
    if pressure.brief is not None:
        parts.append(brief_text(pressure.docket, pressure.brief))
    if pressure.gap is not None:
        parts.append(gap_text(pressure.gap))
    return "".join(f"{'━' * WIDTH}\n{part}\n" for part in parts)


def pressure_json(pressure: Pressure) -> dict[str, Any]:
    """The parts asked for as plain values, to stand beside the case's assessment."""
    found: dict[str, Any] = {}
    if pressure.stress is not None:
        found["stress"] = [
            {
                "hypothesis": column.code,
                "title": column.title,
                "grade": column.grade.value,
                "elements": {code: grade.value for code, grade in column.grades},
                "falls": list(column.falls),
            }
            for column in pressure.stress.columns
        ]
    if pressure.brief is not None:
        found["brief"] = [
            {
                "element": attack.element or None,
                "doctrine": attack.doctrine,
                "severity": attack.severity.value,
                "attack": attack.attack,
                "answer": attack.answer,
                "evidence": list(attack.evidence),
                "on_carrying_path": attack.on_carrying_path,
            }
            for attack in pressure.brief
        ]
    if pressure.gap is not None:
        gap = pressure.gap
        found["gap"] = {
            "target": gap.target.value,
            "reached": gap.reached,
            "would_be": gap.would_be.value,
            "cures": [
                {
                    "element": cure.element or None,
                    "doctrine": cure.doctrine,
                    "work": cure.work,
                    "effect": cure.effect,
                }
                for cure in gap.cures
            ],
        }
    return found


def stress_text(matrix: StressMatrix) -> str:
    """The element x hypothesis matrix; the origins struck in turn stand under it as a list."""
    named = [column for column in matrix.columns if not column.code.startswith("origin:")]
    struck = [column for column in matrix.columns if column.code.startswith("origin:")]
    return _text(_matrix(matrix, named), _struck(struck))


def brief_text(docket: str, attacks: Sequence[Attack]) -> str:
    """The attacks, strongest first, each with what answers it."""
    return _text(_brief(docket, attacks))


def gap_text(gap: Gap) -> str:
    """The cures, by effect."""
    return _text(_gap(gap))


def _text(*parts: Iterator[str]) -> str:
    return "\n".join(line.rstrip() for part in parts for line in part) + "\n"


def _matrix(matrix: StressMatrix, columns: Sequence[Stressed]) -> Iterator[str]:
    yield f"Stress matrix of {matrix.docket}: the same record, with less of it"
    yield ""
    for number, column in enumerate(columns):
        yield f"  {chr(ord('A') + number)}  {column.title}"
    yield ""
    heads = "".join(f"{chr(ord('A') + number):^{CELL}}" for number in range(len(columns)))
    yield f"  {'':<14}{heads}"
    for row, (code, _) in enumerate(columns[0].grades):
        cells = (
            FALLS if code in column.falls else SHAPES[column.grades[row][1]] for column in columns
        )
        yield f"  {code:<14}" + "".join(f"{cell:^{CELL}}" for cell in cells)
    cells = (SHAPES[column.grade] for column in columns)
    yield f"  {'the case':<14}" + "".join(f"{cell:^{CELL}}" for cell in cells)
    yield ""
    yield f"  {FALLS} falls to weak or below under the hypothesis"


def _struck(columns: Sequence[Stressed]) -> Iterator[str]:
    yield ""
    yield "Each origin struck in turn"
    for column in columns:
        falls = f"falls: {', '.join(column.falls)}" if column.falls else "nothing more falls"
        yield from wrapped(f"{column.title}: {falls}", "  ", "  ")


def _brief(docket: str, attacks: Sequence[Attack]) -> Iterator[str]:
    """Attacks of one kind that follow each other, and meet the same answer, under one opening."""
    yield f"Challenger's brief against {docket}, strongest first"
    alike = groupby(attacks, key=lambda each: (each.severity, each.doctrine, each.answer))
    for number, ((severity, doctrine, answer), group) in enumerate(alike, 1):
        yield ""
        yield f"  {number}. {severity.upper()}  {doctrine}"
        opening = OPENINGS.get(doctrine, "")
        if opening:
            yield from wrapped(opening, "     ", "     ")
        for attack in group:
            particulars = attack.attack.removeprefix(opening).lstrip()
            yield from wrapped(particulars, "     · " if opening else "     ", "       ")
        yield from wrapped(f"answer: {answer}", "     → ", "       ")


def _gap(gap: Gap) -> Iterator[str]:
    yield f"Gap of {gap.docket}: from {gap.grade} to {gap.target}"
    if not gap.cures:
        yield "  It is there already." if gap.reached else "  No cure known lifts it."
        return
    if not gap.reached:
        yield f"  Not to be reached by these cures; with all of them it would be {gap.would_be}."
    for cure in gap.cures:
        yield from wrapped(f"{cure.doctrine}: {cure.work}", "  □ ", "    ")
