"""Docket files in and out."""

import json
import re
from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.errors import ProblemError
from access.api.idempotency import once
from access.api.permissions import require_in
from access.api.problems import FieldError, Problem
from access.api.views import ScopedViewSet
from access.models import Team
from access.policy import Verb
from casemgr.actions.import_docket import StoredDocket, store_docket
from casemgr.api.of_case import WithinCase
from casemgr.docket import DocketError, read_docket, write_docket, write_docket_json
from casemgr.export import NotOneDocketError, docket_of
from casemgr.models import Case
from designations.api.fields import NamedField
from evidence.models import EvidenceItem

MAX_DOCKET_BYTES = 20 * 1024 * 1024
_YAML = "application/yaml"


class DocketParser(BaseParser):
    """The text of a docket file, read by the docket reader and not by a general one."""

    media_type = _YAML

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Any = None
    ) -> dict[str, str]:
        """The text; raises ProblemError for one too large or not UTF-8."""
        body = stream.read(MAX_DOCKET_BYTES + 1)
        if len(body) > MAX_DOCKET_BYTES:
            detail = f"A docket file has at most {MAX_DOCKET_BYTES} bytes; split it."
            raise ProblemError(Problem(413, "payload-too-large", detail))
        try:
            return {"text": body.decode("utf-8-sig")}
        except UnicodeDecodeError as error:
            detail = f"The docket is not UTF-8 text (byte {error.start}); save it as UTF-8."
            raise ProblemError(Problem(400, "malformed-request", detail)) from error


class DocketJsonParser(DocketParser):
    """The same in JSON."""

    media_type = "application/json"


class YamlRenderer(BaseRenderer):
    """Chosen by ``Accept: application/yaml`` or ``?format=yaml``."""

    media_type = _YAML
    format = "yaml"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None
    ) -> bytes:
        """Docket views write their own text; what else is said is said in JSON, which is YAML."""
        return json.dumps(data).encode()


class StoredDocketSerializer(serializers.Serializer[Any]):
    """What an import did, by keys."""

    cases_added = serializers.ListField(child=serializers.CharField())
    cases_unchanged = serializers.ListField(child=serializers.CharField())
    items_added = serializers.ListField(child=serializers.CharField())
    items_unchanged = serializers.ListField(child=serializers.CharField())


class _TeamSerializer(serializers.Serializer[Any]):
    team = NamedField(queryset=Team.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["team"]
        field.queryset = Team.objects.visible_to(self.context["request"].user)


class DocketViewSet(ScopedViewSet):
    """Importing docket files: all of it or nothing, and every error by its path."""

    resource = "docket"
    team_path = None
    queryset = Case.objects.none()
    parser_classes = (DocketParser, DocketJsonParser)

    @extend_schema(
        parameters=[
            OpenApiParameter("team", str, required=True, description="Key of the team it is for.")
        ],
        request={_YAML: OpenApiTypes.STR, "application/json": OpenApiTypes.OBJECT},
        responses={201: StoredDocketSerializer, 200: StoredDocketSerializer},
    )
    def create(self, request: Request) -> Any:
        """Import a docket file. 201 when something was added, 200 when all was there already."""
        return once(request, lambda: self._import(request))

    def _import(self, request: Request) -> Response:
        asked = _TeamSerializer(data=request.query_params, context={"request": request})
        asked.is_valid(raise_exception=True)
        chosen: Team = asked.validated_data["team"]
        require_in(request, self.resource, Verb.CREATE, chosen)
        who = self.attribution("import a docket file")
        as_json = "json" in (request.content_type or "")
        parsed: Any = request.data
        text: str = parsed.get("text", "")  # an empty body is not given to a parser
        try:
            docket = read_docket(text, as_json=as_json)
            stored = store_docket(docket, chosen, **who)
        except DocketError as error:
            raise ProblemError(refused(error)) from error
        code = status.HTTP_201_CREATED if _adds(stored) else status.HTTP_200_OK
        return Response(StoredDocketSerializer(stored).data, status=code)


class CaseDocketViewSet(WithinCase):
    """A case as a docket file, with all evidence it rests on."""

    resource = "docket"
    verbs: ClassVar = {"export": Verb.EXPORT}
    queryset = Case.objects.all()
    renderer_classes = (YamlRenderer, JSONRenderer)

    @extend_schema(
        operation_id="cases_docket_export",
        filters=False,
        parameters=[OpenApiParameter("format", str, enum=["yaml", "json"])],
        responses={
            (200, _YAML): OpenApiResponse(OpenApiTypes.OBJECT),
            (200, "application/json"): OpenApiResponse(OpenApiTypes.OBJECT),
        },
    )
    def export(self, request: Request, **_kwargs: str) -> HttpResponse:
        """The docket file. Signatures, custody, flags and history stay here."""
        try:
            docket = docket_of([self.parent])
        except NotOneDocketError as error:
            raise ProblemError(Problem(409, "conflict", str(error))) from error
        self._sees_all({item.key for item in docket.evidence})
        chosen = request.accepted_renderer.format
        text = write_docket(docket) if chosen == "yaml" else write_docket_json(docket)
        media = _YAML if chosen == "yaml" else "application/json"
        answer = HttpResponse(text, content_type=f"{media}; charset=utf-8")
        name = re.sub(r"[^A-Za-z0-9._-]", "_", self.parent.key)
        answer["Content-Disposition"] = f'attachment; filename="{name}.{chosen}"'
        answer["Cache-Control"] = "private, no-store"
        return answer

    def _sees_all(self, keys: set[str]) -> None:
        """An origin of linked evidence may belong to another team: it leaves only with sight."""
        seen = EvidenceItem.objects.visible_to(self.request.user).filter(key__in=keys).count()
        if seen != len(keys):
            detail = (
                f"This case rests on {len(keys) - seen} items, origins of what is linked, that "
                "you may not see. Have them shared with the team, then export."
            )
            raise ProblemError(Problem(403, "permission-denied", detail))


def refused(error: DocketError) -> Problem:
    """Every error of the file by its path, as a JSON Pointer into it."""
    count = len(error.errors)
    return Problem(
        400,
        "validation-failed",
        f"{count} {'error' if count == 1 else 'errors'} in the docket; nothing was imported.",
        tuple(
            FieldError(
                _pointer(each.path),
                f"{each.message}{f' — {each.fix}' if each.fix else ''}"
                f"{f' (line {each.line})' if each.line else ''}",
            )
            for each in error.errors
        ),
    )


def _pointer(path: str) -> str:
    """``cases[0].links[3].item`` as ``#/cases/0/links/3/item``."""
    steps = re.findall(r"[^.\[\]]+", path)
    return "/".join(["#", *(step.replace("~", "~0").replace("/", "~1") for step in steps)])


def _adds(stored: StoredDocket) -> bool:
    return bool(stored.cases_added or stored.items_added)
