"""What moved on a case, from the change table, newest first."""

import functools
from typing import Any, ClassVar

import django_filters as filters
from django.apps import apps
from django.db import models
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast
from rest_framework import serializers

from access.api.views import Listed
from casemgr.api.of_case import WithinCase
from casemgr.ledger.change import Change
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
}


class ChangeSerializer(serializers.ModelSerializer[Change]):
    """One row added, changed or removed; who, when and why."""

    what = serializers.SerializerMethodField(help_text="The kind of thing, in words.")
    op = serializers.CharField(source="get_op_display")
    actor = serializers.CharField(help_text="Key of a user, or the name of a part of the system.")
    fields_changed = serializers.SerializerMethodField(help_text="Empty for added and removed.")

    class Meta:
        model = Change
        fields = ("seq", "at", "what", "op", "fields_changed", "actor", "reason", "request")

    def get_what(self, row: Change) -> str:
        """What the table holds."""
        return words().get(row.table, row.table)

    def get_fields_changed(self, row: Change) -> list[str]:
        """Names of the columns that have another value than before."""
        return sorted(name.removesuffix("_id") for name in row.payload.get("was") or ())


class ChangeFilter(filters.FilterSet):  # type: ignore[misc]
    """Changes since one already seen, or since a moment."""

    since = filters.NumberFilter(
        field_name="seq", lookup_expr="gt", max_value=2**63 - 1, help_text="A `seq` already seen."
    )
    after = filters.IsoDateTimeFilter(field_name="at", lookup_expr="gt")

    class Meta:
        model = Change
        fields = ("since", "after")


class ChangeViewSet(WithinCase, Listed):
    """What moved: the case, its elements, links, findings, flags, assessments, and its evidence."""

    resource = "change"
    queryset = Change.objects.all()
    serializer_class = ChangeSerializer
    filterset_class = ChangeFilter
    cursor_ordering: ClassVar[tuple[str, ...]] = ("-seq",)

    def get_queryset(self) -> QuerySet[Change]:
        """Changes of the rows that belong to the case, by the keys of those rows."""
        if getattr(self, "swagger_fake_view", False):
            return Change.objects.none()
        return Change.objects.filter(of_case(self.parent))


def of_case(case: Case) -> Q:
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
