"""The figures of an item, computed by workers: read every row, compute, check the claims.

One job an item, one part a job: its steps follow each other, each ends in the transaction that
keeps what it found, and whoever takes the part after a killed worker goes on with the next.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import structlog
from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, transaction

from access.models import User
from evidence.actions.custody import record_custody
from evidence.actions.datasets import (
    check_claims,
    find_sound,
    inputs_of,
    keep_figure,
    refuse_dataset,
    source_at,
    why_not_read,
)
from evidence.figures import (
    CATALOG,
    FigureError,
    Source,
    SourceError,
    as_rows,
    compute,
    figure_named,
    problems_in,
)
from evidence.jobs.keeping import settle, start_job
from evidence.jobs.parts import LostClaimError, Taken, give_back, holding, note, put_off, take_part
from evidence.models import CustodyKind, Dataset, DatasetState, EvidenceItem, Job, JobKind
from evidence.storage import BytesDifferError, BytesMissingError, StoreAwayError, exhibit_store

BY = "system:figures"
log = structlog.get_logger(__name__)
_READ, _CLAIMS = "read:", "claims"
_OURS = (LostClaimError, OperationalError, InterfaceError, StoreAwayError)


def start_figures(item: EvidenceItem, *, actor: User, reason: str) -> Job:
    """Have every figure of the item's datasets computed, and its claims checked.

    Raises ValidationError for an item without a dataset, NotNowError while that is under way.
    """
    tables = sorted(item.datasets.values_list("table", flat=True))
    if not tables:
        raise ValidationError({"item": f"{item.key} has no dataset: declare one of its files."})
    figures = [figure.name for figure in CATALOG if set(figure.tables) <= set(tables)]
    steps = [*(f"{_READ}{table}" for table in tables), *figures, _CLAIMS]
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
                check_claims(item, actor=BY, reason="the item's figures were computed")
        elif step.startswith(_READ):
            _read(taken, item, step, files)
        else:
            _compute(taken, item, step, files)
    except _OURS:
        raise
    except (FigureError, SourceError, BytesMissingError) as error:
        _fail(taken, step, str(error))
    except Exception as error:
        _fail(taken, step, f"{type(error).__name__}: {error}"[:500])


def _read(taken: Taken, item: EvidenceItem, step: str, files: "_Files") -> None:
    """See that the bytes are those received and that every row can be read."""
    dataset = _dataset(item, step.removeprefix(_READ))
    if dataset is None:
        raise SourceError("the dataset was removed while its figures were computed")
    try:
        if withheld := why_not_read(dataset.exhibit):
            raise SourceError(withheld)
        problems = [str(problem) for problem in problems_in(files.source(dataset))]
    except StoreAwayError:
        raise
    except (BytesDifferError, BytesMissingError, SourceError) as error:
        if isinstance(error, BytesDifferError):
            record_custody(
                item, CustodyKind.MISMATCH, actor=BY, reason="read for its figures",
                exhibit=dataset.exhibit, sha256=dataset.exhibit.blob_id,
            )  # fmt: skip
        problems = [str(error)]
    if problems:
        with transaction.atomic():
            refuse_dataset(dataset, problems, actor=BY)
            note(taken, failures={step: problems[0]})
    else:
        with _ended(taken, step):
            find_sound(dataset, actor=BY)


def _compute(taken: Taken, item: EvidenceItem, step: str, files: "_Files") -> None:
    figure = figure_named(step)
    datasets: dict[str, Dataset] = {}
    for table in figure.tables:
        dataset = _dataset(item, table)
        if dataset is None or dataset.state != DatasetState.SOUND:
            raise FigureError(f"{step} asks the dataset {table}, which could not be read")
        datasets[table] = dataset
    computed = compute(figure, [files.source(each) for each in datasets.values()])
    with transaction.atomic():
        _, how = keep_figure(item, computed, inputs_of(datasets, figure.tables), actor=BY)
        note(taken, done=[step], tally={how: 1})


class _Files(ExitStack):
    """Datasets as the figures read them: each file seen to be what was received, and at hand, once.

    A workbook is written out once for all of them.
    """

    def __init__(self) -> None:
        super().__init__()
        self._written: dict[int, Source] = {}

    def source(self, dataset: Dataset) -> Source:
        """The dataset's file. Raises BytesMissingError, BytesDifferError and SourceError."""
        if dataset.pk not in self._written:
            at_hand = exhibit_store().local_verified(dataset.exhibit.blob_id)
            source = source_at(self.enter_context(at_hand), dataset)
            (self._written[dataset.pk],) = self.enter_context(as_rows([source]))
        return self._written[dataset.pk]


def _dataset(item: EvidenceItem, table: str) -> Dataset | None:
    return item.datasets.select_related("exhibit").filter(table=table).first()


@contextmanager
def _ended(taken: Taken, step: str) -> Iterator[None]:
    with transaction.atomic():
        yield
        note(taken, done=[step])


def _fail(taken: Taken, step: str, said: str) -> None:
    with transaction.atomic():
        note(taken, failures={step: said})
