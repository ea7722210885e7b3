"""Shapes of a message logged as evidence."""

from typing import Any

from rest_framework import serializers

from access.models import Team
from designations.api.fields import NamedField, TextField, TextListField, WordField
from evidence.intake.mail.stated import Mail
from evidence.mail.proposing import FORWARDS, Related, citation_of, from_of, summary_of, title_of
from evidence.models import EvidenceItem, Source
from evidence.search.duplicates import Alike
from evidence.words import Access, DerivationKind


class MailRequestSerializer(serializers.Serializer[Any]):
    """A message, and whether it is logged or only read."""

    file = serializers.FileField(help_text="A message as .eml (RFC 5322) or .msg (Outlook).")
    team = NamedField(queryset=Team.objects.none(), help_text="The team that will own it.")
    enter = serializers.BooleanField(
        default=False, help_text="Log it. Without it the message is only read."
    )
    title = TextField(required=False, max_length=300, help_text="Default: its subject.")
    summary = TextField(required=False, help_text="Default: its headers and first lines.")
    source = NamedField(  # type: ignore[assignment]
        queryset=Source.objects.none(), required=False, allow_null=True,
        help_text="Who it is from, by your judgment; its From can be forged. Default: not stated.",
    )  # fmt: skip
    access = WordField(Access, required=False, allow_null=True)
    markings = TextListField(line_length=40, required=False, max_length=20)
    derived_from = NamedField(
        queryset=EvidenceItem.objects.none(), required=False, allow_null=True,
        help_text="The item it copies, relays or summarizes, by your judgment.",
    )  # fmt: skip
    derivation = serializers.ChoiceField(
        choices=[kind.value for kind in FORWARDS], required=False, default=FORWARDS[0].value
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        request = self.context.get("request")
        if request is not None:
            fields: Any = self.fields
            fields["team"].queryset = Team.objects.visible_to(request.user)
            fields["source"].queryset = Source.objects.visible_to(request.user)
            fields["derived_from"].queryset = EvidenceItem.objects.visible_to(request.user)

    def validate_derivation(self, said: str) -> DerivationKind:
        """The word itself."""
        return DerivationKind(said)


class _OfItsWaySerializer(serializers.Serializer[Any]):
    header = serializers.CharField()
    said = serializers.CharField()


class _PartSerializer(serializers.Serializer[Any]):
    filename = serializers.CharField()
    media_type = serializers.CharField()
    size = serializers.IntegerField()
    said = serializers.CharField()
    left = serializers.CharField(help_text="Why it stays within the message; empty: taken out.")


class _ProposedSourceSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    name = serializers.CharField()


class _RelatedSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    why = serializers.CharField()


class _SameSerializer(_RelatedSerializer):
    same = serializers.BooleanField(help_text="The same file or Message-ID, not only alike.")


class MailReportSerializer(serializers.Serializer[Any]):
    """What a message states, what of the record it may belong with, and what was logged."""

    filename = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    citation = serializers.CharField()
    dated_on = serializers.CharField(help_text="The day that its Date states, in its own zone.")
    stated_from = serializers.CharField()
    stated_of_its_way = _OfItsWaySerializer(
        many=True,
        help_text="Headers of transport and signatures. Nothing of them was verified.",
    )
    notes = serializers.ListField(child=serializers.CharField())
    attachments = _PartSerializer(many=True)
    perhaps_known = _SameSerializer(many=True)
    proposed_sources = _ProposedSourceSerializer(many=True)
    related = _RelatedSerializer(many=True, help_text="It may copy or relay these: you decide.")
    entered = serializers.CharField(allow_null=True, help_text="The key of the item logged.")


def report_of(
    mail: Mail,
    filename: str,
    same: list[Alike],
    sources: list[Source],
    related: list[Related],
    entered: str | None,
) -> dict[str, Any]:
    """A message read, as the answer shows it."""
    return {
        "filename": filename,
        "title": title_of(mail),
        "summary": summary_of(mail),
        "citation": citation_of(mail),
        "dated_on": mail.day,
        "stated_from": from_of(mail),
        "stated_of_its_way": [{"header": name, "said": said} for name, said in mail.stated],
        "notes": mail.notes,
        "attachments": mail.parts,
        "perhaps_known": [
            {"key": each.item.key, "why": each.why, "same": each.same} for each in same
        ],
        "proposed_sources": [{"key": each.key, "name": each.name} for each in sources],
        "related": [{"key": each.item.key, "why": each.why} for each in related],
        "entered": entered,
    }
