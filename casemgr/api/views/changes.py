"""What moved on a case, from the change table, newest first."""

from typing import ClassVar

import django_filters as filters
from django.db.models import QuerySet
from rest_framework import serializers

from access.api.views import Listed
from casemgr.api.of_case import WithinCase
from casemgr.ledger.change import Change
from casemgr.review.changes import changes_of_case, words


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
        return Change.objects.filter(changes_of_case(self.parent))
