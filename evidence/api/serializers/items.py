"""Shapes of evidence items and of the two reports that have columns of their own."""

from decimal import Decimal
from typing import Any, ClassVar

from rest_framework import serializers

from access.models import Team
from designations.api.fields import (
    KeyField,
    NamedField,
    PartialDateField,
    PeriodField,
    TextField,
    TextListField,
    WordField,
)
from evidence.actions import StatedClaim
from evidence.admiralty import CREDIBILITY_MEANS, RELIABILITY_MEANS
from evidence.models import (
    ChipDiversionReport,
    Claim,
    EvidenceItem,
    FraudulentAccountReport,
    Source,
)
from evidence.words import (
    Access,
    ClaimState,
    Comparator,
    Content,
    Ended,
    EvidenceKind,
    Hand,
    Integrity,
    Order,
    Privilege,
    RelativeTo,
    Reliability,
    Translation,
)

_COUNT: dict[str, Any] = {
    "required": False,
    "allow_null": True,
    "min_value": 0,
    "max_value": 2**63 - 1,
}


class StatedNumberField(serializers.DecimalField):
    """A number with exactly the digits it was stated with: 24000 and 24000.0 are two statements."""

    def quantize(self, value: Decimal) -> Decimal:
        """Nothing is rounded and no zero is added."""
        return value


class FraudulentAccountsSerializer(serializers.ModelSerializer[FraudulentAccountReport]):
    """Accounts opened under false identity, and what was drawn through them."""

    provider = TextField(required=False)
    accounts = serializers.IntegerField(**_COUNT)
    exchanges = serializers.IntegerField(**_COUNT)
    period = PeriodField(required=False, allow_null=True)
    evasion = TextListField(required=False)
    proxy_network = TextField(required=False)
    capabilities = TextListField(required=False)
    attribution_basis = TextField(required=False)

    class Meta:
        model = FraudulentAccountReport
        fields = (
            "provider", "accounts", "exchanges", "period", "evasion", "proxy_network",
            "capabilities", "attribution_basis",
        )  # fmt: skip


class ChipDiversionSerializer(serializers.ModelSerializer[ChipDiversionReport]):
    """Controlled chips that went where they were not licensed to go."""

    item = TextField(required=False, help_text="What was diverted.")
    eccn = TextField(required=False, max_length=20)
    quantity = serializers.IntegerField(**_COUNT)
    value_usd = StatedNumberField(
        max_digits=20, decimal_places=4, min_value=0, required=False, allow_null=True
    )
    exporter = TextField(required=False)
    consignees = TextListField(required=False)
    route = TextListField(required=False)
    end_user = TextField(required=False)
    license = TextField(required=False)

    class Meta:
        model = ChipDiversionReport
        fields = (
            "item", "eccn", "quantity", "value_usd", "exporter", "consignees", "route",
            "end_user", "license",
        )  # fmt: skip


class ClaimSerializer(serializers.ModelSerializer[Claim]):
    """One asserted number; ``value`` null: asserted without a stated number."""

    metric = TextField(max_length=100)
    comparator = WordField(Comparator, required=False, default=Comparator.EXACTLY)
    value = StatedNumberField(max_digits=30, decimal_places=6, required=False, allow_null=True)
    tolerance = StatedNumberField(
        max_digits=9,
        decimal_places=6,
        min_value=0,
        max_value=100,
        required=False,
        allow_null=True,
        help_text="Percent of the number by which `about` may be off; 10 where none is stated.",
    )
    check = WordField(ClaimState, empty=None, source="check_state", required=False, allow_null=True)

    class Meta:
        model = Claim
        fields = ("metric", "comparator", "value", "tolerance", "check")


def stated_claims(claims: list[dict[str, Any]]) -> list[StatedClaim]:
    """Claims as the action takes them."""
    return [
        StatedClaim(
            metric=claim["metric"],
            comparator=claim["comparator"],
            value=claim.get("value"),
            check=claim.get("check_state"),
            tolerance=claim.get("tolerance"),
        )
        for claim in claims
    ]


class ItemSummarySerializer(serializers.ModelSerializer[EvidenceItem]):
    """An item in a list."""

    kind = WordField(EvidenceKind)
    source = serializers.SlugRelatedField[Source](  # type: ignore[assignment]
        slug_field="key", read_only=True, allow_null=True
    )
    source_name = serializers.CharField(source="source.name", read_only=True, allow_null=True)
    source_role = serializers.CharField(source="source.role", read_only=True, allow_null=True)
    owner_team = serializers.SlugRelatedField[Team](slug_field="key", read_only=True)
    privilege = WordField(Privilege, allow_null=True)
    dated_on = PartialDateField(source="dated", allow_null=True)
    occurred = PeriodField(allow_null=True)
    entered_on = PartialDateField(source="entered", allow_null=True)
    withdrawn_on = PartialDateField(source="withdrawn", read_only=True, allow_null=True)

    class Meta:
        model = EvidenceItem
        fields: tuple[str, ...] = (
            "key", "kind", "title", "summary", "citation", "source", "source_name",
            "source_role", "owner_team", "markings", "privilege", "occurred", "dated_on",
            "entered_on", "recorded_at", "withdrawn_on", "revision",
        )  # fmt: skip


class ItemSerializer(ItemSummarySerializer):
    """An item whole; null means not stated, which is never the same as bad."""

    access = WordField(Access, allow_null=True)
    ended = WordField(Ended, allow_null=True)
    relative_to = WordField(RelativeTo, allow_null=True)
    relative_order = WordField(Order, allow_null=True)
    obtained_on = PartialDateField(source="obtained", allow_null=True)
    hand = WordField(Hand, allow_null=True)
    reliability = WordField(
        Reliability, allow_null=True, read_only=True, help_text=RELIABILITY_MEANS
    )
    content = WordField(Content, allow_null=True)
    translation = WordField(Translation, allow_null=True)
    integrity = WordField(Integrity, allow_null=True)
    supersedes = serializers.SlugRelatedField[EvidenceItem](
        slug_field="key", read_only=True, allow_null=True
    )
    source_described = serializers.SerializerMethodField()
    fraudulent_accounts = serializers.SerializerMethodField()
    chip_diversion = serializers.SerializerMethodField()
    claims = ClaimSerializer(many=True, read_only=True)

    class Meta(ItemSummarySerializer.Meta):
        fields = (
            *ItemSummarySerializer.Meta.fields,
            "text", "classified_reference", "access", "summary_given", "ended", "relative_to",
            "relative_order", "obtained_on", "entered_why", "hand", "reliability", "credibility",
            "graded", "body", "content", "language", "translation", "integrity", "withdrawn_why",
            "supersedes", "source_described", "fraudulent_accounts", "chip_diversion", "claims",
        )  # fmt: skip
        extra_kwargs: ClassVar = {"credibility": {"help_text": CREDIBILITY_MEANS}}

    def get_source_described(self, item: EvidenceItem) -> str | None:
        """What is said of its source's quality today, as one text; null: nothing."""
        described = getattr(item.source, "described_today", ())
        return described[0].in_words if described else None

    def get_fraudulent_accounts(self, item: EvidenceItem) -> dict[str, Any] | None:
        """The typed columns, where the item is such a report and has any."""
        report = getattr(item, "fraudulent_accounts", None)
        return FraudulentAccountsSerializer(report).data if report else None

    def get_chip_diversion(self, item: EvidenceItem) -> dict[str, Any] | None:
        """The typed columns, where the item is such a report and has any."""
        report = getattr(item, "chip_diversion", None)
        return ChipDiversionSerializer(report).data if report else None


class ItemChangesSerializer(serializers.Serializer[Any]):
    """What may be changed of an item; grading, derivation and files have addresses of their own."""

    kind = WordField(EvidenceKind, required=False)
    source = NamedField(  # type: ignore[assignment]
        queryset=Source.objects.none(), required=False, allow_null=True
    )
    title = TextField(required=False, max_length=300)
    summary = TextField(required=False)
    text = TextField(required=False)
    citation = TextField(required=False)
    markings = TextListField(line_length=40, required=False, max_length=20)
    privilege = WordField(Privilege, required=False, allow_null=True)
    classified_reference = TextField(required=False, max_length=200)
    access = WordField(Access, required=False, allow_null=True)
    summary_given = serializers.BooleanField(required=False, allow_null=True)
    occurred = PeriodField(required=False, allow_null=True)
    ended = WordField(Ended, required=False, allow_null=True)
    relative_to = WordField(RelativeTo, required=False, allow_null=True)
    relative_order = WordField(Order, required=False, allow_null=True)
    dated_on = PartialDateField(source="dated", required=False, allow_null=True)
    obtained_on = PartialDateField(source="obtained", required=False, allow_null=True)
    entered_on = PartialDateField(source="entered", required=False, allow_null=True)
    entered_why = TextField(required=False)
    hand = WordField(Hand, required=False, allow_null=True)
    body = serializers.BooleanField(required=False)
    content = WordField(Content, required=False, allow_null=True)
    language = TextField(required=False, max_length=35)
    translation = WordField(Translation, required=False, allow_null=True)
    integrity = WordField(Integrity, required=False, allow_null=True)
    supersedes = NamedField(queryset=EvidenceItem.objects.none(), required=False, allow_null=True)
    fraudulent_accounts = FraudulentAccountsSerializer(required=False)
    chip_diversion = ChipDiversionSerializer(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        request = self.context.get("request")
        if request is not None:
            # What the caller cannot see answers as what does not exist.
            fields: Any = self.fields
            fields["source"].queryset = Source.objects.visible_to(request.user)
            fields["supersedes"].queryset = EvidenceItem.objects.visible_to(request.user)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Typed columns belong to their kind of report."""
        item = self.instance
        kind = attrs.get("kind") or (item.kind if item is not None else EvidenceKind.OTHER)
        for name, of_kind in (
            ("fraudulent_accounts", EvidenceKind.FRAUDULENT_ACCOUNT_REPORT),
            ("chip_diversion", EvidenceKind.CHIP_DIVERSION_REPORT),
        ):
            if name in attrs and kind != of_kind:
                raise serializers.ValidationError(
                    {name: f"Only an item of kind {of_kind} has these columns; this is {kind}."}
                )
        return attrs


class NewItemSerializer(ItemChangesSerializer):
    """What an item is logged with; without a day of entry it enters today."""

    key = KeyField()
    team = NamedField(
        queryset=Team.objects.none(),
        help_text="The team that owns it; you need a writing role there.",
    )
    kind = WordField(EvidenceKind)
    summary = TextField(help_text="What it says, neutrally.")
    reliability = WordField(
        Reliability, required=False, allow_null=True, help_text=RELIABILITY_MEANS
    )
    credibility = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=6, help_text=CREDIBILITY_MEANS
    )
    graded = serializers.BooleanField(required=False, allow_null=True)
    claims = ClaimSerializer(many=True, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        request = self.context.get("request")
        if request is not None:
            field: Any = self.fields["team"]
            field.queryset = Team.objects.visible_to(request.user)


class WithdrawalSerializer(serializers.Serializer[Any]):
    """Taking an item out of the record."""

    reason = TextField(help_text="Why it is withdrawn; kept with the item.")
    on = PartialDateField(required=False, allow_null=True, help_text="Default: today.")
