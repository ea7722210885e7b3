"""FollowTheMoney files in, and designees with their network out."""

from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.errors import ProblemError
from access.api.idempotency import once
from access.api.permissions import require_in
from access.api.problems import Problem
from access.api.views import ScopedViewSet
from access.policy import Verb
from designations.api.shapes import SharedByAll
from designations.exchange.ftm.entities import MOST_BYTES, FtmError
from designations.models import Designee
from evidence.actions.exchange import enter_file
from evidence.api.serializers.ftm import (
    FtmReportSerializer,
    FtmRequestSerializer,
    report_of_file,
)
from evidence.exchange.check import FileRefusedError, check_file
from evidence.exchange.download import MEDIA, as_download
from evidence.exchange.write import NetworkTooLargeError, written_out


class FtmViewSet(SharedByAll, ScopedViewSet):
    """Designees, ownership and evidence from a FollowTheMoney file; all of it or nothing."""

    resource = "designee"
    team_path = None
    queryset = Designee.objects.none()
    serializer_class = FtmRequestSerializer
    parser_classes = (MultiPartParser,)

    @extend_schema(
        request={"multipart/form-data": FtmRequestSerializer},
        responses={200: FtmReportSerializer, 201: FtmReportSerializer},
    )
    def create(self, request: Request) -> Any:
        """Check a file: 200 and a report. With ``enter`` take it in: 201, or 200 if it was."""
        return once(request, lambda: self._read(request))

    def _read(self, request: Request) -> Response:
        serializer = FtmRequestSerializer(data=request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        asked = serializer.validated_data
        for resource in ("designee", "ownership", "evidence"):
            require_in(request, resource, Verb.CREATE, asked["team"])
        user, file = self.attribution()["actor"], asked["file"]
        try:
            checked = check_file(file.read(MOST_BYTES + 1), file.name, user, asked["team"])
            if not asked["enter"]:
                return Response(FtmReportSerializer(report_of_file(checked)).data)
            entered = enter_file(
                checked,
                serializer.choices(),
                team=asked["team"],
                actor=user,
                source=asked.get("source"),
            )
        except FtmError as error:
            raise ValidationError({"file": [str(error)]}) from error
        except FileRefusedError as error:
            raise ValidationError({"file": [f"{error} Nothing was entered."]}) from error
        code = status.HTTP_200_OK if entered.before else status.HTTP_201_CREATED
        return Response(FtmReportSerializer(report_of_file(checked, entered)).data, status=code)


class FtmRenderer(BaseRenderer):
    """Chosen by ``Accept``; the view writes the lines itself."""

    media_type = MEDIA
    format = "ftm"


class DesigneeFtmViewSet(SharedByAll, ScopedViewSet):
    """One designee with everyone who owns it and whom it owns, as FollowTheMoney entities."""

    resource = "designee"
    team_path = None
    verbs: ClassVar = {"export": Verb.READ}
    queryset = Designee.objects.all()
    lookup_field = "key"
    renderer_classes = (FtmRenderer, JSONRenderer)

    @extend_schema(
        operation_id="designees_ftm_export",
        filters=False,
        responses={(200, MEDIA): OpenApiResponse(OpenApiTypes.STR)},
    )
    def export(self, request: Request, **_kwargs: str) -> HttpResponse:
        """The entities, one a line; ``X-Left-Out`` says what has no place among them."""
        designee = self.get_object()
        try:
            written = written_out([designee], self.attribution()["actor"])
        except NetworkTooLargeError as error:
            raise ProblemError(Problem(409, "conflict", str(error))) from error
        return as_download(written, designee.key)
