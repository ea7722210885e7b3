"""The shared doors of the API: a viewset that is scoped, allowed and revised before it acts.

A concrete viewset states what it is about and which one query and which actions it calls:

    class CaseViewSet(ScopedWriteViewSet):
        resource = "case"
        team_path = "team"
        queryset = Case.objects.all()
        serializer_class = CaseSerializer
        lookup_field = "key"

        def act_create(self, data): return open_case(**data, **self.attribution())
        def act_update(self, row, data, expected): return amend_case(row, expected, data, ...)
"""

from collections.abc import Mapping
from typing import Any, ClassVar, TypedDict

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.http import HttpResponseBase
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import GenericViewSet

from access.api.etag import etag_of, expected_revision
from access.api.idempotency import once
from access.api.permissions import STANDARD_VERBS, PolicyPermission, require_in
from access.models import Team, User
from access.policy import POLICY, Verb

_UNDECLARED = "undeclared"


class Attribution(TypedDict):
    """Who acts and why, as every action takes it."""

    actor: User
    reason: str


class ScopedViewSet(GenericViewSet[Any]):
    """A viewset that sees only what its user may see and does only what the policy lists.

    Class attributes a concrete viewset must state, or its module does not import:

    ``resource``: its kind in access.policy.POLICY.
    ``team_path``: attribute path from a row to the Team that owns it (``"team"``,
    ``"pin.case.team"``), or None for what no team owns; a change needs the role in that team.
    ``verbs``: the verb of every action beyond the standard ones, by method name.
    """

    resource: ClassVar[str] = ""
    team_path: ClassVar[str | None] = _UNDECLARED
    verbs: ClassVar[Mapping[str, Verb]] = {}
    cursor_ordering: ClassVar[tuple[str, ...]] = ("key",)
    permission_classes = (PolicyPermission,)
    http_method_names = ("get", "post", "patch", "delete", "head", "options")

    def __init_subclass__(cls, abstract: bool = False, **kwargs: Any) -> None:
        """Refuse a viewset that leaves open who may use it, unless it is itself a foundation."""
        super().__init_subclass__(**kwargs)
        if abstract:
            return
        name = f"{cls.__module__}.{cls.__qualname__}"
        if cls.resource not in POLICY:
            raise ImproperlyConfigured(
                f"{name}: resource {cls.resource!r} is not a kind in access.policy.POLICY; name "
                "one, or add it to the table."
            )
        if cls.team_path == _UNDECLARED:
            raise ImproperlyConfigured(
                f"{name}: state team_path, the path from a row to its team, or None if no team "
                "owns it."
            )
        cls.verbs = {**STANDARD_VERBS, **cls.verbs}
        extra = {action.__name__ for action in cls.get_extra_actions()}
        if unstated := sorted(extra - cls.verbs.keys()):
            raise ImproperlyConfigured(f"{name}: state in verbs what {', '.join(unstated)} does.")

    def get_queryset(self) -> "models.QuerySet[Any]":
        """The rows this user may see; every look-up goes through here, so the rest is a 404."""
        rows: Any = super().get_queryset()
        visible: models.QuerySet[Any] = rows.visible_to(self.request.user)
        return visible

    def team_of(self, row: Any) -> Team | None:
        """The team that owns ``row``; None where no team does."""
        owner = row
        for step in self.team_path.split(".") if self.team_path else ():
            owner = getattr(owner, step)
        return owner if isinstance(owner, Team) else None

    def require(self, verb: Verb, team: Team) -> None:
        """Raise unless the user may do ``verb`` in ``team``; for creates, whose team is given."""
        require_in(self.request, self.resource, verb, team)

    def attribution(self, reason: str = "") -> Attribution:
        """Actor and reason for the action: X-Change-Reason, the given words, or the request."""
        user = self.request.user
        if not isinstance(user, User):
            raise TypeError("An anonymous request reached an action.")
        stated = " ".join(self.request.headers.get("X-Change-Reason", "").split())[:500]
        standard = f"{self.request.method} {self.resource} through the API"
        return Attribution(actor=user, reason=stated or reason or standard)

    def answer(self, row: models.Model, code: int = status.HTTP_200_OK) -> Response:
        """A row in this view's form, with its revision as ETag where it has one."""
        tag = etag_of(row)
        return Response(
            self.get_serializer(row).data, status=code, headers={"ETag": tag} if tag else None
        )


class Listed:
    """``GET`` on the collection."""

    def list(self: Any, request: Request, **_kwargs: str) -> Response:
        """One page of what the user may see."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        response: Response = self.get_paginated_response(self.get_serializer(page, many=True).data)
        return response


class Retrieved:
    """``GET`` on one row."""

    def retrieve(self: Any, request: Request, **_kwargs: str) -> Response:
        """One row, with its revision as ETag."""
        response: Response = self.answer(self.get_object())
        return response


class Created:
    """``POST`` on the collection, once per Idempotency-Key."""

    def create(self: Any, request: Request, **_kwargs: str) -> HttpResponseBase:
        """Check the shape, call the action, answer 201 with where the new row lives."""
        return once(request, lambda: self._create(request), self.remembered)

    def _create(self: Any, request: Request) -> Response:
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        row = self.act_create(serializer.validated_data)
        response: Response = self.answer(row, status.HTTP_201_CREATED)
        if "retrieve" in dir(self) and self.basename:
            at = {self.lookup_url_kwarg or self.lookup_field: getattr(row, self.lookup_field)}
            response["Location"] = reverse(
                f"{self.basename}-detail", kwargs={**self.kwargs, **at}, request=request
            )
        return response

    def act_create(self, data: dict[str, Any]) -> models.Model:
        """Call the one action that makes the row."""
        raise NotImplementedError

    def remembered(self, data: Any) -> Any:
        """The part of the answer an Idempotency-Key may store: all, unless it holds a secret."""
        return data


class Updated:
    """``PATCH`` on one row, at the revision named by If-Match."""

    def partial_update(self: Any, request: Request, **_kwargs: str) -> Response:
        """Check revision and shape, call the action, answer the row as it now is."""
        row = self.get_object()
        expected = expected_revision(request, row)
        serializer = self.get_serializer(row, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        changed = self.act_update(row, serializer.validated_data, expected)
        response: Response = self.answer(changed)
        return response

    def act_update(self, row: Any, data: dict[str, Any], expected: int) -> models.Model:
        """Call the one action that changes the row at revision ``expected``."""
        raise NotImplementedError


class ScopedReadViewSet(Listed, Retrieved, ScopedViewSet, abstract=True):
    """List and retrieve."""


class ScopedCreateViewSet(Listed, Retrieved, Created, ScopedViewSet, abstract=True):
    """List, retrieve and create: for rows that are added and never edited."""


class ScopedWriteViewSet(Listed, Retrieved, Created, Updated, ScopedViewSet, abstract=True):
    """List, retrieve, create and update."""
