"""Shapes of many items logged from one sheet."""

from typing import Any

from rest_framework import serializers

from access.models import Team
from designations.api.fields import NamedField, WordField
from evidence.sheets.entries import CheckedSheet
from evidence.words import EvidenceKind


class SheetRequestSerializer(serializers.Serializer[Any]):
    """A sheet, and whether what it says is entered or only checked."""

    file = serializers.FileField(
        help_text="CSV in UTF-8 or XLSX, one item a row; the columns are those of the entry form."
    )
    team = NamedField(
        queryset=Team.objects.none(), help_text="The team that owns the rows that name none."
    )
    kind = WordField(
        EvidenceKind, required=False, allow_null=True, help_text="Of the rows that name none."
    )
    enter = serializers.BooleanField(
        default=False, help_text="Log the items. Without it the sheet is only checked."
    )
    leave_out_known = serializers.BooleanField(
        default=False,
        help_text="Pass over rows whose file or address is in the record, or that repeat a row.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        request = self.context.get("request")
        if request is not None:
            field: Any = self.fields["team"]
            field.queryset = Team.objects.visible_to(request.user)


class _RowProblemSerializer(serializers.Serializer[Any]):
    row = serializers.IntegerField(help_text="As a spreadsheet counts: the head is row 1.")
    column = serializers.CharField(help_text="As the sheet names it; empty: of the whole row.")
    said = serializers.CharField()


class _AlikeSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    why = serializers.CharField()
    same = serializers.BooleanField(help_text="The same address, not only alike.")


class _KnownRowSerializer(serializers.Serializer[Any]):
    row = serializers.IntegerField()
    repeats_row = serializers.IntegerField(allow_null=True)
    alike = _AlikeSerializer(many=True)


class SheetReportSerializer(serializers.Serializer[Any]):
    """What the sheet holds, what is wrong with it, and what was entered."""

    filename = serializers.CharField()
    sha256 = serializers.CharField()
    rows = serializers.IntegerField()
    problems = _RowProblemSerializer(many=True)
    perhaps_known = _KnownRowSerializer(many=True)
    new_sources = serializers.ListField(child=serializers.CharField())
    entered = serializers.ListField(child=serializers.CharField(), help_text="Keys, in order.")


def report_of(sheet: CheckedSheet, entered: list[str]) -> dict[str, Any]:
    """A checked sheet as the answer shows it."""
    return {
        "filename": sheet.filename,
        "sha256": sheet.sha256,
        "rows": len(sheet.entries),
        "problems": [
            {"row": entry.row, "column": problem.column, "said": problem.said}
            for entry in sheet.wrong
            for problem in entry.problems
        ],
        "perhaps_known": [
            {
                "row": entry.row,
                "repeats_row": entry.twin,
                "alike": [
                    {"key": each.item.key, "why": each.why, "same": each.same}
                    for each in entry.alike
                ],
            }
            for entry in sheet.doubtful
        ],
        "new_sources": sheet.new_sources,
        "entered": entered,
    }
