"""Files of rows declared as datasets, results kept, and claims held against them."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder

from access.actor import Actor
from access.models import User
from evidence.actions.claims import check_claims_resting_on
from evidence.actions.custody import count_up
from evidence.actions.recorded import recorded
from evidence.figures import (
    TABLES,
    Computed,
    Head,
    Source,
    SourceError,
    matched,
)
from evidence.intake.guard import StepFailedError, guarded
from evidence.models import Dataset, EvidenceItem, Exhibit, Figure, Intake
from evidence.models.dataset import DatasetState
from evidence.rows.looking import asked
from evidence.rows.source import ENDINGS
from evidence.storage import BytesMissingError, StoreAwayError, exhibit_store

_EARLIER = 20
_SECONDS = 20.0
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
    stated: Mapping[str, str] | None = None,
) -> Dataset:
    """Say that a file's rows are one of the documented tables; the rows stay in the file.

    ``columns`` names the file's column for each of ours that it calls otherwise, ``stated`` what
    holds of every row, for columns of words that the file does not have. The head of the file is
    read here, in a process of its own; every row by the job that computes figures.

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
        stated={name: value for name, value in (stated or {}).items() if value},
    )
    row.full_clean()
    if row.item.datasets.filter(table=table, exhibit__blob=exhibit.blob_id).exists():
        raise ValidationError(
            {"exhibit": "A file of the same bytes is read as that table: its rows count once."}
        )
    for name in row.stated:
        column = TABLES[table].columns.get(name)
        if column is None or column.type != "string" or column.required:
            words = [n for n, c in TABLES[table].columns.items() if c.type == "string"]
            raise ValidationError({"stated": f"{name}: one of {', '.join(words)}."})
    with _said_at_its_field():
        held = set(_looked("columns", row).columns)
    for name in row.stated:
        if row.columns.get(name, name) in held:
            raise ValidationError(
                {"stated": f"{name}: the file has a column {row.columns.get(name, name)}, which "
                "says it of each row: leave this out."}
            )  # fmt: skip
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
    with _said_at_its_field():
        head = _looked("head", row)
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
        check_claims_resting_on(item, actor=actor, reason=reason)


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
    return Source(TABLES[dataset.table], path, dataset.format, dataset.columns, dataset.stated)


def keep_figure(
    item: EvidenceItem,
    computed: Computed,
    inputs: dict[str, Any],
    *,
    actor: Actor | str,
    others: Sequence[str] = (),
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
        others=list(others),
    )
    with recorded(actor, "computed from the item's datasets"):
        figure.save()
    return figure, how


def _looked(step: str, row: Dataset) -> Head:
    """The head of the file, read where it can do no harm. Raises SourceError."""
    with source_of(row) as source, source.path.open("rb") as file:
        try:
            found = guarded(step, file, asked(source), seconds=_SECONDS)
        except StepFailedError as error:
            raise SourceError(f"the file could not be looked into: {error}".rstrip(".")) from error
    if "refused" in found:
        raise SourceError(found["refused"])
    return Head(tuple(found["columns"]), tuple(tuple(row) for row in found["rows"]))


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
