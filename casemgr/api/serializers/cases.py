"""Shapes of cases, packages, pins and elements."""

from typing import Any

from rest_framework import serializers

from access.models import Team, User
from casemgr.models import Case, CaseDependency, CaseElement, Milestone, Package, Pin, Stage
from casemgr.models.case import LIVE_KINDS
from casemgr.words import CaseKind, Grade, MilestoneKind
from designations.api.fields import (
    KeyField,
    NamedField,
    PartialDateField,
    TextField,
    TextListField,
    WordField,
)
from designations.models import Designee
from designations.words import ElementKind, Join


class VersionNameField(serializers.RegexField):
    """``slug@version``, as docket files name a version of the law."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 170)
        super().__init__(r"^[A-Za-z0-9][A-Za-z0-9._-]*@[^\s@/\x00]+$", **kwargs)
        self.error_messages["invalid"] = "Write slug@version, such as entity-list@2026."


class NamedDesigneeSerializer(serializers.ModelSerializer[Designee]):
    """A designee by key and name."""

    class Meta:
        model = Designee
        fields = ("key", "name")


class CurrentAssessmentSerializer(serializers.Serializer[Any]):
    """The newest assessment in figures."""

    seq = serializers.IntegerField()
    as_of = serializers.DateField(allow_null=True)
    input_digest = serializers.CharField()
    fatal = serializers.IntegerField()
    serious = serializers.IntegerField()
    pending = serializers.IntegerField()


class CaseSerializer(serializers.ModelSerializer[Case]):
    """A case with its current grade; ``assessment`` null: not assessed yet."""

    kind = serializers.ChoiceField(choices=[kind.value for kind in LIVE_KINDS])
    designee = NamedDesigneeSerializer(allow_null=True)
    team = serializers.SlugRelatedField[Team](slug_field="key", read_only=True)
    package = serializers.SlugRelatedField[Package](
        slug_field="key", read_only=True, allow_null=True
    )
    lead = serializers.SlugRelatedField[User](slug_field="key", read_only=True, allow_null=True)
    authority = serializers.CharField(
        source="authority_name", allow_null=True, help_text="slug@version pinned today."
    )
    grade = WordField(Grade, allow_null=True)
    assessment = CurrentAssessmentSerializer(allow_null=True)
    as_of = PartialDateField(source="as_of_stated", allow_null=True)
    decided_on = PartialDateField(source="decision_day", allow_null=True)
    next_deadline = serializers.DateField(allow_null=True)

    class Meta:
        model = Case
        fields = (
            "key", "kind", "title", "designee", "team", "markings", "stage", "package", "lead",
            "authority", "grade", "assessment", "asserts", "as_of", "opened_on", "decided",
            "decided_on", "target_decision_on", "target_publication_on", "next_deadline",
            "revision",
        )  # fmt: skip


class CaseChangesSerializer(serializers.Serializer[Any]):
    """What may be changed of a case; stage, pins and decision are acts of their own."""

    title = TextField(required=False)
    lead = NamedField(
        queryset=User.objects.filter(is_active=True),
        required=False,
        allow_null=True,
        help_text="Key of a member of the case's team.",
    )
    package = NamedField(queryset=Package.objects.none(), required=False, allow_null=True)
    asserts = TextListField(
        line_length=60,
        required=False,
        allow_null=True,
        help_text="Codes of the leaves relied on; null: all.",
    )
    markings = TextListField(line_length=40, required=False, max_length=20)
    as_of = PartialDateField(source="as_of_stated", required=False, allow_null=True)
    target_decision_on = serializers.DateField(required=False, allow_null=True)
    target_publication_on = serializers.DateField(required=False, allow_null=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        request = self.context.get("request")
        if request is not None:
            field: Any = self.fields["package"]
            field.queryset = Package.objects.visible_to(request.user)


class NewCaseSerializer(serializers.Serializer[Any]):
    """What a case is opened with."""

    key = KeyField(help_text="The docket number; left out, one is assigned.")
    kind = serializers.ChoiceField(
        choices=[kind.value for kind in LIVE_KINDS], default=CaseKind.LISTING.value
    )
    team = NamedField(queryset=Team.objects.none())
    authority = VersionNameField(help_text="The version to pin, slug@version.")
    designee = NamedField(
        queryset=Designee.objects.all(),
        required=False,
        allow_null=True,
        help_text="Required unless the case is a program.",
    )
    title = TextField(required=False, default="")
    lead = NamedField(
        queryset=User.objects.filter(is_active=True),
        required=False,
        allow_null=True,
    )
    package = NamedField(queryset=Package.objects.none(), required=False, allow_null=True)
    asserts = TextListField(line_length=60, required=False, allow_null=True)
    target_decision_on = serializers.DateField(required=False, allow_null=True)
    target_publication_on = serializers.DateField(required=False, allow_null=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        request = self.context.get("request")
        if request is not None:
            fields: Any = self.fields
            fields["team"].queryset = Team.objects.visible_to(request.user)
            fields["package"].queryset = Package.objects.visible_to(request.user)


class StageMoveSerializer(serializers.Serializer[Any]):
    """Where the case is to go."""

    to = serializers.ChoiceField(choices=Stage.choices)
    reason = TextField(required=False, default="")
    decided_on = serializers.DateField(
        required=False, allow_null=True, help_text="Only with decided; default: today."
    )


class WaySerializer(serializers.Serializer[Any]):
    """One way out of the present stage."""

    to = serializers.ChoiceField(choices=Stage.choices)
    verb = serializers.CharField(help_text="What the policy calls the act.")
    missing = serializers.ListField(
        child=serializers.CharField(), help_text="What must be done first; empty: the way is open."
    )


class StageSerializer(serializers.Serializer[Any]):
    """The stage, and every way out of it."""

    stage = serializers.ChoiceField(choices=Stage.choices)
    ways = WaySerializer(many=True)


class PackageSerializer(serializers.ModelSerializer[Package]):
    """One agency action over many cases; those the reader sees."""

    team = serializers.SlugRelatedField[Team](slug_field="key", read_only=True)
    cases = serializers.SerializerMethodField()

    class Meta:
        model = Package
        fields = ("key", "title", "team", "cases")

    def get_cases(self, row: Package) -> list[str]:
        """Keys of the cases the view has read for this reader."""
        return [case.key for case in row.cases.all()]


class NewPackageSerializer(serializers.Serializer[Any]):
    """What a package is opened with."""

    key = KeyField()
    title = TextField()
    team = NamedField(queryset=Team.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        request = self.context.get("request")
        if request is not None:
            field: Any = self.fields["team"]
            field.queryset = Team.objects.visible_to(request.user)


class PinSerializer(serializers.ModelSerializer[Pin]):
    """The version the case is judged under, from one day to another."""

    authority = serializers.CharField(source="version.name", read_only=True)
    entered_on = PartialDateField(source="entered", allow_null=True)
    ended_on = PartialDateField(source="ended_from", allow_null=True)

    class Meta:
        model = Pin
        fields = ("authority", "entered_on", "ended_on")


class NewPinSerializer(serializers.Serializer[Any]):
    """A later version, from a day on."""

    authority = VersionNameField()
    entered_on = serializers.DateField(help_text="First day under this version.")


class CaseElementSerializer(serializers.ModelSerializer[CaseElement]):
    """An element of the pinned version in this case, and whose work it is."""

    code = serializers.CharField(source="element.code")
    parent = serializers.CharField(  # type: ignore[assignment]
        source="element.parent.code", allow_null=True
    )
    join = WordField(Join, source="element.join", allow_null=True)
    kind = WordField(ElementKind, source="element.kind", allow_null=True)
    title = serializers.CharField(source="element.title")
    text = serializers.CharField(source="element.text")
    citation = serializers.CharField(source="element.citation")
    assignee = serializers.SlugRelatedField[User](slug_field="key", read_only=True, allow_null=True)

    class Meta:
        model = CaseElement
        fields = (
            "code", "parent", "join", "kind", "title", "text", "citation", "assignee", "due_on",
            "no_evidence",
        )  # fmt: skip


class AssignmentSerializer(serializers.Serializer[Any]):
    """Whose work the element is; null: no one's."""

    assignee = NamedField(queryset=User.objects.filter(is_active=True), allow_null=True)
    due_on = serializers.DateField(required=False, allow_null=True)


class NoEvidenceSerializer(serializers.Serializer[Any]):
    """The statement that nothing was there, or its withdrawal."""

    nothing_there = serializers.BooleanField()


class CarrySerializer(serializers.Serializer[Any]):
    """An element of an earlier pin whose links and finding count here too."""

    authority = VersionNameField(help_text="The earlier version.")
    code = TextField(max_length=60)


class DependencySerializer(serializers.ModelSerializer[CaseDependency]):
    """The case rests on another, or on one element of it."""

    on_case = serializers.SlugRelatedField[Case](slug_field="key", read_only=True)
    on_element = serializers.CharField(source="on_element.element.code", allow_null=True)

    class Meta:
        model = CaseDependency
        fields = ("id", "on_case", "on_element")


class NewDependencySerializer(serializers.Serializer[Any]):
    """What the case rests on."""

    on_case = NamedField(queryset=Case.objects.none())
    on_element = TextField(required=False, default="", max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        request = self.context.get("request")
        if request is not None:
            field: Any = self.fields["on_case"]
            field.queryset = Case.objects.visible_to(request.user)


class MilestoneSerializer(serializers.ModelSerializer[Milestone]):
    """A dated step of the action itself."""

    kind = WordField(MilestoneKind)
    on = PartialDateField(source="day")
    entered_on = PartialDateField(source="entered", allow_null=True)
    ended_on = PartialDateField(source="ended_from", allow_null=True)

    class Meta:
        model = Milestone
        fields = ("id", "kind", "on", "entered_on", "ended_on")


class NewMilestoneSerializer(serializers.Serializer[Any]):
    """A step to state."""

    kind = WordField(MilestoneKind)
    on = PartialDateField()


class MemberSerializer(serializers.Serializer[Any]):
    """A person to whom work can be given."""

    key = serializers.CharField(source="user.key")
    username = serializers.CharField(source="user.username")
    name = serializers.CharField(source="user.get_full_name")
    team = serializers.CharField(source="team.key")
    role = serializers.CharField()
