"""The stress matrix of a case, arranged for reading: elements down, hypotheses across."""

from collections.abc import Sequence
from dataclasses import dataclass

from casemgr.apa.stress import Stressed, StressMatrix
from casemgr.web.matrix import drawn, shape
from casemgr.words import Grade
from designations.library.model import Element

STRIKES_AN_ORIGIN = "origin:"


@dataclass(frozen=True, slots=True)
class Column:
    """One hypothesis under a letter, which heads its column and stands in the legend."""

    letter: str
    title: str
    falls: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A grade under a hypothesis, and whether the element falls under it."""

    grade: Grade
    falls: bool

    @property
    def shape(self) -> str:
        """The grade as a shape."""
        return shape(self.grade)


@dataclass(frozen=True, slots=True)
class StressRow:
    """One element, or the case as a whole where ``code`` is empty."""

    code: str
    title: str
    join: str
    branch: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Struck:
    """One origin disregarded: what falls with it, and where the case then stands."""

    title: str
    grade: Grade
    falls: tuple[str, ...]

    @property
    def shape(self) -> str:
        """The grade as a shape."""
        return shape(self.grade)


@dataclass(frozen=True, slots=True)
class StressTable:
    """Everything the page shows of the matrix."""

    columns: tuple[Column, ...]
    rows: tuple[StressRow, ...]
    struck: tuple[Struck, ...]


def stress_table(matrix: StressMatrix, elements: Sequence[Element]) -> StressTable:
    """Arrange the matrix; the origins struck in turn are a list, for there may be many."""
    named = [each for each in matrix.columns if not each.code.startswith(STRIKES_AN_ORIGIN)]
    struck = [each for each in matrix.columns if each.code.startswith(STRIKES_AN_ORIGIN)]
    law = {element.code: element for element in elements}
    grades = [dict(column.grades) for column in named]
    rows = [
        StressRow(
            code=code,
            title=law[code].title or law[code].text,
            join=law[code].join or "",
            branch=branch,
            cells=tuple(
                Cell(of[code], code in column.falls)
                for of, column in zip(grades, named, strict=True)
                if code in of
            ),
        )
        for code, branch in drawn({element.code: element.parent for element in elements})
    ]
    return StressTable(
        columns=tuple(
            Column(chr(ord("A") + place), column.title, len(column.falls))
            for place, column in enumerate(named)
        ),
        rows=(*rows, StressRow("", "the case", "", "", _of_case(named))),
        struck=tuple(
            Struck(column.title.removesuffix(" struck"), column.grade, column.falls)
            for column in sorted(struck, key=lambda each: (-len(each.falls), each.title))
        ),
    )


def _of_case(columns: Sequence[Stressed]) -> tuple[Cell, ...]:
    whole = columns[0].grade
    return tuple(
        Cell(each.grade, whole.rank > Grade.WEAK.rank >= each.grade.rank) for each in columns
    )
