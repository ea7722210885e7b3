"""Large files in pieces, by the tus resumable upload protocol 1.0 (core, creation, termination).

https://tus.io/protocols/resumable-upload: `POST` makes the upload, `PATCH` adds bytes from
`Upload-Offset` on, `HEAD` says how much has arrived, `DELETE` gives it up.
"""

import base64
import binascii
import io
from collections.abc import Mapping
from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from access.api.errors import ProblemError
from access.api.parsers import JSONParser
from access.api.problems import Problem
from access.api.views import Created, Retrieved
from access.policy import Verb
from evidence.actions import (
    MAX_EXHIBIT_BYTES,
    NotYoursError,
    add_bytes,
    begin_upload,
    discard_upload,
)
from evidence.actions.uploads import received
from evidence.api.serializers.uploads import NewUploadSerializer, UploadSerializer
from evidence.api.views.exhibits import not_kept_told
from evidence.api.views.parts import WithinItem
from evidence.arriving import InHandError, OffsetError
from evidence.models import Upload

TUS = "1.0.0"
_SAID = {
    "Tus-Resumable": TUS,
    "Tus-Version": TUS,
    "Tus-Extension": "creation,termination",
    "Tus-Max-Size": str(MAX_EXHIBIT_BYTES),
}


VERBS: Mapping[str, Verb] = {"partial_update": Verb.CREATE, "destroy": Verb.CREATE}
"""Whoever may begin an upload goes on with it and gives it up."""


class PieceParser(BaseParser):
    """The bytes of a piece, not yet read."""

    media_type = "application/offset+octet-stream"

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The stream itself."""
        return stream


class InPieces(Retrieved, Created):
    """The protocol, for files of whatever ``parent`` a viewset names.

    The viewset says by ``refuse_more(size)`` and ``refuse_late()`` when nothing is taken.
    """

    requests: ClassVar[Mapping[str, type[BaseSerializer[Any]] | None]]

    def get_parsers(self: Any) -> list[BaseParser]:
        """Pieces for PATCH; JSON, or the headers of tus, for the rest."""
        if self.request is not None and self.request.method == "PATCH":
            return [PieceParser()]
        return [JSONParser()]

    def initial(self: Any, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse another version of the protocol, as it demands."""
        asked = request.headers.get("Tus-Resumable", TUS)
        if asked != TUS and request.method != "OPTIONS":
            detail = f"Tus-Resumable: this service speaks {TUS}, not {asked}."
            raise ProblemError(Problem(412, "precondition-failed", detail))
        super().initial(request, *args, **kwargs)  # type: ignore[misc]

    def finalize_response(
        self: Any, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Any:
        """With what a tus client looks for."""
        response = super().finalize_response(  # type: ignore[misc]
            request, response, *args, **kwargs
        )
        for name, value in _SAID.items():
            response[name] = value
        return response

    def _create(self: Any, request: Request) -> Response:
        """Make room for a file; `Location` is where its bytes go."""
        given = _announced(request) if "Upload-Length" in request.headers else request.data
        shape = self.requests["create"]
        serializer = shape(data=given, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        data = serializer.validated_data
        self.refuse_more(data["size"])
        who = self.attribution(data.get("reason", ""))
        upload = begin_upload(
            self.parent,
            data["filename"],
            data["size"],
            role=data["role"],
            acquired=data.get("acquired_on"),
            sha256=data["sha256"],
            **who,
        )
        answer: Response = self.answer(upload, status.HTTP_201_CREATED)
        answer["Location"] = self.reverse_action(
            "detail", kwargs={**self.kwargs, "key": upload.key}
        )
        return answer

    @extend_schema(description="`HEAD` answers the same in `Upload-Offset` and `Upload-Length`.")
    def retrieve(self: Any, request: Request, **_kwargs: str) -> Response:
        """How much has arrived, and what became of it."""
        upload = self.get_object()
        answer: Response = self.answer(upload)
        answer["Upload-Offset"] = str(received(upload))
        answer["Upload-Length"] = str(upload.size)
        answer["Cache-Control"] = "no-store"
        return answer

    @extend_schema(
        request={"application/offset+octet-stream": OpenApiTypes.BINARY},
        parameters=[
            OpenApiParameter(
                "Upload-Offset",
                int,
                OpenApiParameter.HEADER,
                required=True,
                description="Where the piece begins: all that has arrived so far.",
            )
        ],
        responses={
            204: OpenApiResponse(
                description="Kept; `Upload-Offset` says how much has arrived. When all has, the "
                "file is attached."
            )
        },
    )
    def partial_update(self: Any, request: Request, **_kwargs: str) -> Response:
        """Add the next bytes. What arrived before a connection was cut is kept."""
        upload = self.get_object()
        piece = request.data if hasattr(request.data, "read") else io.BytesIO()
        offset = _number(request, "Upload-Offset")
        self.refuse_late()
        try:
            with not_kept_told():
                has = add_bytes(upload, piece, offset, actor=self.attribution()["actor"])
        except (OffsetError, NotYoursError) as error:
            raise ProblemError(Problem(409, "conflict", str(error))) from error
        except InHandError as error:
            raise ProblemError(Problem(423, "locked", str(error))) from error
        return Response(status=status.HTTP_204_NO_CONTENT, headers={"Upload-Offset": str(has)})

    def destroy(self: Any, request: Request, **_kwargs: str) -> Response:
        """Give the upload up; what has arrived of it is forgotten."""
        try:
            discard_upload(self.get_object())
        except InHandError as error:
            raise ProblemError(Problem(423, "locked", str(error))) from error
        return Response(status=status.HTTP_204_NO_CONTENT)


class UploadViewSet(InPieces, WithinItem):
    """Files of the item that arrive in pieces, resumable after any cut (tus 1.0).

    An upload that is whole becomes an exhibit at once; `exhibit` then names it for a day. One to
    which nothing was added for a week is forgotten.
    """

    resource = "exhibit"
    verbs: ClassVar = VERBS
    queryset = Upload.objects.select_related("begun_by", "item__owner_team")
    serializer_class = UploadSerializer
    requests: ClassVar = {"create": NewUploadSerializer}
    lookup_field = "key"
    lookup_value_converter = "uuid"
    cursor_ordering = ("begun_at", "pk")

    def refuse_more(self, size: int) -> None:
        """As many as ``begin_upload`` takes."""

    def refuse_late(self) -> None:
        """Never: an item of the office is added to as long as it is there."""


def _announced(request: Request) -> dict[str, Any]:
    """What the headers of a tus creation request say. Raises ValidationError."""
    found: dict[str, Any] = {"size": _number(request, "Upload-Length")}
    for pair in filter(None, request.headers.get("Upload-Metadata", "").split(",")):
        name, _, value = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(value, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            raise ValidationError(
                {"Upload-Metadata": f"The value of {name!r} is not UTF-8 text in base64."}
            ) from None
    return {name: value for name, value in found.items() if value != ""}


def _number(request: Request, header: str) -> int:
    said = request.headers.get(header, "")
    if not (said.isascii() and said.isdecimal() and len(said) < 19):
        raise ValidationError({header: "Say a whole number of bytes in this header."})
    return int(said)
