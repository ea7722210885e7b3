"""Shapes of the work on elements: links, findings, signatures, and what must be dealt with."""

from typing import Any

from rest_framework import serializers

from access.models import User
from casemgr.models import (
    ComparatorCase,
    ConsiderationAnswer,
    Finding,
    Link,
    Pinpoint,
    PrerequisiteMet,
    PriorPosition,
    RecordDefect,
    Signature,
)
from casemgr.models.treatment import DefectKind
from casemgr.words import (
    AnswerState,
    Attribution,
    BearsOn,
    Difference,
    Directness,
    Stance,
    StepState,
)
from designations.api.fields import (
    NamedField,
    PartialDateField,
    TextField,
    TextListField,
    WordField,
)
from evidence.models import EvidenceItem
from evidence.words import Interest


class PinpointSerializer(serializers.ModelSerializer[Pinpoint]):
    """Where in an exhibit the words stand."""

    exhibit = serializers.IntegerField(source="exhibit_id", required=False, allow_null=True)
    locator = TextField(required=False, default="", max_length=200)
    quote = TextField(required=False, default="")

    class Meta:
        model = Pinpoint
        fields = ("exhibit", "locator", "quote")


class AnswerSerializer(serializers.Serializer[Any]):
    """What the decision says to an item that cuts the other way."""

    state = WordField(AnswerState, source="answer_state")
    text = serializers.CharField(source="answer_text")
    on = PartialDateField(source="answered", allow_null=True)


class LinkSerializer(serializers.ModelSerializer[Link]):
    """An item bears on an element of the case."""

    element = serializers.CharField(source="case_element.element.code")
    item = serializers.CharField(source="item.key")
    item_kind = serializers.CharField(source="item.kind")
    item_summary = serializers.CharField(source="item.summary")
    stance = WordField(Stance)
    directness = WordField(Directness, allow_null=True)
    attribution = WordField(Attribution, allow_null=True)
    interest = WordField(Interest)
    bears_on = WordField(BearsOn, allow_null=True)
    pinpoints = PinpointSerializer(many=True)
    answer = serializers.SerializerMethodField()
    entered_on = PartialDateField(source="entered", allow_null=True)
    ended_on = PartialDateField(source="ended_from", allow_null=True)

    class Meta:
        model = Link
        fields = (
            "id", "element", "item", "item_kind", "item_summary", "stance", "directness",
            "attribution", "interest", "bears_on", "why", "pinpoints", "answer", "entered_on",
            "ended_on",
        )  # fmt: skip

    def get_answer(self, row: Link) -> dict[str, Any] | None:
        """The answer, where one was given."""
        return AnswerSerializer(row).data if row.answer_state else None


class NewLinkSerializer(serializers.Serializer[Any]):
    """How an item bears on an element; what is left out is not stated."""

    element = TextField(max_length=60, help_text="Code of an element under today's pin.")
    item = NamedField(queryset=EvidenceItem.objects.none())
    stance = WordField(Stance, default=Stance.SUPPORTS)
    directness = WordField(Directness, empty=None, required=False, allow_null=True)
    attribution = WordField(Attribution, empty=None, required=False, allow_null=True)
    interest = WordField(Interest, default=Interest.DEFAULT)
    bears_on = WordField(BearsOn, empty=None, required=False, allow_null=True)
    why = TextField(help_text="Why the item bears on the element.")
    pinpoints = PinpointSerializer(many=True, required=False)
    grant_share = serializers.BooleanField(
        default=False, help_text="Share the item with the case's team, if the caller may."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        request = self.context.get("request")
        if request is not None:
            field: Any = self.fields["item"]
            field.queryset = EvidenceItem.objects.visible_to(request.user).select_related(
                "owner_team"
            )


class NewAnswerSerializer(serializers.Serializer[Any]):
    """An answer to contrary evidence."""

    state = WordField(AnswerState)
    text = TextField(required=False, default="")


class SignatureSerializer(serializers.ModelSerializer[Signature]):
    """One person's signature under one wording, on the record as it then stood."""

    signer = serializers.SlugRelatedField[User](slug_field="key", read_only=True)
    wording = serializers.IntegerField(source="revision.number")

    class Meta:
        model = Signature
        fields = ("signer", "wording", "element_digest", "digest_schema", "signed_at")


class AppliedSerializer(serializers.Serializer[Any]):
    """Another version of the law was applied."""

    version = TextField(max_length=60, source="applied_version", required=False, default="")
    difference = WordField(Difference, source="applied_difference")


class FindingSerializer(serializers.ModelSerializer[Finding]):
    """Counsel's written conclusion on one element; null means not stated."""

    element = serializers.CharField(source="case_element.element.code")
    on = PartialDateField(source="day", allow_null=True)
    author = serializers.SlugRelatedField[User](slug_field="key", read_only=True)
    cites = serializers.ListField(child=serializers.CharField(), allow_null=True)
    defines = serializers.SerializerMethodField()
    applied = serializers.SerializerMethodField()

    class Meta:
        model = Finding
        fields = (
            "element", "text", "on", "author", "cites", "quoted_standard", "applied", "defines",
            "defines_none", "predictive", "relies_on_deference", "alone_sufficient", "revision",
        )  # fmt: skip

    def get_defines(self, row: Finding) -> dict[str, str]:
        """Terms and their meanings."""
        return dict(row.defines)

    def get_applied(self, row: Finding) -> dict[str, Any] | None:
        """The other version applied, where it is stated."""
        return AppliedSerializer(row).data if row.applied_difference else None


class FindingChangesSerializer(serializers.Serializer[Any]):
    """A new wording; what is left out stays as it was."""

    text = TextField(required=False)
    cites = TextListField(line_length=64, required=False, allow_null=True)
    quoted_standard = TextField(required=False, allow_null=True)
    applied = AppliedSerializer(required=False, allow_null=True)
    defines = serializers.DictField(child=TextField(), required=False)
    defines_none = serializers.BooleanField(required=False)
    predictive = serializers.BooleanField(required=False, allow_null=True)
    relies_on_deference = serializers.BooleanField(required=False, allow_null=True)
    alone_sufficient = serializers.BooleanField(required=False, allow_null=True)


class NewFindingSerializer(FindingChangesSerializer):
    """The first wording on an element."""

    element = TextField(max_length=60)
    text = TextField()


class DatedPart(serializers.Serializer[Any]):
    """The days on which a row holds."""

    id = serializers.IntegerField()
    entered_on = PartialDateField(source="entered", allow_null=True)
    ended_on = PartialDateField(source="ended_from", allow_null=True)


class ConsiderationAnswerSerializer(DatedPart, serializers.ModelSerializer[ConsiderationAnswer]):
    """What the decision says to a consideration of the authority."""

    code = serializers.CharField(source="consideration.code")
    consideration = serializers.CharField(source="consideration.text")
    state = WordField(AnswerState)
    on = PartialDateField(source="day", allow_null=True)

    class Meta:
        model = ConsiderationAnswer
        fields = ("id", "code", "consideration", "state", "text", "on", "entered_on", "ended_on")


class NewConsiderationAnswerSerializer(serializers.Serializer[Any]):
    """An answer to a consideration."""

    code = TextField(max_length=60)
    state = WordField(AnswerState, default=AnswerState.ANSWERED)
    text = TextField(required=False, default="")


class PrerequisiteMetSerializer(DatedPart, serializers.ModelSerializer[PrerequisiteMet]):
    """Where a procedural step stands."""

    code = serializers.CharField(source="prerequisite.code")
    prerequisite = serializers.CharField(source="prerequisite.text")
    kind = serializers.CharField(source="prerequisite.kind")
    state = WordField(StepState)
    on = PartialDateField(source="day", allow_null=True)
    item = serializers.CharField(source="item.key", allow_null=True)

    class Meta:
        model = PrerequisiteMet
        fields = (
            "id", "code", "prerequisite", "kind", "state", "on", "what", "office", "due_on",
            "item", "entered_on", "ended_on",
        )  # fmt: skip


class NewPrerequisiteMetSerializer(serializers.Serializer[Any]):
    """A statement about a step."""

    code = TextField(max_length=60)
    state = WordField(StepState, default=StepState.MET)
    on = serializers.DateField(required=False, allow_null=True)
    what = TextField(required=False, default="")
    office = TextField(required=False, default="", max_length=200)
    due_on = serializers.DateField(required=False, allow_null=True)
    item = NamedField(queryset=EvidenceItem.objects.none(), required=False, allow_null=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        request = self.context.get("request")
        if request is not None:
            field: Any = self.fields["item"]
            field.queryset = EvidenceItem.objects.visible_to(request.user)


class ComparatorSerializer(DatedPart, serializers.ModelSerializer[ComparatorCase]):
    """Another matter that a challenger would hold beside this one."""

    element = serializers.CharField(source="case_element.element.code", allow_null=True)

    class Meta:
        model = ComparatorCase
        fields = (
            "id", "element", "name", "same_conduct", "outcome", "explained", "explanation",
            "entered_on", "ended_on",
        )  # fmt: skip


class NewComparatorSerializer(serializers.Serializer[Any]):
    """A comparator to name."""

    element = TextField(required=False, default="", max_length=60, help_text="Empty: the case.")
    name = TextField()
    same_conduct = serializers.BooleanField(required=False, allow_null=True)
    outcome = TextField(required=False, default="")
    explained = serializers.BooleanField(required=False, allow_null=True)
    explanation = TextField(required=False, default="")


class PriorPositionSerializer(DatedPart, serializers.ModelSerializer[PriorPosition]):
    """An earlier position from which the decision departs."""

    element = serializers.CharField(source="case_element.element.code", allow_null=True)

    class Meta:
        model = PriorPosition
        fields = ("id", "element", "what", "reliance_addressed", "entered_on", "ended_on")


class NewPriorPositionSerializer(serializers.Serializer[Any]):
    """An earlier position to state."""

    element = TextField(required=False, default="", max_length=60, help_text="Empty: the case.")
    what = TextField()
    reliance_addressed = serializers.BooleanField(required=False, allow_null=True)


class RecordDefectSerializer(DatedPart, serializers.ModelSerializer[RecordDefect]):
    """A known gap of the administrative record."""

    element = serializers.CharField(source="case_element.element.code", allow_null=True)

    class Meta:
        model = RecordDefect
        fields = ("id", "element", "kind", "what", "reason", "entered_on", "ended_on")


class NewRecordDefectSerializer(serializers.Serializer[Any]):
    """A gap to note."""

    element = TextField(required=False, default="", max_length=60, help_text="Empty: the case.")
    kind = serializers.ChoiceField(choices=DefectKind.choices)
    what = TextField()
    reason = TextField(required=False, default="")
