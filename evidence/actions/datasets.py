"""Files of rows declared as datasets, results kept, and claims held against them."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder

from access.actor import Actor
from access.models import User
from evidence.actions.custody import count_up
from evidence.actions.recorded import recorded
from evidence.figures import (
    TABLES,
    Computed,
    Head,
    Source,
    SourceError,
    figure_named,
    head_of,
    matched,
    see_columns,
)
from evidence.figures.claims import Measure, Verdict, held_against, measure_of
from evidence.figures.source import ENDINGS
from evidence.models import Claim, ClaimCheck, Dataset, EvidenceItem, Exhibit, Figure, Intake
from evidence.models.dataset import DatasetState
from evidence.storage import BytesMissingError, StoreAwayError, exhibit_store
from evidence.words import ClaimState, Comparator

_EARLIER = 20
MOST_ROWS = 5_000
"""Rows of a result that are kept; the digest is of all, and all can be computed again."""


def declare_dataset(
    exhibit: Exhibit,
    table: str,
    *,
    actor: Actor | str,
    reason: str,
    format: str = "",
    columns: Mapping[str, str] | None = None,
) -> Dataset:
    """Say that a file's rows are one of the documented tables; the rows stay in the file.

    ``columns`` names the file's column for each of ours that it calls otherwise. The head of the
    file is read here, every row by the job that computes figures.

    Raises ValidationError naming the field: a file in quarantine or not yet inspected, a format
    that cannot be told, a file that cannot be read as such, a required column that is missing.
    """
    if table not in TABLES:
        raise ValidationError({"table": f"One of: {', '.join(TABLES)}."})
    if withheld := why_not_read(exhibit):
        raise ValidationError({"exhibit": withheld})
    row = Dataset(
        item=exhibit.item,
        exhibit=exhibit,
        table=table,
        format=format or _format_of(exhibit.filename),
        columns=dict(columns or {}),
    )
    row.full_clean()
    with _said_at_its_field(), source_of(row) as source:
        see_columns(source)
    with recorded(actor, reason):
        row.save()
        count_up(exhibit.item)
    return row


def head_and_match(
    exhibit: Exhibit, table: str, format: str, user: User
) -> tuple[Head, dict[str, str]]:
    """How a file begins, and which of its columns are which of the table's as far as names tell.

    What was used before for the same source's files goes before any guess, then what the team
    used (`matched`). Raises ValidationError as `declare_dataset` does.
    """
    if withheld := why_not_read(exhibit):
        raise ValidationError({"exhibit": withheld})
    row = Dataset(
        item=exhibit.item,
        exhibit=exhibit,
        table=table,
        format=format or _format_of(exhibit.filename),
    )
    with _said_at_its_field(), source_of(row) as source:
        head = head_of(source)
    seen = EvidenceItem.objects.visible_to(user).filter(owner_team=exhibit.item.owner_team)
    used = Dataset.objects.filter(table=table, item__in=seen).exclude(columns={})
    theirs = (
        used.filter(item__source=exhibit.item.source) if exhibit.item.source_id else used.none()
    )
    earlier = [
        *theirs.order_by("-pk").values_list("columns", flat=True)[:_EARLIER],
        *used.order_by("-pk").values_list("columns", flat=True)[:_EARLIER],
    ]
    return head, matched(TABLES[table], head.columns, earlier)


def remove_dataset(dataset: Dataset, *, actor: Actor | str, reason: str) -> None:
    """Read the file as a table no longer. File and figures stay; claims lose what bore them out."""
    with recorded(actor, reason):
        item = dataset.item
        dataset.delete()
        count_up(item)
        check_claims(item, actor=actor, reason=reason)


def why_not_read(exhibit: Exhibit) -> str:
    """Why nothing may be computed from the file now; empty where nothing stands against it."""
    intake = Intake.objects.filter(exhibit=exhibit).first()
    if intake is not None and intake.withheld:
        return f"The file is in quarantine: {intake.said} Counsel or a manager may release it."
    if intake is not None and intake.unseen:
        return "The file is still being inspected: try again in a moment."
    return ""


@contextmanager
def source_of(dataset: Dataset) -> Iterator[Source]:
    """The dataset's file as the figures read it, for as long as the block lasts.

    Raises BytesMissingError.
    """
    with exhibit_store().local(dataset.exhibit.blob_id) as path:
        yield source_at(path, dataset)


def source_at(path: Path, dataset: Dataset) -> Source:
    """The dataset's rows in the file at ``path``."""
    return Source(TABLES[dataset.table], path, dataset.format, dataset.columns)


def inputs_of(datasets: Mapping[str, Dataset], tables: tuple[str, ...]) -> dict[str, Any]:
    """What a figure over ``tables`` rests on: for each the file's SHA-256 and how it is read."""
    return {
        table: {
            "sha256": datasets[table].exhibit.blob_id,
            "format": datasets[table].format,
            "columns": datasets[table].columns,
        }
        for table in tables
    }


def keep_figure(
    item: EvidenceItem, computed: Computed, inputs: dict[str, Any], *, actor: Actor | str
) -> tuple[Figure, str]:
    """Keep a result; and whether it is ``new``, the ``same`` as one kept, or ``differs`` from it.

    The same inputs can give another result only through another version of an engine, or through
    a defect: both results are then kept.
    """
    rows = json.loads(json.dumps(computed.rows, cls=DjangoJSONEncoder))
    parameters = json.loads(json.dumps(dict(computed.parameters)))
    asked = {"figure": computed.figure, "parameters": parameters, "inputs": inputs}
    inputs_digest, result_digest = _digest(asked), _digest(rows)
    kept = Figure.objects.filter(item=item, inputs_digest=inputs_digest)
    same = kept.filter(result_digest=result_digest).first()
    if same is not None:
        return same, "same"
    how = "differs" if kept.exists() else "new"
    figure = Figure(
        item=item,
        name=computed.figure,
        parameters=parameters,
        inputs=inputs,
        inputs_digest=inputs_digest,
        sql=computed.sql,
        engine=computed.engine,
        columns=list(computed.columns),
        rows=rows[:MOST_ROWS],
        row_count=len(rows),
        result_digest=result_digest,
    )
    with recorded(actor, "computed from the item's datasets"):
        figure.save()
    return figure, how


def current_figures(item: EvidenceItem) -> list[Figure]:
    """Results computed from the datasets as they now are, the newest of each figure; no rows of
    long ones.
    """
    datasets = {each.table: each for each in item.datasets.select_related("exhibit")}
    found: dict[str, Figure] = {}
    for figure in item.figures.filter(row_count=1).order_by("pk"):
        if figure.inputs.keys() <= datasets.keys() and figure.inputs == inputs_of(
            datasets, tuple(figure.inputs)
        ):
            found[figure.name] = figure
    return list(found.values())


def check_claims(item: EvidenceItem, *, actor: Actor | str, reason: str) -> int:
    """Hold each claim of the item against the figures of its datasets; how many changed state.

    A claim that no figure measures keeps what was stated of it. One that was checked before and
    whose data are gone becomes unverifiable.
    """
    figures = {figure.name: figure for figure in current_figures(item)}
    tables = frozenset(item.datasets.values_list("table", flat=True))
    before = {_said(check): check for check in item.claim_checks.order_by("pk")}
    changed = 0
    with recorded(actor, reason):
        for claim in item.claims.order_by("position"):
            measure = measure_of(claim.metric)
            last = before.get(_said(claim))
            if measure is None or (last is None and not _reached(measure, tables)):
                continue
            changed += _check(claim, measure, figures.get(measure.figure), last, tables)
        if changed:
            count_up(item)
    return changed


def _check(
    claim: Claim,
    measure: Measure,
    figure: Figure | None,
    last: ClaimCheck | None,
    tables: frozenset[str],
) -> bool:
    found = None
    if figure is not None:
        found = figure.rows[0][figure.columns.index(measure.column)]
        verdict = held_against(Comparator(claim.comparator), claim.value, found)
    elif _reached(measure, tables):
        verdict = Verdict(ClaimState.UNVERIFIABLE, f"{measure} could not be computed.")
    else:
        verdict = Verdict(
            ClaimState.UNVERIFIABLE, f"The data that gave {measure} are no longer a dataset."
        )
    check = ClaimCheck(
        item=claim.item, figure=figure, metric=claim.metric, comparator=claim.comparator,
        value=claim.value, measure=str(measure), found=found, state=verdict.state.value,
        why=verdict.why,
    )  # fmt: skip
    if last is None or (last.figure_id, last.state, last.why) != (
        check.figure_id,
        check.state,
        check.why,
    ):
        check.full_clean(exclude=["figure", "value", "found"])
        check.save()
    if claim.check_state == check.state:
        return False
    claim.check_state = check.state
    claim.save(update_fields=["check_state"])
    return True


def _reached(measure: Measure, tables: frozenset[str]) -> bool:
    return tables.issuperset(figure_named(measure.figure).tables)


def _said(row: Claim | ClaimCheck) -> tuple[str, str, str]:
    """What is claimed: the same words and the same digits."""
    return (row.metric, row.comparator, str(row.value))


@contextmanager
def _said_at_its_field() -> Iterator[None]:
    try:
        yield
    except SourceError as error:
        field = "columns" if "column" in str(error) or "missing" in str(error) else "exhibit"
        raise ValidationError({field: f"{_sentence(str(error))}"}) from error
    except StoreAwayError:
        raise ValidationError(
            {"exhibit": "The store of exhibits does not answer now: try again in a while."}
        ) from None
    except BytesMissingError:
        raise ValidationError(
            {"exhibit": "The bytes of this file are not held here: attach the file first."}
        ) from None


def _format_of(filename: str) -> str:
    found = ENDINGS.get(PurePosixPath(filename).suffix.lower())
    if found is None:
        raise ValidationError(
            {
                "format": f"{filename or 'The file'} does not end in {', '.join(ENDINGS)}: say "
                "which format it has."
            }
        )
    return found


def _digest(value: Any) -> str:
    return hashlib.sha256(
        json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    ).hexdigest()


def _sentence(said: str) -> str:
    return f"{said[0].upper()}{said[1:]}."


def refuse_dataset(dataset: Dataset, problems: list[str], *, actor: Actor | str) -> None:
    """Note that rows cannot be read; figures leave the dataset alone until it is declared anew."""
    _note(dataset, DatasetState.REFUSED, problems, actor)


def find_sound(dataset: Dataset, *, actor: Actor | str) -> None:
    """Note that every row can be read."""
    _note(dataset, DatasetState.SOUND, [], actor)


def _note(dataset: Dataset, state: DatasetState, problems: list[str], actor: Actor | str) -> None:
    with recorded(actor, "every row was read"):
        dataset.state, dataset.problems = state, problems
        dataset.save(update_fields=["state", "problems"])
