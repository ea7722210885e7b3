"""Files: attached as they stream in, handed out with their digest."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.errors import ProblemError
from access.api.parsers import JSONParser
from access.api.problems import Problem
from access.api.views import Created, Retrieved
from access.policy import Verb
from evidence.actions import (
    NotInQuarantineError,
    NotKeptError,
    NotWholeError,
    TakenUpError,
    WithheldError,
    attach_exhibit,
    certify,
    check_exhibit,
    read_exhibit,
    release,
)
from evidence.api.serializers.parts import (
    CertifySerializer,
    CheckSerializer,
    ExhibitSerializer,
    NewExhibitSerializer,
    ReleaseSerializer,
    SameTextSerializer,
)
from evidence.api.views.parts import WithinItem
from evidence.certificate.download import as_download
from evidence.models import CustodyKind, Exhibit
from evidence.search.same_text import much_the_same
from evidence.storage import BytesDifferError, BytesMissingError, StoreAwayError

_AWAY = "No exhibit at all can be found: tell whoever runs this service."


_LATER = {"Retry-After": "60"}


@contextmanager
def not_kept_told() -> Iterator[None]:
    """Answer otherwise than 400 where nothing is wrong with the file.

    503 where there is no place for it; 409 where the team took the delivery up meanwhile.
    """
    try:
        yield
    except TakenUpError as error:
        raise ProblemError(Problem(409, "conflict", str(error))) from error
    except NotKeptError as error:
        detail = " ".join(error.messages)
        raise ProblemError(Problem(503, "unavailable", detail, headers=_LATER)) from error


class AnyTypeRenderer(BaseRenderer):
    """Lets a client ask for any type: a file has the one it has."""

    media_type = "*/*"
    format = "file"
    charset = None
    render_style = "binary"


class PdfRenderer(BaseRenderer):
    """Lets a client ask for the certificate as what it is."""

    media_type = "application/pdf"
    format = "pdf"
    charset = None
    render_style = "binary"


class ExhibitViewSet(WithinItem, Retrieved, Created):
    """The files of an item. Bytes are never changed; equal bytes are stored once."""

    resource = "exhibit"
    verbs: ClassVar = {
        "file": Verb.READ,
        "alike": Verb.READ,
        "release": Verb.DISPOSE,
        "check": Verb.RUN,
        "certificate": Verb.EXPORT,
    }
    queryset = Exhibit.objects.select_related("blob", "item", "intake__released_by")
    serializer_class = ExhibitSerializer
    requests: ClassVar = {
        "create": NewExhibitSerializer,
        "release": ReleaseSerializer,
        "check": CheckSerializer,
        "certificate": CertifySerializer,
    }
    parser_classes = (MultiPartParser,)
    cursor_ordering = ("position", "pk")

    def act_create(self, data: dict[str, Any]) -> Exhibit:
        """Store the file, hashed as it is written, and attach it with an entry of custody."""
        of_exhibit = None
        if data.get("of_exhibit"):
            of_exhibit = get_object_or_404(self.get_queryset(), pk=data["of_exhibit"])
        with not_kept_told():
            return attach_exhibit(
                self.parent,
                data["file"],
                data["file"].name,
                role=data["role"],
                acquired=data.get("acquired_on"),
                of_exhibit=of_exhibit,
                **self.attribution(),
            )

    def shown(self, row: Exhibit) -> Exhibit:
        """Read again, with where its intake stands."""
        found: Exhibit = self.get_queryset().get(pk=row.pk)
        return found

    @extend_schema(responses=SameTextSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def alike(self, request: Request, **_kwargs: str) -> Response:
        """Files of other items whose text is much the same, the most alike first; five at most."""
        exhibit = self.get_object()
        reader = self.attribution()["actor"]
        found = much_the_same(self.parent, [exhibit], reader).get(exhibit.pk, [])
        return Response(SameTextSerializer(found, many=True).data)

    @extend_schema(request=ReleaseSerializer, responses=ExhibitSerializer)
    @action(detail=True, methods=["post"], parser_classes=[JSONParser])
    def release(self, request: Request, **_kwargs: str) -> Response:
        """Let the file out of quarantine; the reason stays in its custody."""
        exhibit = self.get_object()
        taken = self.taken(request, ReleaseSerializer)
        try:
            release(exhibit, **self.attribution(taken["reason"]))
        except NotInQuarantineError as error:
            raise ProblemError(Problem(409, "conflict", " ".join(error.messages))) from error
        return self.answer(exhibit)

    @extend_schema(request=CheckSerializer, responses=ExhibitSerializer)
    @action(detail=True, methods=["post"], parser_classes=[JSONParser])
    def check(self, request: Request, **_kwargs: str) -> Response:
        """Read the stored bytes now; the custody has what was found, and why it was asked."""
        exhibit = self.get_object()
        taken = self.taken(request, CheckSerializer)
        try:
            check_exhibit(exhibit, **self.attribution(taken["reason"]))
        except StoreAwayError as error:
            raise ProblemError(Problem(409, "conflict", _AWAY)) from error
        return self.answer(self.shown(exhibit))

    @extend_schema(
        request=CertifySerializer,
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    @action(
        detail=True,
        methods=["post"],
        parser_classes=[JSONParser],
        renderer_classes=[JSONRenderer, PdfRenderer],
    )
    def certificate(self, request: Request, **_kwargs: str) -> HttpResponse:
        """A certificate of custody as PDF, unsigned: a form for a qualified person.

        The stored bytes are read for it; where they are not whole there is no certificate.
        """
        exhibit = self.get_object()
        taken = self.taken(request, CertifySerializer)
        try:
            made = certify(exhibit, **self.attribution(taken["reason"]))
        except NotWholeError as error:
            raise ProblemError(Problem(409, "conflict", " ".join(error.messages))) from error
        except StoreAwayError as error:
            raise ProblemError(Problem(409, "conflict", _AWAY)) from error
        return as_download(made)

    @extend_schema(
        responses={
            (200, "*/*"): OpenApiResponse(
                OpenApiTypes.BINARY,
                description="The bytes, in the file's own type, with their SHA-256 in "
                "`Repr-Digest` (RFC 9530). The download is entered in the custody.",
            )
        }
    )
    @action(detail=True, methods=["get"], renderer_classes=[JSONRenderer, AnyTypeRenderer])
    def file(self, request: Request, **_kwargs: str) -> FileResponse:
        """Download the bytes, checked against their SHA-256."""
        exhibit = self.get_object()
        try:
            stream = read_exhibit(
                exhibit, kind=CustodyKind.EXPORTED, **self.attribution("exhibit downloaded")
            )
        except WithheldError as error:
            raise ProblemError(Problem(409, "conflict", str(error))) from error
        except StoreAwayError as error:
            detail = "The store of exhibits does not answer now; that says nothing of this file."
            raise ProblemError(Problem(503, "unavailable", detail, headers=_LATER)) from error
        except BytesMissingError as error:
            detail = "A docket file named these bytes; they are not held here. Attach the file."
            if exhibit.blob.size is not None:
                detail = "The stored bytes cannot be found or read: tell whoever runs this service."
            raise ProblemError(Problem(404, "not-found", detail)) from error
        except BytesDifferError as error:
            detail = (
                "The stored bytes no longer have the SHA-256 they were received with. They are "
                "not handed out, and the custody says so: tell whoever runs this service."
            )
            raise ProblemError(Problem(409, "conflict", detail)) from error
        answer = FileResponse(
            stream,
            as_attachment=True,
            filename=exhibit.filename or exhibit.blob_id,
            content_type=exhibit.media_type or "application/octet-stream",
        )
        digest = base64.b64encode(bytes.fromhex(exhibit.blob_id)).decode()
        answer["Repr-Digest"] = f"sha-256=:{digest}:"
        answer["ETag"] = f'"{exhibit.blob_id}"'
        answer["Cache-Control"] = "private, no-store"
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return answer
