"""A message as evidence: read by default, logged when asked."""

import hashlib
from typing import Any

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.idempotency import once
from access.api.permissions import require_in
from access.api.views import ScopedViewSet
from access.policy import Verb
from evidence.actions import NewFile, derive
from evidence.actions.mail import enter_message
from evidence.api.serializers.mail import MailReportSerializer, MailRequestSerializer, report_of
from evidence.intake.mail.stated import Mail
from evidence.mail import proposing
from evidence.mail.reading import MailError, read_message, take_out
from evidence.models import EvidenceItem


class MailViewSet(ScopedViewSet):
    """Evidence items by the message: it is the original, its attachments become exhibits of it."""

    resource = "evidence"
    team_path = "owner_team"
    queryset = EvidenceItem.objects.none()
    serializer_class = MailRequestSerializer
    parser_classes = (MultiPartParser,)

    @extend_schema(
        request={"multipart/form-data": MailRequestSerializer},
        responses={200: MailReportSerializer, 201: MailReportSerializer},
    )
    def create(self, request: Request) -> Any:
        """Read a message: 200 and what it states. With ``enter`` log it: 201 and its key."""
        return once(request, lambda: self._read(request))

    def _read(self, request: Request) -> Response:
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        asked = serializer.validated_data
        self.require(Verb.CREATE, asked["team"])
        if asked.get("derived_from"):
            require_in(request, "derivation", Verb.CREATE, asked["team"])
        user, file = self.attribution()["actor"], asked["file"]
        try:
            mail = read_message(file, file.name)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            told = (
                proposing.same_as(mail, digest, user),
                proposing.sources_like(mail, user),
                proposing.related_to(mail, user),
            )
            entered = self._enter(mail, asked) if asked["enter"] else None
        except MailError as error:
            raise ValidationError({"file": [str(error)]}) from error
        report = report_of(mail, file.name, *told, entered)
        code = status.HTTP_201_CREATED if entered else status.HTTP_200_OK
        return Response(MailReportSerializer(report).data, status=code)

    def _enter(self, mail: Mail, asked: dict[str, Any]) -> str:
        file, who = asked["file"], self.attribution("logged from a message")
        taken = take_out(file, file.name)
        file.seek(0)
        with transaction.atomic():
            item = enter_message(
                asked["team"],
                NewFile(stream=file, name=file.name),
                taken,
                kind=proposing.KIND.value,
                title=asked.get("title") or proposing.title_of(mail),
                summary=asked.get("summary") or proposing.summary_of(mail),
                citation=proposing.citation_of(mail),
                dated=proposing.dated_of(mail),
                source=asked.get("source"),
                access=asked.get("access") or "",
                markings=asked.get("markings", []),
                **who,
            )
            if parent := asked.get("derived_from"):
                derive(item, asked["derivation"], parent_item=parent, **who)
        return str(item.key)
