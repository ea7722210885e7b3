"""Datasets, figures and checked claims of an item, arranged for reading."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Func, JSONField, Q, QuerySet

from access.drawing import Chart
from access.models import User
from evidence.actions.inputs import as_usual, inputs_of
from evidence.figures import CATALOG, TABLES
from evidence.models import (
    Claim,
    ClaimCheck,
    Dataset,
    DatasetState,
    EvidenceItem,
    Figure,
    Job,
    JobKind,
)
from evidence.rows.tables import Table
from evidence.web.charts import MOST_DRAWN, chart_of

MOST_OTHERS = 200
"""Items that are offered to compare accounts with."""
_ACCOUNTS = "accounts"
SHOWN = 12
"""Rows of a result on the page; the CSV has all that are kept."""
# A spreadsheet takes a cell that begins like this for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ORDER: Mapping[str, int] = {figure.name: number for number, figure in enumerate(CATALOG)}
_PARAMETERS = {figure.name: figure.parameters for figure in CATALOG}
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
class Asked:
    """A parameter with the value a result was computed with."""

    name: str
    meaning: str
    value: str


@dataclass(frozen=True, slots=True)
class Difference:
    """How a result differs from an earlier one of the same files: rows of one and not the other."""

    earlier: Figure
    gone: list[list[Cell]]
    come: list[list[Cell]]


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A result with its first rows; ``current`` unless the datasets have changed since."""

    figure: Figure
    question: str
    rows: list[list["Cell"]]
    current: bool
    differs: Difference | None
    chart: Chart | None

    @property
    def heads(self) -> list["Cell"]:
        """The names of its columns; those above numbers are set right like them."""
        return [
            Cell(name, bool(self.rows) and self.rows[0][place].number)
            for place, name in enumerate(self.figure.columns)
        ]

    @property
    def usual(self) -> bool:
        """Whether it was computed with the figure's own defaults."""
        return as_usual(self.figure.name, self.figure.parameters)

    @property
    def parameters(self) -> list["Asked"]:
        """What it may be asked with, as it is written in a form."""
        return [
            Asked(
                name,
                parameter.meaning,
                ", ".join(value) if isinstance(value, list) else str(value),
            )
            for name, parameter in _PARAMETERS.get(self.figure.name, {}).items()
            if (value := self.figure.parameters.get(name)) is not None
        ]

    @property
    def digests(self) -> list[tuple[str, str]]:
        """Each table with the SHA-256 of each of its files."""
        return [
            (table, each["sha256"])
            for table, read in self.figure.inputs.items()
            for each in (read if isinstance(read, list) else [read])
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
    compared: Mapping[str, int]  # results that are new, the same as kept, or differ from it

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
    others: list[EvidenceItem]
    """Items whose accounts may be compared with this one's."""


def checked_claims(item: EvidenceItem) -> list[CheckedClaim]:
    """The item's claims in order, each with the last check of exactly these words and digits."""
    last = {check.said: check for check in item.claim_checks.order_by("pk")}
    return [CheckedClaim(claim, last.get(claim.said)) for claim in item.claims.order_by("position")]


def read_figures(item: EvidenceItem, user: User) -> FiguresReading:
    """Datasets, the newest result of each figure, and the newest computation."""
    datasets = list(item.datasets.select_related("exhibit"))
    figures = _figures(item, datasets, user)
    return FiguresReading(
        datasets, figures, computation_of(item, user), _others(item, datasets, user)
    )


def computation_of(item: EvidenceItem, user: User) -> Computation | None:
    """The newest computation of the item's figures; None before the first."""
    jobs = Job.objects.visible_to(user).with_progress().filter(kind=JobKind.FIGURES)
    job = jobs.filter(subject=item.key).prefetch_related("parts").first()
    if job is None:
        return None
    failures = [pair for part in job.parts.all() for pair in sorted(part.failures.items())]
    compared = sum((Counter(part.tally) for part in job.parts.all()), Counter())
    return Computation(job, failures, compared)


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


def _figures(item: EvidenceItem, datasets: list[Dataset], user: User) -> list[ShownFigure]:
    newest: dict[tuple[str, ...], Any] = {}
    before: dict[int, Any] = {}
    kept = Figure.objects.visible_to(user).filter(item=item)
    for figure in _with_first_rows(kept.order_by("pk")):
        what = (figure.name, json.dumps(figure.parameters, sort_keys=True), *figure.others)
        last = newest.get(what)
        if last is not None and last.inputs_digest == figure.inputs_digest:
            before[figure.pk] = last
        newest[what] = figure
    held = {"": datasets} | _datasets_of({key for _, _, *others in newest for key in others})
    return [
        ShownFigure(
            figure=each,
            question=_QUESTION.get(each.name, ""),
            rows=_cells(each.first_rows[:SHOWN]),
            current=_is_current(each, [row for key in ("", *each.others) for row in held[key]]),
            differs=_difference(before[each.pk], each) if each.pk in before else None,
            chart=chart_of(each, _QUESTION.get(each.name, each.name)),
        )
        for each in sorted(newest.values(), key=lambda row: _ORDER.get(row.name, len(_ORDER)))
    ]


def _datasets_of(keys: set[str]) -> dict[str, list[Dataset]]:
    held: dict[str, list[Dataset]] = {key: [] for key in keys}
    if keys:
        for row in Dataset.objects.filter(item__key__in=keys).select_related("exhibit", "item"):
            held[row.item.key].append(row)
    return held


def _is_current(figure: Figure, datasets: list[Dataset]) -> bool:
    tables = {dataset.table for dataset in datasets}
    return tables.issuperset(figure.inputs) and bool(
        figure.inputs == inputs_of(datasets, figure.inputs)
    )


def _difference(earlier: Any, later: Any) -> Difference:
    """Among the rows that are read for the page."""
    gone = [row for row in earlier.first_rows if row not in later.first_rows]
    come = [row for row in later.first_rows if row not in earlier.first_rows]
    return Difference(earlier, _cells(gone[:SHOWN]), _cells(come[:SHOWN]))


def _cells(rows: list[list[Any]]) -> list[list[Cell]]:
    return [[_cell(value) for value in row] for row in rows]


def _others(item: EvidenceItem, datasets: list[Dataset], user: User) -> list[EvidenceItem]:
    """None unless the item's own accounts were read."""
    own = [row.state for row in datasets if row.table == _ACCOUNTS]
    if not own or any(state != DatasetState.SOUND for state in own):
        return []
    team = Q(owner_team=item.owner_team_id) | Q(shares__team=item.owner_team_id)
    read = Dataset.objects.filter(table=_ACCOUNTS, state=DatasetState.SOUND).exclude(item=item)
    seen = EvidenceItem.objects.visible_to(user).filter(team, pk__in=read.values("item"))
    return list(seen.distinct().order_by("key")[:MOST_OTHERS])


def _with_first_rows(figures: QuerySet[Figure]) -> QuerySet[Any]:
    """Without the long column of all rows."""
    first = Func(
        F("rows"),
        template=f"jsonb_path_query_array(%(expressions)s, '$[0 to {MOST_DRAWN - 1}]')",
        output_field=JSONField(),
    )
    return figures.defer("rows", "sql").annotate(first_rows=first)


def _cell(value: Any) -> Cell:
    if isinstance(value, int) and not isinstance(value, bool):
        return Cell(f"{value:,}", True)
    return Cell("" if value is None else str(value), False)


def _plain(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) and isinstance(value, str) else text
