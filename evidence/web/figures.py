"""Datasets, figures and checked claims of an item, arranged for reading."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Func, JSONField, QuerySet

from access.drawing import Chart
from access.models import User
from evidence.actions.datasets import inputs_of
from evidence.figures import CATALOG, TABLES
from evidence.figures.tables import Table
from evidence.models import Claim, ClaimCheck, Dataset, EvidenceItem, Figure, Job, JobKind
from evidence.web.charts import MOST_DRAWN, chart_of

SHOWN = 12
"""Rows of a result on the page; the CSV has all that are kept."""
# A spreadsheet takes a cell that begins like this for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ORDER: Mapping[str, int] = {figure.name: number for number, figure in enumerate(CATALOG)}
_QUESTION: Mapping[str, str] = {figure.name: figure.question for figure in CATALOG}


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim with the last check of what it now says, if there was one."""

    claim: Claim
    check: ClaimCheck | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a result as it is read: counts grouped, and told apart to be set right."""

    text: str
    number: bool


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A result with its first rows; ``current`` unless the datasets have changed since."""

    figure: Figure
    question: str
    rows: list[list["Cell"]]
    current: bool
    differs: bool  # from an earlier result of the same files
    chart: Chart | None

    @property
    def heads(self) -> list["Cell"]:
        """The names of its columns; those above numbers are set right like them."""
        return [
            Cell(name, bool(self.rows) and self.rows[0][place].number)
            for place, name in enumerate(self.figure.columns)
        ]

    @property
    def more(self) -> int:
        """Rows that are not shown."""
        return int(self.figure.row_count) - len(self.rows)


@dataclass(frozen=True, slots=True)
class Computation:
    """How far the newest computation is."""

    job: Any  # annotated with done and failed
    failures: list[tuple[str, str]]

    @property
    def through(self) -> int:
        """Steps that ended, well or not."""
        return int(self.job.done + self.job.failed)


@dataclass(frozen=True, slots=True)
class FiguresReading:
    """Everything the page shows of an item's data."""

    datasets: list[Dataset]
    figures: list[ShownFigure]
    computation: Computation | None


def checked_claims(item: EvidenceItem) -> list[CheckedClaim]:
    """The item's claims in order, each with the last check of exactly these words and digits."""
    last = {_said(check): check for check in item.claim_checks.order_by("pk")}
    return [
        CheckedClaim(claim, last.get(_said(claim))) for claim in item.claims.order_by("position")
    ]


def read_figures(item: EvidenceItem, user: User) -> FiguresReading:
    """Datasets, the newest result of each figure, and the newest computation."""
    datasets = list(item.datasets.select_related("exhibit"))
    return FiguresReading(datasets, _figures(item, datasets), computation_of(item, user))


def computation_of(item: EvidenceItem, user: User) -> Computation | None:
    """The newest computation of the item's figures; None before the first."""
    jobs = Job.objects.visible_to(user).with_progress().filter(kind=JobKind.FIGURES)
    job = jobs.filter(subject=item.key).prefetch_related("parts").first()
    if job is None:
        return None
    failures = [pair for part in job.parts.all() for pair in sorted(part.failures.items())]
    return Computation(job, failures)


def csv_of(figure: Figure) -> Iterator[str]:
    """The rows of a result as CSV, the names of the columns first; no cell is a formula."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\r\n")
    for row in [figure.columns, *figure.rows]:
        writer.writerow([_plain(value) for value in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def documented() -> tuple[Table, ...]:
    """The tables a file may hold, with what each column means."""
    return tuple(TABLES.values())


def _figures(item: EvidenceItem, datasets: list[Dataset]) -> list[ShownFigure]:
    by_table = {dataset.table: dataset for dataset in datasets}
    newest: dict[str, Any] = {}
    differing = set()
    for figure in _with_first_rows(item.figures.order_by("pk")):
        before = newest.get(figure.name)
        if before is not None and before.inputs_digest == figure.inputs_digest:
            differing.add(figure.pk)
        newest[figure.name] = figure
    return [
        ShownFigure(
            figure=each,
            question=_QUESTION.get(each.name, ""),
            rows=[[_cell(value) for value in row] for row in each.first_rows[:SHOWN]],
            current=each.inputs.keys() <= by_table.keys()
            and each.inputs == inputs_of(by_table, tuple(each.inputs)),
            differs=each.pk in differing,
            chart=chart_of(each, _QUESTION.get(each.name, each.name)),
        )
        for each in sorted(newest.values(), key=lambda row: _ORDER.get(row.name, len(_ORDER)))
    ]


def _with_first_rows(figures: QuerySet[Figure]) -> QuerySet[Any]:
    """Without the long column of all rows."""
    first = Func(
        F("rows"),
        template=f"jsonb_path_query_array(%(expressions)s, '$[0 to {MOST_DRAWN - 1}]')",
        output_field=JSONField(),
    )
    return figures.defer("rows", "sql").annotate(first_rows=first)


def _said(row: Claim | ClaimCheck) -> tuple[str, str, str]:
    return (row.metric, row.comparator, str(row.value))


def _cell(value: Any) -> Cell:
    if isinstance(value, int) and not isinstance(value, bool):
        return Cell(f"{value:,}", True)
    return Cell("" if value is None else str(value), False)


def _plain(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) and isinstance(value, str) else text
