"""What the review engine found: checklist, assessments, flags. Attorney work product."""

from datetime import date
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpResponse, HttpResponseNotModified
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.errors import ProblemError
from access.api.problems import Problem
from access.api.views import Listed, Retrieved
from access.policy import Verb
from casemgr.actions.flags import dispose_flag
from casemgr.api.filters import FlagFilter
from casemgr.api.of_case import WithinCase
from casemgr.api.pagination import WorkProductCursor
from casemgr.api.serializers.review import (
    AssessmentSerializer,
    FlagSerializer,
    NewDispositionSerializer,
    WholeAssessmentSerializer,
)
from casemgr.assemble import NotPinnedError
from casemgr.models import (
    Assessment,
    Case,
    DispositionState,
    FlagDisposition,
    StaleMark,
    TrackedFlag,
)
from casemgr.reassess.assess import Occasion, assess_case
from casemgr.review.on_a_day import checklist_on

_JSON = "application/json"


class _AsOfSerializer(serializers.Serializer[Any]):
    as_of = serializers.DateField(required=False)


class ChecklistViewSet(WithinCase):
    """The element tree with evidence for and against, grade, flags and sign-off."""

    resource = "checklist"
    verbs: ClassVar = {"show": Verb.READ}
    queryset = Assessment.objects.all()

    @extend_schema(
        operation_id="cases_checklist_retrieve",
        filters=False,
        parameters=[
            OpenApiParameter(
                "as_of",
                OpenApiTypes.DATE,
                description="Compute the checklist on the record of this day instead; nothing is "
                "stored and there is no ETag.",
            ),
            OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER, required=False),
        ],
        responses={
            (200, _JSON): OpenApiResponse(
                OpenApiTypes.OBJECT,
                description="The stored assessment, byte for byte: `elements` in the order of the "
                "tree, each with `evidence_for`, `evidence_against`, `grade`, `flags` and "
                "`sign_off`; `carrying_path` names the elements on which the case would stand. "
                "`Casemgr-Stale: true` says that the record changed and is being assessed again.",
            ),
            304: OpenApiResponse(description="Nothing moved since the ETag sent."),
        },
    )
    def show(self, request: Request, **_kwargs: str) -> HttpResponse:
        """The checklist of the current assessment; of any day with `as_of`."""
        asked = _AsOfSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        day = asked.validated_data.get("as_of")
        newest = None if day else self.newest()
        if newest is None:
            return _work_product(_computed(self.parent, day))
        tag = f'"{newest.seq}-{newest.output_digest}"'
        if tag in request.headers.get("If-None-Match", ""):
            answer: HttpResponse = HttpResponseNotModified()
        else:
            answer = _work_product(newest.checklist)
        answer["ETag"] = tag
        answer["Casemgr-Stale"] = "true" if newest.stale else "false"
        answer["Cache-Control"] = "private, no-cache"
        return answer

    def newest(self) -> Any:
        """The current assessment and whether the record moved since, in one query."""
        marks = StaleMark.objects.filter(case=OuterRef("case"))
        rows = Assessment.objects.filter(case=self.parent).annotate(stale=Exists(marks))
        return rows.order_by("-seq").first()


class AssessmentViewSet(WithinCase, Listed, Retrieved):
    """Every assessment of the case, the newest first."""

    resource = "assessment"
    verbs: ClassVar = {"run": Verb.RUN}
    queryset = Assessment.objects.defer("checklist")
    serializer_class = AssessmentSerializer
    pagination_class = WorkProductCursor
    lookup_field = "seq"
    cursor_ordering = ("-seq",)

    @extend_schema(responses=WholeAssessmentSerializer)
    def retrieve(self, request: Request, **_kwargs: str) -> Response:
        """One assessment with its checklist."""
        row = self.get_object()
        return Response(WholeAssessmentSerializer(row).data)

    @extend_schema(
        request=None,
        responses={
            200: AssessmentSerializer,
            202: OpenApiResponse(description="Being assessed right now: ask again shortly."),
        },
    )
    def run(self, request: Request, **_kwargs: str) -> Response:
        """Assess the case now; asking twice does no harm, so there is no Idempotency-Key."""
        try:
            row = assess_case(self.parent.key, Occasion.DEMAND)
        except NotPinnedError as error:
            raise ProblemError(Problem(409, "conflict", str(error))) from error
        if row is None:
            return Response(status=status.HTTP_202_ACCEPTED, headers={"Retry-After": "2"})
        return Response(AssessmentSerializer(row).data)


class FlagViewSet(WithinCase, Listed, Retrieved):
    """Weaknesses as they live: raised, cleared, raised again, and what counsel says to them."""

    resource = "flag"
    verbs: ClassVar = {"disposition": Verb.DISPOSE}
    queryset = TrackedFlag.objects.prefetch_related(
        Prefetch("dispositions", queryset=FlagDisposition.objects.select_related("by"))
    )
    serializer_class = FlagSerializer
    requests: ClassVar = {"disposition": NewDispositionSerializer}
    pagination_class = WorkProductCursor
    filterset_class = FlagFilter
    lookup_field = "fingerprint"
    lookup_value_converter = "key"
    cursor_ordering = ("fingerprint",)

    @extend_schema(responses=FlagSerializer)
    @action(detail=True, methods=["post"])
    def disposition(self, request: Request, **_kwargs: str) -> Response:
        """Accept the risk, dispute the flag, or say that it is being cured."""
        flag = self.get_object()
        taken = self.taken(request, NewDispositionSerializer)
        who = self.attribution()
        dispose_flag(
            flag,
            DispositionState(taken["state"]),
            taken["reason"],
            actor=who["actor"],
            until=taken.get("until"),
        )
        return self.answer(self.get_queryset().get(pk=flag.pk))


def _computed(case: Case, day: date | None) -> str:
    try:
        return checklist_on(case, day)
    except NotPinnedError as error:
        if day is not None:
            raise ValidationError({"as_of": [str(error)]}) from error
        raise ProblemError(Problem(409, "conflict", str(error))) from error


def _work_product(body: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=_JSON)
    answer["Cache-Control"] = "private, no-store"
    return answer
