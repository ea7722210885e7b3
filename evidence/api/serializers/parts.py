"""Shapes of what hangs on an item: grading, derivation, shares, files, custody."""

from typing import Any, ClassVar

from rest_framework import serializers

from access.models import Team
from designations.api.fields import NamedField, PartialDateField, TextField, WordField
from evidence.admiralty import CREDIBILITY_MEANS, RELIABILITY_MEANS
from evidence.api.serializers.items import ClaimSerializer
from evidence.models import (
    BY_HAND,
    Blob,
    CustodyEvent,
    Derivation,
    EvidenceItem,
    Exhibit,
    Grading,
    Intake,
    Share,
    Source,
)
from evidence.words import DerivationKind, ExhibitRole, Reliability


class GradingSerializer(serializers.ModelSerializer[Grading]):
    """An Admiralty grading that holds or held for a time."""

    reliability = WordField(Reliability, allow_null=True, help_text=RELIABILITY_MEANS)
    entered_on = PartialDateField(source="entered", allow_null=True)
    ended_on = PartialDateField(source="ended_from", allow_null=True)

    class Meta:
        model = Grading
        fields = ("reliability", "credibility", "graded", "why", "entered_on", "ended_on")
        extra_kwargs: ClassVar = {"credibility": {"help_text": CREDIBILITY_MEANS}}


class NewGradingSerializer(serializers.Serializer[Any]):
    """A grading from today on."""

    reliability = WordField(Reliability, empty=None, allow_null=True, help_text=RELIABILITY_MEANS)
    credibility = serializers.IntegerField(
        allow_null=True, min_value=1, max_value=6, help_text=CREDIBILITY_MEANS
    )
    reason = TextField(help_text="Why the source is graded so.")


class DerivationSerializer(serializers.ModelSerializer[Derivation]):
    """The item comes from exactly one parent in the way ``kind`` says.

    A parent item outside the reader's sight is shown as null, and so is its key.
    """

    parent_item = serializers.SerializerMethodField()
    parent_source = serializers.SlugRelatedField[Source](
        slug_field="key", read_only=True, allow_null=True
    )
    kind = WordField(DerivationKind)
    entered_on = PartialDateField(source="entered", allow_null=True)
    ended_on = PartialDateField(source="ended_from", allow_null=True)

    class Meta:
        model = Derivation
        fields = ("id", "kind", "parent_item", "parent_source", "why", "entered_on", "ended_on")

    def get_parent_item(self, row: Derivation) -> str | None:
        """Key of the item it comes from, if the reader may know of that."""
        shown = self.context.get("shown_items")
        if row.parent_item is None or (shown is not None and row.parent_item_id not in shown):
            return None
        key: str = row.parent_item.key
        return key


class NewDerivationSerializer(serializers.Serializer[Any]):
    """Where the item comes from: an item or a source."""

    kind = WordField(DerivationKind)
    parent_item = NamedField(queryset=EvidenceItem.objects.none(), required=False, allow_null=True)
    parent_source = NamedField(queryset=Source.objects.none(), required=False, allow_null=True)
    reason = TextField(required=False, default="", help_text="How one knows.")
    grant_share = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Share the parent with every team whose case rests on the item, if you may.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        request = self.context.get("request")
        if request is not None:
            fields: Any = self.fields
            fields["parent_item"].queryset = EvidenceItem.objects.visible_to(request.user)
            fields["parent_source"].queryset = Source.objects.visible_to(request.user)


class ShareSerializer(serializers.ModelSerializer[Share]):
    """Another team that sees the item."""

    team = serializers.SlugRelatedField[Team](slug_field="key", read_only=True)

    class Meta:
        model = Share
        fields = ("team", "shared_at")


class NewShareSerializer(serializers.Serializer[Any]):
    """The team to share with."""

    team = NamedField(queryset=Team.objects.all())


class ClaimsSerializer(serializers.Serializer[Any]):
    """All claims of the item, in order, in place of those it had."""

    claims = ClaimSerializer(many=True)


class IntakeSerializer(serializers.ModelSerializer[Intake]):
    """Where the intake of a file stands, and why it was set aside."""

    released_by = serializers.CharField(source="released_by.username", allow_null=True)

    class Meta:
        model = Intake
        fields = (
            "state", "step", "kind", "finding", "said", "remark",
            "scanned", "put_off", "put_off_times", "language",
            "released_by", "released_at", "released_why", "begun_at", "ended_at",
        )  # fmt: skip
        read_only_fields = fields


class SameTextSerializer(serializers.Serializer[Any]):
    """A file of another item with much the same text."""

    item = serializers.CharField(source="exhibit.item.key", help_text="Key of that item.")
    exhibit = serializers.IntegerField(source="exhibit.pk", help_text="Id of that file.")
    filename = serializers.CharField(source="exhibit.filename")
    percent = serializers.IntegerField(
        help_text="Of groups of four words that both have, estimated; 70 or more."
    )
    places = serializers.CharField(help_text="Pages of this file; empty where it has none.")
    derived = serializers.BooleanField(
        help_text="Whether one item is said to come from the other, today."
    )


class BytesSerializer(serializers.ModelSerializer[Blob]):
    """What the newest reading of the stored bytes found."""

    class Meta:
        model = Blob
        fields = ("state", "found_sha256", "failing_since", "checked_at", "whole_at")
        read_only_fields = fields


class ExhibitSerializer(serializers.ModelSerializer[Exhibit]):
    """A file as evidence of one item."""

    intake = IntakeSerializer(
        read_only=True, allow_null=True, help_text="Null: bytes not held here, nothing to take in."
    )

    bytes = BytesSerializer(
        source="blob",
        read_only=True,
        help_text="Whether the stored bytes still are those received; dates null: not read again.",
    )
    sha256 = serializers.CharField(source="blob_id", read_only=True)
    size = serializers.IntegerField(
        source="blob.size", read_only=True, allow_null=True, help_text="Null: bytes not held here."
    )
    role = WordField(ExhibitRole)
    acquired_on = PartialDateField(source="acquired", allow_null=True)
    of_exhibit = serializers.IntegerField(source="of_exhibit_id", allow_null=True, read_only=True)

    class Meta:
        model = Exhibit
        fields = (
            "id", "sha256", "size", "filename", "media_type", "role", "acquired_on",
            "of_exhibit", "recorded_at", "intake", "bytes",
        )  # fmt: skip


class NewExhibitSerializer(serializers.Serializer[Any]):
    """A file to attach, as multipart/form-data."""

    file = serializers.FileField(allow_empty_file=True, max_length=255)
    role = WordField(ExhibitRole, required=False, default=ExhibitRole.ORIGINAL)
    acquired_on = PartialDateField(required=False)
    of_exhibit = serializers.IntegerField(
        required=False, min_value=1, help_text="Id of the exhibit this is a version of."
    )


class CheckSerializer(serializers.Serializer[Any]):
    """Why the bytes are to be read again."""

    reason = TextField(help_text="Kept in the custody of the file.")


class CertifySerializer(serializers.Serializer[Any]):
    """What a certificate of custody is made for."""

    reason = TextField(help_text="Kept in the custody of the file, and printed.")


class ReleaseSerializer(serializers.Serializer[Any]):
    """Why a file in quarantine may be used after all."""

    reason = TextField(help_text="Kept in the custody of the file.")


class NewCustodySerializer(serializers.Serializer[Any]):
    """A hand-over or a seal, which happened outside the service."""

    kind = serializers.ChoiceField(choices=[(kind.value, kind.label) for kind in BY_HAND])
    what = TextField(
        max_length=300, help_text="From whom to whom; or what was sealed, and the number."
    )
    on = PartialDateField(help_text="The day it happened.")
    exhibit = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, help_text="Id of the file it is about."
    )
    reason = TextField()


class CustodySerializer(serializers.ModelSerializer[CustodyEvent]):
    """One entry of the chain of custody."""

    actor = serializers.CharField(
        source="actor.username", allow_null=True, help_text="Null: the system itself."
    )
    exhibit = serializers.IntegerField(source="exhibit_id", allow_null=True)

    class Meta:
        model = CustodyEvent
        fields = ("at", "kind", "actor", "why", "exhibit", "sha256", "detail")
