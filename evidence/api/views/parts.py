"""What hangs on an evidence item: grading, derivation, claims, shares, custody."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.etag import expected_revision
from access.api.views import Created, Listed, ScopedViewSet
from access.policy import Verb
from designations.api.shapes import Shaped, Within
from evidence.actions import (
    derive,
    end_derivation,
    enter_by_hand,
    grade_source,
    share,
    state_claims,
)
from evidence.api.serializers.items import ClaimSerializer, stated_claims
from evidence.api.serializers.parts import (
    ClaimsSerializer,
    CustodySerializer,
    DerivationSerializer,
    GradingSerializer,
    NewCustodySerializer,
    NewDerivationSerializer,
    NewGradingSerializer,
    NewShareSerializer,
    ShareSerializer,
)
from evidence.models import (
    Claim,
    CustodyEvent,
    CustodyKind,
    Derivation,
    EvidenceItem,
    Exhibit,
    Grading,
    Share,
)


class WithinItem(Shaped, Within, Listed, ScopedViewSet, abstract=True):
    """Rows of one item."""

    parents = EvidenceItem.objects.select_related("owner_team")
    parent_path = "item"
    parent_team = "owner_team"
    parent_kwarg = "item_key"
    lookup_value_converter = "int"


class GradingViewSet(WithinItem, Created):
    """How far the source is trusted and its statement believed, from one day to another."""

    resource = "grading"
    queryset = Grading.objects.all()
    serializer_class = GradingSerializer
    requests: ClassVar = {"create": NewGradingSerializer}
    revised: ClassVar = ("create",)
    cursor_ordering = ("pk",)

    def act_create(self, data: dict[str, Any]) -> Grading:
        """Grade the item from today on; the earlier grading is kept with its days."""
        expected = expected_revision(self.request, self.parent)
        who = self.attribution()
        return grade_source(self.parent, expected, actor=who["actor"], **data)


class DerivationViewSet(WithinItem, Created):
    """Where the item comes from."""

    resource = "derivation"
    queryset = Derivation.objects.select_related("parent_item", "parent_source")
    parent_path = "child"
    serializer_class = DerivationSerializer
    requests: ClassVar = {"create": NewDerivationSerializer}
    cursor_ordering = ("pk",)

    def get_serializer_context(self) -> dict[str, Any]:
        """With the parent items that the reader may know of."""
        context = dict(super().get_serializer_context())
        if not getattr(self, "swagger_fake_view", False):
            seen = EvidenceItem.objects.visible_to(self.request.user)
            of_item = seen.filter(derivatives__child=self.parent)
            context["shown_items"] = set(of_item.values_list("pk", flat=True))
        return context

    def act_create(self, data: dict[str, Any]) -> Derivation:
        """Say from today on that the item comes from one parent."""
        return derive(self.parent, data.pop("kind"), **self._said(data.pop("reason")), **data)

    def destroy(self, request: Request, **_kwargs: str) -> Response:
        """From today on the item is not said to come from this parent."""
        end_derivation(self.get_object(), **self.attribution())
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _said(self, reason: str) -> Any:
        return self.attribution(reason)


class ClaimViewSet(WithinItem, Created):
    """Numbers the item asserts, in order."""

    resource = "claim"
    queryset = Claim.objects.all()
    serializer_class = ClaimSerializer
    requests: ClassVar = {"create": ClaimsSerializer}
    revised: ClassVar = ("create",)
    verbs: ClassVar = {"create": Verb.CHANGE}
    cursor_ordering = ("position", "pk")

    def _create(self, request: Request) -> Response:
        """State all claims anew."""
        expected_revision(request, self.parent)
        taken = self.taken(request, ClaimsSerializer)
        rows = state_claims(self.parent, stated_claims(taken["claims"]), **self.attribution())
        return Response(ClaimSerializer(rows, many=True).data, status=status.HTTP_201_CREATED)


class ShareViewSet(WithinItem, Created):
    """The other teams that see the item, as far as each member is cleared for its markings."""

    resource = "evidence"
    verbs: ClassVar = {"create": Verb.SHARE}
    queryset = Share.objects.select_related("team")
    serializer_class = ShareSerializer
    requests: ClassVar = {"create": NewShareSerializer}
    cursor_ordering = ("shared_at", "pk")

    def act_create(self, data: dict[str, Any]) -> Share:
        """Let another team see the item."""
        row = share(self.parent, data["team"], **self.attribution())
        if row is None:
            from rest_framework.serializers import ValidationError

            raise ValidationError({"team": "This team owns the item and sees it anyway."})
        return row


class CustodyViewSet(WithinItem, Created):
    """The chain of custody, oldest first. Nobody can change or remove an entry."""

    resource = "custody"
    queryset = CustodyEvent.objects.select_related("actor")
    serializer_class = CustodySerializer
    requests: ClassVar = {"create": NewCustodySerializer}
    cursor_ordering = ("pk",)

    def act_create(self, data: dict[str, Any]) -> CustodyEvent:
        """Enter that the original or a copy was handed over or sealed."""
        exhibit = None
        if data.get("exhibit"):
            exhibit = get_object_or_404(Exhibit, item=self.parent, pk=data["exhibit"])
        return enter_by_hand(
            self.parent,
            CustodyKind(data["kind"]),
            data["what"],
            on=data["on"],
            exhibit=exhibit,
            **self.attribution(data["reason"]),
        )
