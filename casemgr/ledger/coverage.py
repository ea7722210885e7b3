"""Which tables the change table covers, and what is left out of it, each with its reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db import models

COVERED_APPS = ("access", "designations", "evidence", "casemgr")

NOT_COVERED: Mapping[str, str] = {
    "access_apitoken": "credentials: a digest of a secret has no place in a history",
    "access_idempotencykey": "memory of answers, rebuilt from nothing",
    "casemgr_change": "the history itself",
    "casemgr_undrainedchange": "queue",
    "casemgr_stalemark": "queue",
    "casemgr_gradeday": "derived each day from assessments, which are covered",
}

HIDDEN_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "access_user": ("password", "last_login"),  # a secret; and noise at every login
    # Already append-only and large; their digests stand in the payload.
    "casemgr_snapshot": ("record",),
    "casemgr_assessment": ("checklist",),
}

# What the engine writes itself must not make it run again.
_OUTPUTS = frozenset(
    {
        "casemgr_snapshot",
        "casemgr_assessment",
        "casemgr_trackedflag",
        "casemgr_docketfile",
    }
)


@dataclass(frozen=True, slots=True)
class Covered:
    """A covered table: its key column, hidden columns, and whether assessments depend on it."""

    table: str
    key: str
    hidden: tuple[str, ...]
    queued: bool


def covered() -> Iterator[Covered]:
    """Every table whose changes are recorded, the automatic many-to-many tables among them."""
    for label in COVERED_APPS:
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            if _concrete(model) and model._meta.db_table not in NOT_COVERED:
                yield _covered(model, label)


def _concrete(model: type[models.Model]) -> bool:
    return model._meta.managed and not model._meta.proxy


def _covered(model: type[models.Model], label: str) -> Covered:
    table = model._meta.db_table
    return Covered(
        table=table,
        key=str(model._meta.pk.column),
        hidden=HIDDEN_COLUMNS.get(table, ()),
        queued=label != "access" and table not in _OUTPUTS,
    )
