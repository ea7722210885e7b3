"""Designees, how they are named, and who owns them.

Designees belong to no team, so that two offices speak of one company under one key; whoever may
read cases at all may look them up. Which cases concern one is told by the cases, to those who
see them.
"""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.idempotency import once
from access.api.views import ScopedCreateViewSet, ScopedWriteViewSet
from access.policy import Verb
from designations.actions import (
    add_designee,
    add_identifier,
    add_name,
    amend_designee,
    end_stake,
    state_ownership,
)
from designations.api.filters import DesigneeFilter, StakeFilter
from designations.api.serializers.designees import (
    DesigneeChangesSerializer,
    DesigneeSerializer,
    NewDesigneeSerializer,
    NewIdentifierSerializer,
    NewNameSerializer,
    NewStakeSerializer,
    StakeSerializer,
)
from designations.api.shapes import Shaped, SharedByAll
from designations.models import Designee, OwnershipStake


class DesigneeViewSet(Shaped, SharedByAll, ScopedWriteViewSet):
    """Persons and entities that a case would list."""

    resource = "designee"
    team_path = None
    verbs: ClassVar = {"names": Verb.CHANGE, "identifiers": Verb.CHANGE}
    queryset = Designee.objects.prefetch_related("names", "identifiers")
    serializer_class = DesigneeSerializer
    requests: ClassVar = {
        "create": NewDesigneeSerializer,
        "partial_update": DesigneeChangesSerializer,
        "names": NewNameSerializer,
        "identifiers": NewIdentifierSerializer,
    }
    filterset_class = DesigneeFilter
    lookup_field = "key"
    cursor_ordering = ("name_normalized", "key")

    def shown(self, row: Designee) -> Designee:
        """Read again with its names, which an action may have changed."""
        return self.get_queryset().get(pk=row.pk)  # type: ignore[no-any-return]

    def act_create(self, data: dict[str, Any]) -> Designee:
        """Enter a designee."""
        return add_designee(data.pop("name"), **data, **self.attribution())

    def act_update(self, row: Designee, data: dict[str, Any], expected: int) -> Designee:
        """Change what is said of one."""
        return amend_designee(row, expected, **data, **self.attribution())

    @extend_schema(responses={201: DesigneeSerializer})
    @action(detail=True, methods=["post"])
    def names(self, request: Request, key: str) -> Any:
        """Add an alias, a former name, or the name in its own script."""
        designee = self.get_object()

        def add() -> Response:
            add_name(designee, **self.taken(request, NewNameSerializer), **self.attribution())
            return self.answer(designee, status.HTTP_201_CREATED)

        return once(request, add)

    @extend_schema(responses={201: DesigneeSerializer})
    @action(detail=True, methods=["post"])
    def identifiers(self, request: Request, key: str) -> Any:
        """Add the number or code by which a register knows the designee."""
        designee = self.get_object()

        def add() -> Response:
            taken = self.taken(request, NewIdentifierSerializer)
            add_identifier(designee, **taken, **self.attribution())
            return self.answer(designee, status.HTTP_201_CREATED)

        return once(request, add)


class StakeViewSet(Shaped, SharedByAll, ScopedCreateViewSet):
    """Who owns whom, between a least and a most percentage, from one day to another."""

    resource = "ownership"
    team_path = None
    queryset = OwnershipStake.objects.select_related("owner", "owned")
    serializer_class = StakeSerializer
    requests: ClassVar = {"create": NewStakeSerializer}
    filterset_class = StakeFilter
    lookup_value_converter = "int"
    cursor_ordering = ("pk",)

    def act_create(self, data: dict[str, Any]) -> OwnershipStake:
        """Enter a stake from today on."""
        return state_ownership(**data, **self.attribution())

    def destroy(self, request: Request, **_kwargs: str) -> Response:
        """End the stake as of today; the row stays in the history."""
        end_stake(self.get_object(), **self.attribution())
        return Response(status=status.HTTP_204_NO_CONTENT)
