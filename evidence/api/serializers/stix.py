"""Shapes of bundles of STIX, in and out."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from access.models import Team
from designations.api.fields import NamedField, WordField
from evidence.exchange.stix.checking import CheckedBundle
from evidence.exchange.stix.reading import Said
from evidence.models import Source
from evidence.words import EvidenceKind, SourceRole

_ROLES = ", ".join(role.value for role in SourceRole)


class BundleRequestSerializer(serializers.Serializer[Any]):
    """A bundle, and whether what it holds is entered or only checked."""

    file = serializers.FileField(help_text="A bundle of STIX 2.1 or 2.0: JSON in UTF-8.")
    team = NamedField(queryset=Team.objects.none(), help_text="The team that owns the items.")
    kind = WordField(
        EvidenceKind,
        required=False,
        allow_null=True,
        help_text="Of the items; technical-record where it is not said.",
    )
    source = NamedField(  # type: ignore[assignment]
        queryset=Source.objects.none(),
        required=False,
        allow_null=True,
        help_text="Of objects that name no author.",
    )
    roles = serializers.ListField(
        child=serializers.CharField(max_length=400),
        required=False,
        max_length=200,
        help_text=f"Of new sources, each as identity--UUID=role. A role is one of: {_ROLES}.",
    )
    enter = serializers.BooleanField(
        default=False, help_text="Log the items. Without it the bundle is only checked."
    )
    confirm_restrictions = serializers.BooleanField(
        default=False,
        help_text="The restrictions named in `unmarked` are read and will be kept.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        request = self.context.get("request")
        if request is not None:
            fields: Any = self.fields
            fields["team"].queryset = Team.objects.visible_to(request.user)
            fields["source"].queryset = Source.objects.visible_to(request.user)

    def validate_roles(self, value: list[str]) -> dict[str, SourceRole]:
        """Each author with the role said."""
        found: dict[str, SourceRole] = {}
        for each in value:
            author, _, role = each.partition("=")
            if role not in set(SourceRole):
                raise serializers.ValidationError(
                    f"{each!r}: write identity--UUID=role, the role one of: {_ROLES}."
                )
            found[author] = SourceRole(role)
        return found


class _SaidOfBundleSerializer(serializers.Serializer[Any]):
    where = serializers.CharField(help_text="Such as objects[3].id.")
    said = serializers.CharField()
    object_id = serializers.CharField(allow_blank=True)


class _BundleItemSerializer(serializers.Serializer[Any]):
    head = serializers.CharField(
        allow_blank=True, help_text="The object it is made of; empty: what no report holds."
    )
    title = serializers.CharField()
    kind = serializers.CharField()
    source = serializers.CharField(  # type: ignore[assignment]
        allow_null=True, help_text="Key of a source in the record."
    )
    new_source = serializers.CharField(allow_null=True, help_text="Name of one to be entered.")
    dated_on = serializers.CharField(allow_blank=True)
    objects = serializers.IntegerField()
    supersedes = serializers.CharField(allow_null=True)
    perhaps_known = serializers.ListField(child=serializers.CharField())
    remark = serializers.CharField(allow_blank=True)


class _KnownSerializer(serializers.Serializer[Any]):
    head = serializers.CharField(allow_blank=True)
    title = serializers.CharField()
    item = serializers.CharField(allow_null=True)
    why = serializers.CharField()


class _RestrictionSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    said = serializers.CharField()
    objects = serializers.IntegerField()


class _CountSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    number = serializers.IntegerField()


class BundleReportSerializer(serializers.Serializer[Any]):
    """What a bundle holds, what of it would be or was logged, and what was not read."""

    filename = serializers.CharField()
    sha256 = serializers.CharField()
    bundle = serializers.CharField(allow_blank=True)
    objects = serializers.IntegerField()
    items = _BundleItemSerializer(many=True)
    passed_over = _KnownSerializer(many=True)
    new_sources = serializers.ListField(child=serializers.CharField())
    markings = serializers.ListField(child=serializers.CharField())
    unmarked = _RestrictionSerializer(many=True)
    forbids = serializers.CharField(allow_blank=True)
    refused = _SaidOfBundleSerializer(many=True)
    remarks = _SaidOfBundleSerializer(many=True)
    missing = _SaidOfBundleSerializer(many=True)
    unread_types = _CountSerializer(many=True)
    unread_properties = _CountSerializer(many=True)
    entered = serializers.ListField(child=serializers.CharField(), help_text="Keys, in order.")


@extend_schema_field({"type": "object", "additionalProperties": True})
class _ObjectField(serializers.JSONField):
    """An object of STIX."""


class BundleSerializer(serializers.Serializer[Any]):
    """A bundle of STIX 2.1."""

    type = serializers.CharField()
    id = serializers.CharField()
    objects = serializers.ListField(child=_ObjectField(), required=False)


def report_of(checked: CheckedBundle, entered: list[str]) -> dict[str, Any]:
    """A checked bundle as the answer shows it."""
    plan = checked.plan
    return {
        "filename": checked.filename,
        "sha256": checked.sha256,
        "bundle": plan.bundle_id,
        "objects": plan.count,
        "items": [
            {
                "head": entry.draft.head,
                "title": entry.draft.title,
                "kind": entry.kind.value,
                "source": entry.source.key if entry.source else None,
                "new_source": entry.new_source.name if entry.new_source else None,
                "dated_on": entry.draft.dated,
                "objects": len(entry.draft.held),
                "supersedes": entry.supersedes.key if entry.supersedes else None,
                "perhaps_known": [each.item.key for each in entry.alike],
                "remark": entry.remark,
            }
            for entry in checked.new
        ],
        "passed_over": [
            {
                "head": entry.draft.head,
                "title": entry.draft.title,
                "item": entry.known.key if entry.known else None,
                "why": entry.skipped,
            }
            for entry in checked.passed_over
        ],
        "new_sources": [each.name for each in checked.new_sources],
        "markings": list(checked.markings),
        "unmarked": [
            {"id": each.id, "said": each.said, "objects": each.objects} for each in checked.unmarked
        ],
        "forbids": checked.forbids,
        "refused": _said(plan.refused),
        "remarks": _said(plan.remarks),
        "missing": _said(plan.missing),
        "unread_types": _counts(plan.unread_types),
        "unread_properties": _counts(plan.unread_properties),
        "entered": entered,
    }


def _said(said: tuple[Said, ...]) -> list[dict[str, str]]:
    return [{"where": each.where, "said": each.said, "object_id": each.object_id} for each in said]


def _counts(counts: tuple[tuple[str, int], ...]) -> list[dict[str, Any]]:
    return [{"name": name, "number": number} for name, number in counts]
