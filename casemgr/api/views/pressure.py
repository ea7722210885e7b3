"""A case under pressure: stress, brief, gap, what-if, authorities compared. Never stored."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.errors import ProblemError
from access.api.problems import Problem
from access.api.views import ScopedViewSet
from access.policy import Verb
from casemgr.api.of_case import WithinCase
from casemgr.api.serializers.what_if import WhatIfSerializer
from casemgr.assemble import NotPinnedError
from casemgr.docket.output import case_json
from casemgr.docket.pressure import pressure_json
from casemgr.models import Assessment, Case
from casemgr.review.pressure import compared, pressed, supposed
from casemgr.words import Grade
from casemgr.work_product import HANDLING
from designations.models import Designee

AS_OF = OpenApiParameter("as_of", OpenApiTypes.DATE, description="Default: today.")
_COMPUTED = OpenApiResponse(OpenApiTypes.OBJECT, description="Computed, and stored nowhere.")


class _AskedSerializer(serializers.Serializer[Any]):
    as_of = serializers.DateField(required=False)
    target = serializers.ChoiceField(Grade.choices(), default=Grade.ADEQUATE)


class PressureViewSet(WithinCase):
    """What a court may disregard, what a challenger would say, what would mend it."""

    resource = "checklist"
    verbs: ClassVar = {
        "stress": Verb.READ,
        "brief": Verb.READ,
        "gap": Verb.READ,
        "what_if": Verb.READ,
    }
    queryset = Assessment.objects.all()

    @extend_schema(operation_id="cases_stress", parameters=[AS_OF], responses=_COMPUTED)
    def stress(self, request: Request, **_kwargs: str) -> Response:
        """The element by hypothesis matrix, each origin struck in turn."""
        return self._pressed(request, stressed=True)

    @extend_schema(operation_id="cases_brief", parameters=[AS_OF], responses=_COMPUTED)
    def brief(self, request: Request, **_kwargs: str) -> Response:
        """The strongest attack on each element, strongest first, and what answers it."""
        return self._pressed(request, briefed=True)

    @extend_schema(
        operation_id="cases_gap",
        parameters=[AS_OF, OpenApiParameter("target", str, enum=list(Grade))],
        responses=_COMPUTED,
    )
    def gap(self, request: Request, **_kwargs: str) -> Response:
        """A small set of cures that would lift the case to a grade, ranked by effect."""
        return self._pressed(request, gap=True)

    @extend_schema(
        operation_id="cases_what_if", request=WhatIfSerializer, responses={200: _COMPUTED}
    )
    def what_if(self, request: Request, **_kwargs: str) -> Response:
        """The assessment that would follow from some changes; nothing is written."""
        asked = WhatIfSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        day, changes = asked.validated_data.get("as_of"), asked.validated_data["changes"]
        with pinned(day):
            found = supposed(self.parent, day, changes)
        return answered(
            {
                "before": found.before.grade,
                "after": case_json(found.after),
                "moved": [asdict(each) for each in found.moved],
            }
        )

    def _pressed(self, request: Request, *, gap: bool = False, **parts: bool) -> Response:
        asked = asked_of(request)
        day = asked.get("as_of")
        target = Grade(asked["target"]) if gap else None
        with pinned(day):
            reviewed, pressure = pressed(self.parent, day, target=target, **parts)
        return answered(
            {"case": self.parent.key, "grade": reviewed.report.grade} | pressure_json(pressure)
        )


class ComparisonViewSet(ScopedViewSet):
    """One designee's record under every authority it is brought under."""

    resource = "checklist"
    team_path = None
    verbs: ClassVar = {"compare": Verb.READ}
    queryset = Case.objects.all()

    @extend_schema(operation_id="designees_comparison", parameters=[AS_OF], responses=_COMPUTED)
    def compare(self, request: Request, designee: str) -> Response:
        """Which authority the record carries, and what each other one lacks.

        Of the cases the caller sees; empty where there is none.
        """
        day = asked_of(request).get("as_of")
        named = get_object_or_404(Designee, key=designee)
        cases = self.get_queryset().filter(designee=named).order_by("key")
        with pinned(day):
            found = compared(list(cases), day)
        return answered({"designee": designee, "authorities": [asdict(each) for each in found]})


def asked_of(request: Request) -> dict[str, Any]:
    """What the address asks for; raises ValidationError naming the parameter."""
    asked = _AskedSerializer(data=request.query_params)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)


@contextmanager
def pinned(day: date | None) -> Iterator[None]:
    """What the address must say, or the case must be, where no version of the law holds."""
    try:
        yield
    except NotPinnedError as error:
        if day is not None:
            raise ValidationError({"as_of": [str(error)]}) from error
        raise ProblemError(Problem(409, "conflict", str(error))) from error


def answered(body: dict[str, Any]) -> Response:
    """An answer that is work product, stamped and kept by no cache."""
    return Response({"handling": HANDLING} | body, headers={"Cache-Control": "private, no-store"})
