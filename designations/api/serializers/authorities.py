"""Shapes of the law: authorities, their dated versions, and what a version requires."""

from typing import Any

from rest_framework import serializers

from designations.actions.parts import text_digest
from designations.api.fields import PartialDateField, PeriodField, TextField, WordField
from designations.models import (
    Authority,
    AuthorityVersion,
    Consequence,
    Consideration,
    Element,
    Prerequisite,
    Provision,
    Verification,
    VerificationStatus,
    VerificationSubject,
    VersionStatus,
)
from designations.words import ElementKind, Join, Settledness, VersionState


class VersionSummarySerializer(serializers.ModelSerializer[AuthorityVersion]):
    """A version in a list: what it is called and its state on the day asked for."""

    name = serializers.CharField(read_only=True, help_text="slug@version, as docket files write.")
    authority = serializers.SlugRelatedField[Authority](slug_field="slug", read_only=True)
    origin = serializers.CharField(source="authority.origin", read_only=True)
    in_force_from = PartialDateField(
        source="in_force_start", read_only=True, allow_null=True, help_text="Null: prospective."
    )
    state = WordField(VersionState, read_only=True)

    class Meta:
        model = AuthorityVersion
        fields: tuple[str, ...] = (
            "name",
            "authority",
            "origin",
            "label",
            "title",
            "citation",
            "in_force_from",
            "state",
            "threshold",
            "posture",
            "referral_only",
            "automatic",
            "body_digest",
        )


class AuthoritySerializer(serializers.ModelSerializer[Authority]):
    """A legal basis for listing, with its versions, newest last."""

    versions = VersionSummarySerializer(many=True, read_only=True)

    class Meta:
        model = Authority
        fields = ("slug", "origin", "versions")


class VerificationSerializer(serializers.ModelSerializer[Verification]):
    """One check of one text against its source."""

    current = serializers.SerializerMethodField(
        help_text="Whether the text still is the one that was checked."
    )

    class Meta:
        model = Verification
        fields = ("subject", "code", "status", "by", "on", "source", "note", "body_digest",
                  "current")  # fmt: skip

    def get_current(self, row: Verification) -> bool | None:
        """Null where the answer does not carry the texts to compare with."""
        digests = self.context.get("digests")
        return None if digests is None else digests.get((row.subject, row.code)) == row.body_digest


class ElementSerializer(serializers.ModelSerializer[Element]):
    """One thing the authority requires, or a group of such things."""

    parent = serializers.CharField(  # type: ignore[assignment]
        source="parent.code", read_only=True, allow_null=True
    )
    join = WordField(Join, read_only=True, allow_null=True, help_text="Null: a leaf.")
    kind = WordField(ElementKind, read_only=True, allow_null=True)
    settledness = WordField(Settledness, read_only=True, allow_null=True)
    period = PeriodField(read_only=True, allow_null=True)

    class Meta:
        model = Element
        fields = (
            "code", "parent", "join", "kind", "title", "text", "quoted", "citation",
            "settledness", "undefined_terms", "fresh_days", "period", "continues", "text_digest",
        )  # fmt: skip


class ConsiderationSerializer(serializers.ModelSerializer[Consideration]):
    """An important aspect the decision must address."""

    element = serializers.CharField(source="element.code", read_only=True, allow_null=True)

    class Meta:
        model = Consideration
        fields = ("code", "text", "citation", "element", "main")


class PrerequisiteSerializer(serializers.ModelSerializer[Prerequisite]):
    """A procedural step."""

    element = serializers.CharField(source="element.code", read_only=True, allow_null=True)

    class Meta:
        model = Prerequisite
        fields = ("code", "kind", "text", "quoted", "citation", "element")


class ConsequenceSerializer(serializers.ModelSerializer[Consequence]):
    """A restriction the authority allows or requires."""

    class Meta:
        model = Consequence
        fields = (
            "code", "title", "text", "quoted", "citation", "applies_to", "required", "menu",
            "condition", "letter", "depends_on",
        )  # fmt: skip


class ProvisionSerializer(serializers.ModelSerializer[Provision]):
    """Another operative text of the authority."""

    class Meta:
        model = Provision
        fields = ("code", "kind", "title", "text", "quoted", "citation")


class VersionStatusSerializer(serializers.ModelSerializer[VersionStatus]):
    """Whether the version has effect in a range of days, and who says so."""

    period = PeriodField(read_only=True, allow_null=True)

    class Meta:
        model = VersionStatus
        fields = ("state", "period", "note", "source", "verified", "states_range")


class VersionSerializer(VersionSummarySerializer):
    """A version whole: the tree, what must be considered and done, and what follows."""

    elements = ElementSerializer(many=True, read_only=True)
    considerations = ConsiderationSerializer(many=True, read_only=True)
    prerequisites = PrerequisiteSerializer(many=True, read_only=True)
    consequences = ConsequenceSerializer(many=True, read_only=True)
    provisions = ProvisionSerializer(many=True, read_only=True)
    statuses = VersionStatusSerializer(many=True, read_only=True)
    verifications = VerificationSerializer(many=True, read_only=True)

    class Meta(VersionSummarySerializer.Meta):
        fields = (
            *VersionSummarySerializer.Meta.fields,
            "agency", "decision_maker", "decision_rule", "review", "notice", "delisting",
            "minimum_consequences", "weak_points", "depends_on", "triggers_consideration_of",
            "notes", "elements", "considerations", "prerequisites", "consequences", "provisions",
            "statuses", "verifications",
        )  # fmt: skip


class UpcomingChangeSerializer(serializers.Serializer[Any]):
    """The law moves from one state to another on a known day."""

    version = serializers.CharField(source="name")
    on = serializers.DateField()
    before = WordField(VersionState)
    after = WordField(VersionState)


class NewVerificationSerializer(serializers.Serializer[Any]):
    """What comparing a text with its source showed."""

    subject = serializers.ChoiceField(choices=VerificationSubject.choices)
    code = TextField(required=False, default="", max_length=60, help_text="Empty: the version.")
    status = serializers.ChoiceField(choices=VerificationStatus.choices)
    source = TextField(  # type: ignore[assignment]
        help_text="The source the text was compared with."
    )
    note = TextField(required=False, default="")
    on = serializers.DateField(required=False, help_text="Default: today.")


def digests_of(version: AuthorityVersion) -> dict[tuple[str, str], str]:
    """Digest of every text of the version as it now is, by subject and code."""
    digests = {("version", ""): version.body_digest}
    parts: tuple[tuple[str, Any], ...] = (
        ("element", version.elements),
        ("consideration", version.considerations),
        ("prerequisite", version.prerequisites),
        ("consequence", version.consequences),
        ("provision", version.provisions),
    )
    for subject, rows in parts:
        for row in rows.all():
            digests[subject, row.code] = text_digest(row)
    return digests
