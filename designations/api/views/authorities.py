"""The law: authorities, their versions, and what of it changes soon."""

from typing import Any, ClassVar

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.views import Created, Listed, ScopedReadViewSet, ScopedViewSet
from access.policy import Verb
from designations.actions import verify_text
from designations.api.filters import AuthorityFilter, VersionFilter
from designations.api.serializers.authorities import (
    AuthoritySerializer,
    NewVerificationSerializer,
    UpcomingChangeSerializer,
    VerificationSerializer,
    VersionSerializer,
    VersionSummarySerializer,
    digests_of,
)
from designations.api.shapes import Shaped, SharedByAll
from designations.clock import today
from designations.models import Authority, AuthorityVersion, Element, Verification

_WHOLE = (
    Prefetch("elements", queryset=Element.objects.select_related("parent")),
    "considerations__element",
    "prerequisites__element",
    "consequences",
    "provisions",
    "statuses",
    "verifications",
)


class _OnSerializer(serializers.Serializer[Any]):
    on = serializers.DateField(required=False)


class _SoonSerializer(serializers.Serializer[Any]):
    after = serializers.DateField(required=False)
    days = serializers.IntegerField(required=False, min_value=1, max_value=3660, default=365)


class AuthorityViewSet(SharedByAll, ScopedReadViewSet):
    """Legal bases for listing. The text is data: administrators load it, nobody edits it here."""

    resource = "authority"
    team_path = None
    queryset = Authority.objects.prefetch_related(
        Prefetch("versions", queryset=AuthorityVersion.objects.select_related("authority"))
    )
    serializer_class = AuthoritySerializer
    filterset_class = AuthorityFilter
    lookup_field = "slug"
    cursor_ordering = ("slug", "origin")

    def get_queryset(self) -> QuerySet[Authority]:
        """Every authority, with the state of its versions today."""
        versions = AuthorityVersion.objects.select_related("authority").state_on(today())
        return Authority.objects.prefetch_related(Prefetch("versions", queryset=versions))

    def get_object(self) -> Authority:
        """The library's authority of the slug; else one that a docket brought."""
        found = self.get_queryset().filter(slug=self.kwargs["slug"]).order_by("-origin")
        self.check_object_permissions(self.request, None)
        return get_object_or_404(found[:1])


class VersionViewSet(SharedByAll, ScopedReadViewSet):
    """Dated versions of the law by ``slug@version``, whole with their element tree."""

    resource = "authority"
    team_path = None
    verbs: ClassVar = {"upcoming_changes": Verb.READ}
    queryset = AuthorityVersion.objects.select_related("authority")
    serializer_class = VersionSummarySerializer
    filterset_class = VersionFilter
    lookup_field = "name"
    cursor_ordering = ("slug", "label", "pk")

    @extend_schema(
        parameters=[
            OpenApiParameter("on", str, description="The day for which `state` is told (date).")
        ],
        responses=VersionSerializer,
    )
    def retrieve(self, request: Request, **_kwargs: str) -> Response:
        """One version whole: tree, texts, considerations, steps, consequences, verifications."""
        asked = _OnSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        versions = AuthorityVersion.objects.state_on(asked.validated_data.get("on") or today())
        version = get_object_or_404(named(versions, self.kwargs["name"]).prefetch_related(*_WHOLE))
        context = {**self.get_serializer_context(), "digests": digests_of(version)}
        return Response(VersionSerializer(version, context=context).data)

    @extend_schema(
        parameters=[
            OpenApiParameter("after", str, description="A date; default: today."),
            OpenApiParameter("days", int, description="How far to look ahead; default: 365."),
        ],
        responses=UpcomingChangeSerializer(many=True),
        filters=False,
    )
    def upcoming_changes(self, request: Request) -> Response:
        """Versions that come into force, end or are stayed on a known day, soonest first."""
        asked = _SoonSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        day = asked.validated_data.get("after") or today()
        changes = AuthorityVersion.objects.upcoming_changes(day, asked.validated_data["days"])
        return Response(UpcomingChangeSerializer(changes, many=True).data)


class VerificationViewSet(Shaped, SharedByAll, Listed, Created, ScopedViewSet):
    """Who checked which text of a version against its source."""

    resource = "verification"
    team_path = None
    verbs: ClassVar = {"create": Verb.VERIFY}
    queryset = Verification.objects.all()
    serializer_class = VerificationSerializer
    requests: ClassVar = {"create": NewVerificationSerializer}
    cursor_ordering = ("pk",)

    def get_queryset(self) -> QuerySet[Verification]:
        """The checks of the version named in the address."""
        if getattr(self, "swagger_fake_view", False):
            return Verification.objects.none()
        return Verification.objects.filter(version=self.version)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """The policy first, then the version: one that is not there is a 404 whatever is asked."""
        super().initial(request, *args, **kwargs)
        _ = self.version

    @cached_property
    def version(self) -> AuthorityVersion:
        """The version named in the address."""
        found: AuthorityVersion = get_object_or_404(
            named(AuthorityVersion.objects.all(), self.kwargs["name"])
        )
        return found

    def act_create(self, data: dict[str, Any]) -> Verification:
        """Vouch for a text, or say that it differs."""
        return verify_text(self.version, **data, **self.attribution())


def named(versions: QuerySet[AuthorityVersion], name: str) -> QuerySet[AuthorityVersion]:
    """The version called ``slug@version``, the library's before one that a docket brought."""
    slug, _, label = name.partition("@")
    found = versions.select_related("authority").filter(authority__slug=slug, label=label)
    return found.order_by("-authority__origin")[:1]
