"""Shapes of FollowTheMoney files taken in."""

import json
from typing import Any

from rest_framework import serializers

from access.models import Team
from designations.api.fields import NamedField, WordField
from designations.words import DesigneeType
from evidence.actions.exchange import Entered
from evidence.exchange.check import CheckedFile
from evidence.exchange.choices import Choices, Others
from evidence.models import Source

MOST_TOLD = 200
"""Of each list in a report; how many there are is told with it."""


class FtmRequestSerializer(serializers.Serializer[Any]):
    """A file, who is whom in it, and whether it is entered or only checked."""

    file = serializers.FileField(help_text="FollowTheMoney entities, one JSON object a line.")
    team = NamedField(queryset=Team.objects.none(), help_text="The team that owns its items.")
    source = NamedField(  # type: ignore[assignment]
        queryset=Source.objects.none(), required=False, help_text="Whom the file comes from."
    )
    same = serializers.CharField(
        required=False,
        default="",
        allow_blank=True,
        help_text="JSON object: for the id of a party the key of the designee it is, or new.",
    )
    others = serializers.ChoiceField(
        choices=[(each.value, each.value) for each in Others],
        default=Others.ASK.value,
        help_text="Parties that may be here and that same does not name: ask refuses, new enters "
        "them, proposed takes the designee proposed where there is one.",
    )
    papers = serializers.BooleanField(
        default=True, help_text="Log documents and sanctions as items of evidence."
    )
    enter = serializers.BooleanField(
        default=False, help_text="Enter it. Without this the file is only checked."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        request = self.context.get("request")
        if request is not None:
            fields: Any = self.fields
            fields["team"].queryset = Team.objects.visible_to(request.user)
            fields["source"].queryset = Source.objects.visible_to(request.user)

    def validate_same(self, said: str) -> dict[str, str]:
        """The choices, of texts only."""
        try:
            stated = json.loads(said or "{}")
        except (ValueError, RecursionError) as error:
            raise serializers.ValidationError(f"This is no JSON: {error}") from error
        if not isinstance(stated, dict) or not all(isinstance(v, str) for v in stated.values()):
            raise serializers.ValidationError(
                'Write an object of texts, as in {"NK-1": "D-7K2", "NK-2": "new"}.'
            )
        return stated

    def choices(self) -> Choices:
        """What was decided, of a valid request."""
        asked = self.validated_data
        return Choices(asked["same"] or {}, Others(asked["others"]), asked["papers"])


class _FtmProblemSerializer(serializers.Serializer[Any]):
    line = serializers.IntegerField()
    said = serializers.CharField()


class _ProposalSerializer(serializers.Serializer[Any]):
    designee = serializers.CharField()
    name = serializers.CharField()
    why = serializers.CharField()
    sure = serializers.BooleanField(help_text="A number or an id says so, not only a name.")


class _PartySerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    line = serializers.IntegerField()
    name = serializers.CharField()
    type = WordField(DesigneeType)
    perhaps = _ProposalSerializer(many=True, help_text="Designees that it may be.")


class _FtmStakeSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    owner = serializers.CharField()
    owned = serializers.CharField()
    pct_min = serializers.DecimalField(max_digits=7, decimal_places=4)
    pct_max = serializers.DecimalField(max_digits=7, decimal_places=4)


class _PaperSerializer(serializers.Serializer[Any]):
    id = serializers.CharField()
    title = serializers.CharField()
    known = serializers.CharField(allow_null=True, help_text="The item that is it already.")


class _LeftOutSerializer(serializers.Serializer[Any]):
    line = serializers.IntegerField()
    entity = serializers.CharField()
    what = serializers.CharField()
    why = serializers.CharField()


class _UnreadSerializer(serializers.Serializer[Any]):
    schema = serializers.CharField()
    property = serializers.CharField()
    times = serializers.IntegerField()


class _FtmCountsSerializer(serializers.Serializer[Any]):
    parties = serializers.IntegerField()
    perhaps_known = serializers.IntegerField()
    stakes = serializers.IntegerField()
    papers = serializers.IntegerField()
    left_out = serializers.IntegerField()


class _FtmEnteredSerializer(serializers.Serializer[Any]):
    item = serializers.CharField(help_text="The item that has the file.")
    before = serializers.BooleanField(help_text="It was entered earlier; nothing was done.")
    designees = serializers.ListField(child=serializers.CharField(), help_text="Keys of new ones.")
    names_added = serializers.IntegerField()
    identifiers_added = serializers.IntegerField()
    stakes_added = serializers.IntegerField()
    stakes_beside = serializers.ListField(
        child=serializers.CharField(), help_text="Beside a stake that was stated otherwise."
    )
    items = serializers.ListField(child=serializers.CharField())


class FtmReportSerializer(serializers.Serializer[Any]):
    """What the file holds, what is not taken of it, and what was entered."""

    filename = serializers.CharField()
    sha256 = serializers.CharField()
    known_as = serializers.CharField(
        allow_null=True, help_text="The item with which this file was entered before."
    )
    datasets = serializers.ListField(child=serializers.CharField())
    counts = _FtmCountsSerializer(help_text=f"Each list below holds {MOST_TOLD} at most.")
    problems = _FtmProblemSerializer(many=True)
    parties = _PartySerializer(many=True, help_text="Those that may be here already come first.")
    stakes = _FtmStakeSerializer(many=True)
    circles = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text="Parties that own one another.",
    )
    papers = _PaperSerializer(many=True)
    left_out = _LeftOutSerializer(many=True)
    unread = _UnreadSerializer(many=True, help_text="Properties that are not read.")
    entered = _FtmEnteredSerializer(allow_null=True)


def report_of_file(checked: CheckedFile, entered: Entered | None = None) -> dict[str, Any]:
    """A checked file as the answer shows it."""
    reading = checked.reading
    parties = sorted(reading.parties.values(), key=lambda party: party.id not in checked.proposals)
    return {
        "filename": checked.filename,
        "sha256": checked.sha256,
        "known_as": checked.known.key if checked.known else None,
        "datasets": checked.datasets,
        "counts": {
            "parties": len(parties),
            "perhaps_known": len(checked.proposals),
            "stakes": len(reading.stakes),
            "papers": len(checked.papers),
            "left_out": len(reading.left_out),
        },
        "problems": checked.problems,
        "parties": [
            {
                "id": party.id,
                "line": party.entity.line,
                "name": party.name,
                "type": party.type,
                "perhaps": [
                    {
                        "designee": each.designee.key,
                        "name": each.designee.name,
                        "why": each.why,
                        "sure": each.sure,
                    }
                    for each in checked.proposals.get(party.id, ())
                ],
            }
            for party in parties[:MOST_TOLD]
        ],
        "stakes": [
            {
                "id": stake.entity.id,
                "owner": stake.owner,
                "owned": stake.owned,
                "pct_min": stake.pct_min,
                "pct_max": stake.pct_max,
            }
            for stake in reading.stakes[:MOST_TOLD]
        ],
        "circles": reading.circles[:MOST_TOLD],
        "papers": [
            {
                "id": each.paper.id,
                "title": each.paper.title,
                "known": each.known.key if each.known else None,
            }
            for each in checked.papers[:MOST_TOLD]
        ],
        "left_out": reading.left_out[:MOST_TOLD],
        "unread": [
            {"schema": schema, "property": name, "times": times}
            for (schema, name), times in reading.unread.most_common(MOST_TOLD)
        ],
        "entered": _entered(entered) if entered else None,
    }


def _entered(entered: Entered) -> dict[str, Any]:
    brought = entered.brought
    return {
        "item": entered.item.key,
        "before": entered.before,
        "designees": [designee.key for designee in brought.added],
        "names_added": brought.names,
        "identifiers_added": brought.numbers,
        "stakes_added": brought.stakes_added,
        "stakes_beside": brought.beside,
        "items": [item.key for item in entered.items],
    }
