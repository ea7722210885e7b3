"""Many items from one sheet: checked by default, entered when asked."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from access.api.idempotency import once
from access.api.views import ScopedViewSet
from access.policy import Verb
from evidence.actions.many import RowRefusedError, enter_many
from evidence.api.serializers.sheets import (
    SheetReportSerializer,
    SheetRequestSerializer,
    report_of,
)
from evidence.models import EvidenceItem
from evidence.sheets.entries import Entry, check_sheet
from evidence.sheets.reading import MOST_BYTES, SheetError


class ManyItemsViewSet(ScopedViewSet):
    """Evidence items by the sheet: one row is one item; all rows are logged or none."""

    resource = "evidence"
    team_path = "owner_team"
    queryset = EvidenceItem.objects.none()
    serializer_class = SheetRequestSerializer
    parser_classes = (MultiPartParser,)

    @extend_schema(
        request={"multipart/form-data": SheetRequestSerializer},
        responses={200: SheetReportSerializer, 201: SheetReportSerializer},
    )
    def create(self, request: Request) -> Any:
        """Check a sheet: 200 and a report. With ``enter`` log its items: 201 and their keys."""
        return once(request, lambda: self._read(request))

    def _read(self, request: Request) -> Response:
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        asked = serializer.validated_data
        self.require(Verb.CREATE, asked["team"])
        user, file = self.attribution()["actor"], asked["file"]
        try:
            sheet = check_sheet(
                file.read(MOST_BYTES + 1),
                file.name,
                user,
                team=asked["team"],
                kind=asked.get("kind") or None,
                closely=not asked["enter"],
            )
            if not asked["enter"]:
                return Response(SheetReportSerializer(report_of(sheet, [])).data)
            items = enter_many(
                sheet, actor=user, may=self._may, leave_out_known=asked["leave_out_known"]
            )
        except SheetError as error:
            raise ValidationError({"file": [str(error)]}) from error
        except RowRefusedError as error:
            raise ValidationError({"file": [f"{error} Nothing was entered."]}) from error
        report = report_of(sheet, [item.key for item in items])
        return Response(SheetReportSerializer(report).data, status=status.HTTP_201_CREATED)

    def _may(self, entry: Entry) -> bool:
        if entry.team is None:
            return False
        self.require(Verb.CREATE, entry.team)
        return True
