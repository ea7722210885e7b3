"""The figures of an item, computed by workers: read every row, compute, check the claims.

One job an item, one part a job: its steps follow each other, each ends in the transaction that
keeps what it found, and whoever takes the part after a killed worker goes on with the next.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, transaction

from access.models import User
from evidence.actions.claims import check_claims_resting_on
from evidence.actions.custody import record_custody
from evidence.actions.datasets import (
    find_sound,
    keep_figure,
    refuse_dataset,
    source_at,
    why_not_read,
)
from evidence.actions.inputs import asked_otherwise, inputs_of
from evidence.figures import (
    CATALOG,
    FigureError,
    Opened,
    Source,
    SourceError,
    as_rows,
    compute_in,
    engine_named,
    figure_named,
    problems_in,
)
from evidence.figures.compute import checked
from evidence.figures.conduct import OVERLAPS
from evidence.figures.figure import Figure as FigureOfCatalog
from evidence.jobs.keeping import settle, start_job
from evidence.jobs.parts import LostClaimError, Taken, give_back, holding, note, put_off, take_part
from evidence.models import CustodyKind, Dataset, DatasetState, EvidenceItem, Job, JobKind
from evidence.storage import BytesDifferError, BytesMissingError, StoreAwayError, exhibit_store

BY = "system:figures"
log = structlog.get_logger(__name__)
_READ, _WITH, _OVERLAP, _CLAIMS = "read:", "with:", "overlap:", "claims"
_ACCOUNTS = "accounts"
_OURS = (LostClaimError, OperationalError, InterfaceError, StoreAwayError)


def start_figures(item: EvidenceItem, *, actor: User, reason: str) -> Job:
    """Have every figure of the item's datasets computed, and its claims checked.

    Raises ValidationError for an item without a dataset, NotNowError while that is under way.
    """
    tables = sorted(set(item.datasets.values_list("table", flat=True)))
    if not tables:
        raise ValidationError({"item": f"{item.key} has no dataset: declare one of its files."})
    figures = [figure.name for figure in CATALOG if set(figure.tables) <= set(tables)]
    asked = [
        f"{_WITH}{name}:{json.dumps(parameters, sort_keys=True)}"
        for name, parameters in asked_otherwise(item)
        if name in figures
    ]
    steps = [*(f"{_READ}{table}" for table in tables), *figures, *asked, _CLAIMS]
    return start_job(
        JobKind.FIGURES,
        steps,
        team=item.owner_team,
        subject=item.key,
        markings=item.markings,
        part_size=len(steps),
        actor=actor,
        reason=reason,
    )


def start_figure(
    item: EvidenceItem, name: str, parameters: Mapping[str, Any], *, actor: User, reason: str
) -> Job:
    """Have one figure computed with parameters of one's own; claims are not held against it.

    It is computed again with the others from then on. Raises ValidationError for parameters it
    does not take and for a table the item does not have, NotNowError as `start_figures` does.
    """
    figure = figure_named(name)
    try:
        chosen = checked(figure, parameters)
    except FigureError as error:
        raise ValidationError({"parameters": f"{error}."}) from error
    held = set(item.datasets.values_list("table", flat=True))
    if missing := [table for table in figure.tables if table not in held]:
        raise ValidationError({"figure": f"{item.key} has no dataset {', '.join(missing)}."})
    said = json.dumps(chosen, sort_keys=True)
    steps = [*(f"{_READ}{table}" for table in figure.tables), f"{_WITH}{name}:{said}"]
    return start_job(
        JobKind.FIGURES,
        steps,
        team=item.owner_team,
        subject=item.key,
        markings=item.markings,
        part_size=len(steps),
        actor=actor,
        reason=reason,
    )


def start_overlap(item: EvidenceItem, other: EvidenceItem, *, actor: User, reason: str) -> Job:
    """Have it computed which means the accounts of two items share, by provider and designee.

    ``actor`` must see both. The result is kept with ``item`` and shown to whoever sees both.
    Raises ValidationError where one has no sound dataset of accounts, or where the team of
    ``item`` does not hold the other one; NotNowError while figures of the item are computed.
    """
    for each in (item, other):
        rows = each.datasets.filter(table=_ACCOUNTS)
        if not rows or any(dataset.state != DatasetState.SOUND for dataset in rows):
            raise ValidationError(
                {"other": f"{each.key} has no accounts whose every row was read: declare its file "
                "as accounts and have its figures computed first."}
            )  # fmt: skip
    if other.pk == item.pk:
        raise ValidationError({"other": "Name another item: this one's own overlap is computed."})
    team = item.owner_team_id
    if other.owner_team_id != team and not other.shares.filter(team=team).exists():
        raise ValidationError(
            {"other": f"{other.key} is not shared with the team of {item.key}: have it shared."}
        )
    figures = [figure.name for figure in CATALOG if figure.name in OVERLAPS]
    return start_job(
        JobKind.FIGURES,
        [f"{_OVERLAP}{other.key}:{name}" for name in figures],
        team=item.owner_team,
        subject=item.key,
        markings={*item.markings, *other.markings},
        part_size=len(figures),
        actor=actor,
        reason=reason,
    )


def compute_part(job: Job) -> bool:
    """Take the job's part, if it is free, and do what is left of it; whether there was one.

    Safe to call any number of times, by any number of workers.
    """
    taken = take_part(job)
    if taken is None:
        settle(job)
        return False
    item = EvidenceItem.objects.select_related("owner_team").get(key=job.subject)
    left = list(taken.left)
    try:
        if taken.suspect is not None:
            _fail(taken, left.pop(0), "Every worker that began it was killed: too much memory?")
        with holding(taken), _Files() as files:
            for step in left:
                _do(taken, item, step, files)
    except LostClaimError:
        return True  # another worker has the part now and goes on with it
    except StoreAwayError as error:
        log.error("exhibit_store_away", reason=str(error), job=job.key)
        put_off(taken)
        return True
    give_back(taken)
    settle(job)
    return True


def _do(taken: Taken, item: EvidenceItem, step: str, files: "_Files") -> None:
    try:
        if step == _CLAIMS:
            with _ended(taken, step):
                check_claims_resting_on(item, actor=BY, reason="the item's figures were computed")
        elif step.startswith(_READ):
            _read(taken, item, step, files)
        elif step.startswith(_OVERLAP):
            _compare(taken, item, step, files)
        elif step.startswith(_WITH):
            name, _, said = step.removeprefix(_WITH).partition(":")
            _compute(taken, item, step, figure_named(name), json.loads(said), files)
        else:
            _compute(taken, item, step, figure_named(step), {}, files)
    except _OURS:
        raise
    except (FigureError, SourceError, BytesMissingError) as error:
        _fail(taken, step, str(error))
    except Exception as error:
        _fail(taken, step, f"{type(error).__name__}: {error}"[:500])


def _read(taken: Taken, item: EvidenceItem, step: str, files: "_Files") -> None:
    """See that the bytes are those received and that every row can be read."""
    datasets = _datasets(item, [step.removeprefix(_READ)])
    if not datasets:
        raise SourceError("the dataset was removed while its figures were computed")
    found = {dataset: _problems(item, dataset, files) for dataset in datasets}
    with transaction.atomic():
        for dataset, problems in found.items():
            if problems:
                refuse_dataset(dataset, problems, actor=BY)
            else:
                find_sound(dataset, actor=BY)
        first = next((problems[0] for problems in found.values() if problems), None)
        if first is None:
            note(taken, done=[step])
        else:
            note(taken, failures={step: first})


def _problems(item: EvidenceItem, dataset: Dataset, files: "_Files") -> list[str]:
    try:
        if withheld := why_not_read(dataset.exhibit):
            raise SourceError(withheld)
        return [str(problem) for problem in problems_in(files.source(dataset))]
    except StoreAwayError:
        raise
    except (BytesDifferError, BytesMissingError, SourceError) as error:
        if isinstance(error, BytesDifferError):
            record_custody(
                item, CustodyKind.MISMATCH, actor=BY, reason="read for its figures",
                exhibit=dataset.exhibit, sha256=dataset.exhibit.blob_id,
            )  # fmt: skip
        return [str(error)]


def _compute(
    taken: Taken,
    item: EvidenceItem,
    step: str,
    figure: FigureOfCatalog,
    parameters: Mapping[str, Any],
    files: "_Files",
) -> None:
    datasets = _sound(_datasets(item, figure.tables), figure)
    computed = compute_in(files.opened(_datasets(item)), figure, parameters)
    with transaction.atomic():
        _, how = keep_figure(item, computed, inputs_of(datasets, figure.tables), actor=BY)
        note(taken, done=[step], tally={how: 1})


def _compare(taken: Taken, item: EvidenceItem, step: str, files: "_Files") -> None:
    """One figure over the accounts of the item and of another one, whose bytes are read again."""
    key, _, name = step.removeprefix(_OVERLAP).rpartition(":")
    figure = figure_named(name)
    datasets: list[Dataset] = []
    for each in (item, EvidenceItem.objects.get(key=key)):
        datasets += _sound(_datasets(each, figure.tables), figure)
    for dataset in datasets:
        if withheld := why_not_read(dataset.exhibit):
            raise SourceError(withheld)
    computed = compute_in(files.opened(datasets), figure)
    with transaction.atomic():
        _, how = keep_figure(
            item, computed, inputs_of(datasets, figure.tables), actor=BY, others=[key]
        )
        note(taken, done=[step], tally={how: 1})


class _Files(ExitStack):
    """Datasets as the figures read them, opened once for all figures over the same ones.

    Each file is seen to be what was received, and at hand, once; a workbook is written out once.
    """

    def __init__(self) -> None:
        super().__init__()
        self._written: dict[int, Source] = {}
        self._open: tuple[list[int], Opened, ExitStack] | None = None

    def source(self, dataset: Dataset) -> Source:
        """The dataset's file. Raises BytesMissingError, BytesDifferError and SourceError."""
        if dataset.pk not in self._written:
            at_hand = exhibit_store().local_verified(dataset.exhibit.blob_id)
            source = source_at(self.enter_context(at_hand), dataset)
            (self._written[dataset.pk],) = self.enter_context(as_rows([source]))
        return self._written[dataset.pk]

    def opened(self, datasets: Sequence[Dataset]) -> Opened:
        """Those of the datasets that are sound, open in the engine that is set."""
        sound = [each for each in datasets if each.state == DatasetState.SOUND]
        named = [each.pk for each in sound]
        if self._open is None or self._open[0] != named:
            if self._open is not None:
                self._open[2].close()
                self._open = None
            held = self.enter_context(ExitStack())
            engine = engine_named(settings.FIGURES_BACKEND)
            opened = held.enter_context(engine.opened([self.source(each) for each in sound]))
            self._open = (named, opened, held)
        return self._open[1]


def _datasets(item: EvidenceItem, tables: Collection[str] | None = None) -> list[Dataset]:
    found = item.datasets.select_related("exhibit").order_by("pk")
    return list(found if tables is None else found.filter(table__in=tables))


def _sound(datasets: list[Dataset], figure: FigureOfCatalog) -> list[Dataset]:
    """The datasets, once each table of the figure has one and all of them can be read."""
    for table in figure.tables:
        states = [each.state for each in datasets if each.table == table]
        if not states or any(state != DatasetState.SOUND for state in states):
            raise FigureError(f"{figure.name} asks the dataset {table}, which could not be read")
    return datasets


@contextmanager
def _ended(taken: Taken, step: str) -> Iterator[None]:
    with transaction.atomic():
        yield
        note(taken, done=[step])


def _fail(taken: Taken, step: str, said: str) -> None:
    with transaction.atomic():
        note(taken, failures={step: said})
