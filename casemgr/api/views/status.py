"""What managers read: where the cases stand, as JSON and as CSV; and who can be given work."""

import json
from collections.abc import Iterable
from dataclasses import fields
from typing import Any, ClassVar

from django.db.models import F, QuerySet
from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.views import Listed, ScopedViewSet
from access.models import Membership, Team
from access.policy import Verb
from casemgr.api.serializers.cases import MemberSerializer
from casemgr.api.serializers.review import StatusSerializer
from casemgr.clock import decision_day
from casemgr.docketing.export import as_csv
from casemgr.docketing.rows import CaseStatus
from casemgr.models import Case, Stage
from casemgr.status import StatusFilter, status_of
from casemgr.words import UNASSESSED, Grade
from casemgr.work_product import HANDLING
from designations.api.shapes import SharedByAll


class CsvRenderer(BaseRenderer):
    """Chosen by ``Accept: text/csv`` or ``?format=csv``."""

    media_type = "text/csv"
    format = "csv"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None
    ) -> bytes:
        """The view streams its own text; a problem is said in JSON."""
        return json.dumps(data).encode()


class _AskedSerializer(serializers.Serializer[Any]):
    team = serializers.CharField(required=False, max_length=64)
    authority = serializers.CharField(required=False, max_length=170)
    stage = serializers.ChoiceField(choices=Stage.choices, required=False)
    grade = serializers.ChoiceField(
        choices=[UNASSESSED, *(grade.value for grade in Grade)], required=False
    )
    assignee = serializers.CharField(required=False, max_length=64)
    due_before = serializers.DateField(required=False)
    limit = serializers.IntegerField(required=False, min_value=1, max_value=1000, default=200)


class _TeamSerializer(serializers.Serializer[Any]):
    team = serializers.CharField(required=False, max_length=64)


class StatusViewSet(ScopedViewSet):
    """Cases by stage and grade, the oldest unresolved serious flag, and deadlines."""

    resource = "status"
    team_path = None
    verbs: ClassVar = {"cases": Verb.READ}
    queryset = Case.objects.all()
    renderer_classes = (JSONRenderer, CsvRenderer)

    @extend_schema(
        operation_id="status_cases",
        parameters=[
            _AskedSerializer,
            OpenApiParameter("format", str, enum=["json", "csv"]),
        ],
        responses={
            (200, "application/json"): StatusSerializer,
            (200, "text/csv"): OpenApiTypes.STR,
        },
    )
    def cases(self, request: Request) -> Any:
        """Figures over all cases the caller sees, and the rows that wait longest first.

        As CSV every row is given, the handling in the first line.
        """
        asked = _AskedSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        wanted = dict(asked.validated_data)
        limit = wanted.pop("limit")
        as_csv = request.accepted_renderer.format == "csv"
        status = status_of(request.user, StatusFilter(**wanted), limit=None if as_csv else limit)
        if as_csv:
            return _csv(status.rows)
        # Not asdict(): it would copy every row before the serializer reads it.
        figures = {field.name: getattr(status, field.name) for field in fields(status)}
        shown = {**figures, "handling": HANDLING}
        return Response(StatusSerializer(shown).data, headers={"Cache-Control": "private"})


class MemberViewSet(SharedByAll, Listed, ScopedViewSet):
    """The people of one's teams, by role: to whom an element or a case can be given."""

    resource = "team"
    team_path = None
    queryset = Membership.objects.select_related("user", "team")
    serializer_class = MemberSerializer
    cursor_ordering = ("of_team", "user__username", "pk")

    @extend_schema(
        parameters=[OpenApiParameter("team", str, description="Key of a team; default: all.")]
    )
    def list(self, request: Request, **_kwargs: str) -> Response:
        """Active members of the teams the caller sees."""
        answer: Response = super().list(request)
        return answer

    def get_queryset(self) -> QuerySet[Membership]:
        """Members of the teams the caller sees."""
        teams = Team.objects.visible_to(self.request.user)
        asked = _TeamSerializer(data=self.request.query_params if self.request else {})
        asked.is_valid(raise_exception=True)
        if wanted := asked.validated_data.get("team"):
            teams = teams.filter(key=wanted)
        members = Membership.objects.filter(team__in=teams, user__is_active=True)
        return members.select_related("user", "team").annotate(of_team=F("team__key"))


def _csv(rows: Iterable[CaseStatus]) -> StreamingHttpResponse:
    content = "text/csv; charset=utf-8; header=present"
    answer = StreamingHttpResponse(as_csv(iter(rows)), content_type=content)
    name = f"status-{decision_day().isoformat()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
