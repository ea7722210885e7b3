"""Shapes of a provider's portal: what is delivered, and the receipt for it."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from designations.api.fields import PartialDateField, PeriodField, TextField, WordField
from evidence.actions.uploads import received
from evidence.api.serializers.items import (
    ChipDiversionSerializer,
    FraudulentAccountsSerializer,
    StatedNumberField,
)
from evidence.models import Delivery, Exhibit, Intake, IntakeState, Upload
from evidence.words import Comparator, EvidenceKind, ExhibitRole

DELIVERED_KINDS = (
    EvidenceKind.FRAUDULENT_ACCOUNT_REPORT,
    EvidenceKind.CHIP_DIVERSION_REPORT,
    EvidenceKind.PROXY_SERVICE_REPORT,
    EvidenceKind.MODEL_SIMILARITY,
    EvidenceKind.TECHNICAL_RECORD,
    EvidenceKind.CORRESPONDENCE,
    EvidenceKind.OTHER,
)
"""What a provider says of its own knowledge; what others found is logged by the office."""

MOST_CLAIMS = 100

_SET_ASIDE = "set aside by the inspection; the office may ask for it in another form"
_OF_STATE = {
    IntakeState.WAITING: "received and stored; being inspected",
    IntakeState.QUARANTINED: _SET_ASIDE,
    IntakeState.WHOLE: "received, inspected and kept",
}


class Exact(serializers.Serializer[Any]):
    """Refuses what it does not know: whoever sends a field believes that it counts."""

    def to_internal_value(self, data: Any) -> Any:
        """Raises ValidationError naming each unknown field."""
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, Mapping) else []
        if unknown:
            raise serializers.ValidationError(
                {str(name): "This is not taken from a portal: leave it out." for name in unknown}
            )
        return super().to_internal_value(data)


class DeliveredAccountsSerializer(Exact, FraudulentAccountsSerializer):
    """Accounts opened under false identity, and what was drawn through them."""


class DeliveredChipsSerializer(Exact, ChipDiversionSerializer):
    """Controlled chips that went where they were not licensed to go."""


class DeliveredClaimSerializer(Exact):
    """One number that the report asserts; whether it holds is not for who asserts it to say."""

    metric = TextField(max_length=100)
    comparator = WordField(Comparator, required=False, default=Comparator.EXACTLY)
    value = StatedNumberField(max_digits=30, decimal_places=6, required=False, allow_null=True)


class NewDeliverySerializer(Exact):
    """A report as its provider states it. Source, markings and grading are the office's."""

    kind = serializers.ChoiceField(choices=[kind.value for kind in DELIVERED_KINDS])
    title = TextField(max_length=300)
    summary = TextField(help_text="What it says, neutrally, in a few sentences.")
    text = TextField(required=False, help_text="Its text, where that is not a file.")
    citation = TextField(required=False, help_text="Your reference, or the address it stands at.")
    occurred = PeriodField(required=False, allow_null=True)
    dated_on = PartialDateField(source="dated", required=False, allow_null=True)
    language = TextField(required=False, max_length=35, help_text="BCP 47, such as en.")
    fraudulent_accounts = DeliveredAccountsSerializer(required=False)
    chip_diversion = DeliveredChipsSerializer(required=False)
    claims = DeliveredClaimSerializer(many=True, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Typed columns belong to their kind of report."""
        if len(attrs.get("claims", ())) > MOST_CLAIMS:
            raise serializers.ValidationError({"claims": f"{MOST_CLAIMS} numbers at most."})
        for name, of_kind in (
            ("fraudulent_accounts", EvidenceKind.FRAUDULENT_ACCOUNT_REPORT),
            ("chip_diversion", EvidenceKind.CHIP_DIVERSION_REPORT),
        ):
            if name in attrs and attrs["kind"] != of_kind:
                raise serializers.ValidationError(
                    {name: f"Only a {of_kind} has these columns; this is a {attrs['kind']}."}
                )
        return attrs


class FileReceiptSerializer(serializers.ModelSerializer[Exhibit]):
    """One file of a delivery: what was received, and where its intake stands in words."""

    size = serializers.IntegerField(source="blob.size")
    sha256 = serializers.CharField(source="blob_id")
    received_at = serializers.DateTimeField(source="recorded_at")
    state = serializers.SerializerMethodField()

    class Meta:
        model = Exhibit
        fields = ("filename", "size", "sha256", "received_at", "state")

    def get_state(self, exhibit: Exhibit) -> str:
        """Why a file was set aside is not said: it would teach how not to be."""
        intake: Intake | None = getattr(exhibit, "intake", None)
        return _OF_STATE[IntakeState(intake.state) if intake else IntakeState.WAITING]


class ReceiptSerializer(serializers.ModelSerializer[Delivery]):
    """That a delivery arrived: its key, when, what, and what became of it."""

    key = serializers.CharField(source="item.key")
    received_at = serializers.DateTimeField(source="delivered_at")
    sha256 = serializers.CharField(help_text="Of the body of the delivery, as it was sent.")
    state = serializers.SerializerMethodField()
    files = serializers.SerializerMethodField()

    class Meta:
        model = Delivery
        fields = ("key", "received_at", "sha256", "state", "files")

    def get_state(self, delivery: Delivery) -> str:
        """Whether it was accepted, and nothing of what it is used for."""
        if delivery.accepted_at is None:
            return "received; not accepted yet"
        return "received and accepted"

    def get_files(self, delivery: Delivery) -> list[dict[str, Any]]:
        """The files, the statement itself first."""
        files = delivery.item.exhibits.filter(of_exhibit=None).select_related("blob", "intake")
        return [dict(FileReceiptSerializer(each).data) for each in files.order_by("position", "pk")]


class _NewBytesSerializer(Exact):
    role = WordField(ExhibitRole, required=False, default=ExhibitRole.ORIGINAL)
    sha256 = serializers.RegexField(
        r"^[0-9a-f]{64}$",
        required=False,
        default="",
        help_text="Of the file; other bytes are refused.",
        error_messages={"invalid": "64 lower-case hexadecimal digits."},
    )


class NewFileSerializer(_NewBytesSerializer):
    """A file of a delivery."""

    file = serializers.FileField()


class NewPortalUploadSerializer(_NewBytesSerializer):
    """A file of a delivery that will come in pieces.

    The same words are taken from `Upload-Length` and `Upload-Metadata` of the tus protocol.
    """

    filename = serializers.CharField(max_length=255)
    size = serializers.IntegerField(min_value=1, help_text="Bytes of the whole file.")


class PortalUploadSerializer(serializers.ModelSerializer[Upload]):
    """A file on its way in."""

    received = serializers.SerializerMethodField()
    whole = serializers.SerializerMethodField()

    class Meta:
        model = Upload
        fields = ("key", "filename", "size", "received", "sha256", "begun_at", "last_at", "whole")

    def get_received(self, row: Upload) -> int:
        """Bytes that have arrived."""
        return received(row)

    def get_whole(self, row: Upload) -> bool:
        """Whether all of it has arrived and belongs to the delivery."""
        return row.exhibit_id is not None
