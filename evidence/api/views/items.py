"""Sources and evidence items."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from access.api.etag import expected_revision
from access.api.views import ScopedWriteViewSet
from access.policy import Verb
from designations.api.shapes import Shaped
from evidence.actions import add_source, amend_item, amend_source, enter_item, withdraw
from evidence.api.filters import ItemFilter, SourceFilter
from evidence.api.serializers.items import (
    ItemChangesSerializer,
    ItemSerializer,
    ItemSummarySerializer,
    NewItemSerializer,
    WithdrawalSerializer,
    stated_claims,
)
from evidence.api.serializers.sources import (
    NewSourceSerializer,
    SourceChangesSerializer,
    SourceSerializer,
)
from evidence.api.views.stix import StixDoors
from evidence.models import EvidenceItem, Source, descriptors_today

_FRAUD_REPORT = OpenApiExample(
    "A report of fraudulent accounts",
    request_only=True,
    value={
        "team": "T-7K2MPQ4XAB",
        "kind": "fraudulent-account-report",
        "summary": "A provider's report on accounts opened under false identity.",
        "dated_on": "2026-02",
        "fraudulent_accounts": {
            "provider": "A provider",
            "accounts": 100,
            "exchanges": 5000,
            "period": ["2025-01", "2025-12"],
            "evasion": ["proxies"],
            "attribution_basis": "payment records",
        },
        "claims": [{"metric": "accounts", "comparator": "at-least", "value": "100"}],
    },
)


class SourceViewSet(Shaped, ScopedWriteViewSet):
    """Who says it. A source without an owner team is used by all of them."""

    resource = "source"
    team_path = "owner_team"
    queryset = Source.objects.select_related("owner_team")
    serializer_class = SourceSerializer
    requests: ClassVar = {"create": NewSourceSerializer, "partial_update": SourceChangesSerializer}
    filterset_class = SourceFilter
    lookup_field = "key"

    def act_create(self, data: dict[str, Any]) -> Source:
        """Enter a source, for one team of the caller or for all."""
        if data.get("owner_team"):
            self.require(Verb.CREATE, data["owner_team"])
        return add_source(**data, **self.attribution())

    def act_update(self, row: Source, data: dict[str, Any], expected: int) -> Source:
        """Change what is said of one."""
        return amend_source(row, expected, **data, **self.attribution())


@extend_schema_view(create=extend_schema(examples=[_FRAUD_REPORT]))
class ItemViewSet(StixDoors, Shaped, ScopedWriteViewSet):
    """Evidence items. Nothing is deleted: an item is withdrawn, and stays readable."""

    resource = "evidence"
    team_path = "owner_team"
    verbs: ClassVar = {
        "withdrawal": Verb.CHANGE,
        "item_as_stix": Verb.READ,
        "items_as_stix": Verb.READ,
        "read_stix": Verb.CREATE,
    }
    revised: ClassVar = ("withdrawal",)
    queryset = EvidenceItem.objects.select_related("source", "owner_team")
    serializer_class = ItemSerializer
    requests: ClassVar = {
        "list": ItemSummarySerializer,
        "create": NewItemSerializer,
        "partial_update": ItemChangesSerializer,
        "withdrawal": WithdrawalSerializer,
    }
    filterset_class = ItemFilter
    lookup_field = "key"
    cursor_ordering = ("-recorded_at", "-pk")

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        """A list shows summaries."""
        return super().get_serializer_class()

    def shown(self, row: EvidenceItem) -> EvidenceItem:
        """With its reports and claims."""
        return (
            EvidenceItem.objects.select_related(
                "source", "owner_team", "supersedes", "fraudulent_accounts", "chip_diversion"
            )
            .prefetch_related("claims", descriptors_today("source"))
            .get(pk=row.pk)
        )

    def act_create(self, data: dict[str, Any]) -> EvidenceItem:
        """Log an item for a team in which the caller writes."""
        team = data.pop("team")
        self.require(Verb.CREATE, team)
        if "claims" in data:
            data["claims"] = stated_claims(data["claims"])
        return enter_item(team, **data, **self.attribution())

    def act_update(self, row: EvidenceItem, data: dict[str, Any], expected: int) -> EvidenceItem:
        """Change what is said of an item."""
        return amend_item(row, expected, **data, **self.attribution())

    @extend_schema(responses=ItemSerializer)
    @action(detail=True, methods=["post"])
    def withdrawal(self, request: Request, key: str) -> Response:
        """Take the item out of the record from a day on; row, files and custody stay."""
        item = self.get_object()
        expected = expected_revision(request, item)
        taken = self.taken(request, WithdrawalSerializer)
        who = self.attribution(taken["reason"])
        return self.answer(
            withdraw(item, expected, actor=who["actor"], reason=taken["reason"], on=taken.get("on"))
        )
