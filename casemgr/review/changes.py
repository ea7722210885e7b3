"""Which recorded changes belong to a case."""

import functools
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast

from casemgr.models import Case
from evidence.models import EvidenceItem

# Of each kind of row: the query path that leads to the case it belongs to.
_PATHS = {
    "casemgr.Case": "pk",
    "casemgr.Pin": "case",
    "casemgr.CaseElement": "case",
    "casemgr.CaseDependency": "case",
    "casemgr.Milestone": "case",
    "casemgr.Link": "case_element__case",
    "casemgr.Finding": "case_element__case",
    "casemgr.Signature": "revision__finding__case_element__case",
    "casemgr.ConsiderationAnswer": "pin__case",
    "casemgr.PrerequisiteMet": "pin__case",
    "casemgr.ComparatorCase": "case",
    "casemgr.PriorPosition": "case",
    "casemgr.RecordDefect": "case",
    "casemgr.TrackedFlag": "case",
    "casemgr.FlagDisposition": "flag__case",
    "casemgr.Assessment": "case",
    "casemgr.Task": "case",
    "casemgr.Comment": "case",
}


def changes_of_case(case: Case) -> Q:
    """Changes of the case's rows and of the items linked to it, which who sees the case sees.

    The rows are read first, in one query: their keys then find the changes by index, however
    long the history of everything else is.
    """
    linked = EvidenceItem.objects.filter(links__case_element__case=case)
    rows = [_keys(EvidenceItem, linked)]
    for name, path in _PATHS.items():
        model: Any = apps.get_model(name)
        rows.append(_keys(model, model._default_manager.filter(**{path: case.pk})))
    keys: dict[str, list[str]] = {}
    for table, key in rows[0].union(*rows[1:], all=True):
        keys.setdefault(table, []).append(key)
    found = Q()
    for table, of_table in keys.items():
        found |= Q(table=table, key__in=of_table)
    return found


@functools.cache
def words() -> dict[str, str]:
    """What each table holds, in words."""
    rows: list[Any] = [*(apps.get_model(name) for name in _PATHS), EvidenceItem]
    return {row._meta.db_table: str(row._meta.verbose_name) for row in rows}


def _keys(model: type[models.Model], rows: QuerySet[Any]) -> QuerySet[Any]:
    table = Value(model._meta.db_table, output_field=CharField())
    key = Cast("pk", CharField())
    pairs: QuerySet[Any] = (
        rows.order_by().annotate(_table=table, _key=key).values_list("_table", "_key")
    )
    return pairs
