"""Issuing, listing and revoking one's API tokens."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from access.actions import issue_token, revoke_token
from access.api.serializers import (
    IssuedTokenSerializer,
    TokenRequestSerializer,
    TokenSerializer,
)
from access.api.views import ScopedCreateViewSet
from access.models import ApiToken


@extend_schema_view(
    create=extend_schema(request=TokenRequestSerializer, responses={201: IssuedTokenSerializer})
)
class TokenViewSet(ScopedCreateViewSet):
    """API tokens. A person sees their own; an administrator sees and may revoke all."""

    resource = "token"
    team_path = None
    queryset = ApiToken.objects.select_related("user", "team")
    serializer_class = TokenSerializer
    lookup_field = "key"
    lookup_value_regex = r"[^/\x00]+"
    cursor_ordering = ("-created", "key")

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        """What is asked for differs from what is shown."""
        return TokenRequestSerializer if self.action == "create" else TokenSerializer

    def act_create(self, data: dict[str, Any]) -> ApiToken:
        """Issue a token to the caller; its value rides along for this answer only."""
        parent = self.request.auth if isinstance(self.request.auth, ApiToken) else None
        attribution = self.attribution()
        token, value = issue_token(attribution["actor"], **data, parent=parent, **attribution)
        token.shown_value = value
        return token

    def answer(self, row: Any, code: int = status.HTTP_200_OK) -> Response:
        """The value is in the answer to the create and nowhere else."""
        if code == status.HTTP_201_CREATED:
            return Response(
                IssuedTokenSerializer(row).data, status=code, headers={"Cache-Control": "no-store"}
            )
        return super().answer(row, code)

    def remembered(self, data: Any) -> Any:
        """An Idempotency-Key never stores the value."""
        return {**data, "token": None}

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, **_kwargs: str) -> Response:
        """Revoke: the token opens no door from now on."""
        revoke_token(self.get_object(), **self.attribution())
        return Response(status=status.HTTP_204_NO_CONTENT)
