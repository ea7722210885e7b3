"""Shapes of uploads in pieces."""

from typing import Any

from rest_framework import serializers

from designations.api.fields import PartialDateField, TextField, WordField
from evidence.actions.uploads import received
from evidence.models import Upload
from evidence.words import ExhibitRole


class UploadSerializer(serializers.ModelSerializer[Upload]):
    """A file on its way in."""

    received = serializers.SerializerMethodField()
    begun_by = serializers.CharField(source="begun_by.username", read_only=True)
    role = WordField(ExhibitRole)
    acquired_on = PartialDateField(source="acquired", allow_null=True)
    exhibit = serializers.IntegerField(
        source="exhibit_id", allow_null=True, help_text="Null: not all of it has arrived."
    )

    class Meta:
        model = Upload
        fields = (
            "key", "filename", "size", "received", "sha256", "role", "acquired_on",
            "begun_by", "begun_at", "last_at", "exhibit",
        )  # fmt: skip

    def get_received(self, row: Upload) -> int:
        """Bytes that have arrived."""
        return received(row)


class NewUploadSerializer(serializers.Serializer[Any]):
    """A file that will come in pieces.

    The same words are taken from `Upload-Length` and `Upload-Metadata` of the tus protocol.
    """

    filename = serializers.CharField(max_length=255)
    size = serializers.IntegerField(min_value=1, help_text="Bytes of the whole file.")
    sha256 = serializers.RegexField(
        r"^[0-9a-f]{64}$",
        required=False,
        default="",
        help_text="Of the whole file, where the sender knows it; other bytes are refused.",
        error_messages={"invalid": "64 lower-case hexadecimal digits."},
    )
    role = WordField(ExhibitRole, required=False, default=ExhibitRole.ORIGINAL)
    acquired_on = PartialDateField(required=False)
    reason = TextField(required=False, default="", help_text="Where the file came from.")
