"""Viewsets whose requests have another shape than their answers, and tables all teams share."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from access.api.etag import etag_of
from access.api.permissions import verb_of
from access.models import Team
from access.policy import Verb


class Shaped:
    """States in ``requests`` the shape each action takes; ``serializer_class`` is the answer's."""

    requests: ClassVar[Mapping[str, type[BaseSerializer[Any]] | None]] = {}

    def get_serializer_class(self: Any) -> type[BaseSerializer[Any]]:
        """What the running action takes."""
        found: type[BaseSerializer[Any]] = self.requests.get(self.action) or self.serializer_class
        return found

    def shown(self: Any, row: Any) -> Any:
        """The row with everything its answer shows; a view that annotates reads it again."""
        return row

    def answer(self: Any, row: Any, code: int = status.HTTP_200_OK) -> Response:
        """The row in the answer's shape, with its revision as ETag where it has one."""
        row = self.shown(row)
        tag = etag_of(row)
        shape = self.serializer_class(row, context=self.get_serializer_context())
        return Response(shape.data, status=code, headers={"ETag": tag} if tag else None)

    def taken(self: Any, request: Request, shape: type[BaseSerializer[Any]]) -> dict[str, Any]:
        """The body of the request in ``shape``; raises ValidationError with pointers."""
        serializer = shape(data=request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        data: dict[str, Any] = serializer.validated_data
        return data


class SharedByAll:
    """A table without a team: the policy alone says who reads it (access.policy)."""

    queryset: models.QuerySet[Any]

    def get_queryset(self: Any) -> models.QuerySet[Any]:
        """Every row."""
        rows: models.QuerySet[Any] = self.queryset.all()
        return rows


class Within:
    """Rows of one parent, whose public key stands in the address.

    A parent outside the user's sight is a 404, whatever is asked of its rows; a change needs the
    role in the team that owns the parent, where one does.
    """

    parents: ClassVar[models.QuerySet[Any]]
    """Where the parent is looked up; its queryset has ``visible_to``."""
    parent_path: ClassVar[str]
    """Query path from a row to its parent."""
    parent_team: ClassVar[str] = "team"
    parent_kwarg: ClassVar[str]
    team_path: ClassVar[str | None] = None

    @cached_property
    def parent(self: Any) -> Any:
        """The parent named in the address; raises Http404 unless the user may see it."""
        rows = self.parents.visible_to(self.request.user)
        return get_object_or_404(rows, key=self.kwargs[self.parent_kwarg])

    def initial(self: Any, request: Request, *args: Any, **kwargs: Any) -> None:
        """The policy first, then the parent, then the role in the team that owns it."""
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        verb = verb_of(self)
        if verb is None:
            return
        team = self.team_of(self.parent)
        if verb is not Verb.READ and team is not None:
            self.require(verb, team)

    def team_of(self: Any, row: Any) -> Team | None:
        """The team that owns the parent owns its rows."""
        team: Team | None = getattr(self.parent, self.parent_team)
        return team

    def get_queryset(self: Any) -> models.QuerySet[Any]:
        """The parent's rows."""
        rows: models.QuerySet[Any] = self.queryset.all()
        if getattr(self, "swagger_fake_view", False):
            return rows.none()
        return rows.filter(**{self.parent_path: self.parent})
