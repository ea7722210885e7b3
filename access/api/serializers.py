"""Shapes of people, teams, markings and tokens."""

from typing import Any

from rest_framework import serializers

from access.models import ApiToken, Marking, Team
from access.words import SCOPES_OF_PEOPLE, Scope


class TeamSerializer(serializers.ModelSerializer[Team]):
    """A team by its key."""

    class Meta:
        model = Team
        fields = ("key", "name")


class MarkingSerializer(serializers.ModelSerializer[Marking]):
    """A handling marking."""

    class Meta:
        model = Marking
        fields = ("code", "title", "rank", "notes")


class TokenSerializer(serializers.ModelSerializer[ApiToken]):
    """A token as it can be shown at any time: never its value."""

    team = serializers.SlugRelatedField[Team](slug_field="key", read_only=True, allow_null=True)
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices()))
    owner = serializers.CharField(source="user.username", read_only=True)
    expires = serializers.DateTimeField(source="expiry")

    class Meta:
        model = ApiToken
        fields: tuple[str, ...] = (
            "key",
            "name",
            "owner",
            "scopes",
            "team",
            "created",
            "expires",
            "last_used_on",
            "revoked_on",
        )


class TokenRequestSerializer(serializers.Serializer[ApiToken]):
    """What is asked for when a token is issued."""

    name = serializers.CharField(max_length=100)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=[scope.value for scope in SCOPES_OF_PEOPLE]),
        allow_empty=False,
        max_length=len(SCOPES_OF_PEOPLE),
    )
    expires = serializers.DateTimeField(help_text="When the token ends; required.")
    team = serializers.SlugRelatedField(
        slug_field="key", queryset=Team.objects.none(), required=False, allow_null=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        request = self.context.get("request")
        if request is not None:
            # A team outside the caller's sight answers as one that does not exist.
            team: Any = self.fields["team"]
            team.queryset = Team.objects.visible_to(request.user)


class IssuedTokenSerializer(TokenSerializer):
    """A token at the moment it is issued: the only time its value is shown."""

    token = serializers.CharField(
        source="shown_value",
        read_only=True,
        allow_null=True,
        help_text="The value to send as a bearer token. Null when an earlier request is replayed.",
    )

    class Meta(TokenSerializer.Meta):
        fields = (*TokenSerializer.Meta.fields, "token")


class OwnTeamSerializer(serializers.Serializer[Any]):
    """A team with the roles one holds in it."""

    key = serializers.CharField()
    name = serializers.CharField()
    roles = serializers.ListField(child=serializers.CharField())


class MeSerializer(serializers.Serializer[Any]):
    """Who the caller is and what they act as."""

    key = serializers.CharField()
    username = serializers.CharField()
    name = serializers.CharField(source="get_full_name")
    standings = serializers.ListField(child=serializers.CharField())
    teams = OwnTeamSerializer(many=True)
    cleared_markings = serializers.ListField(child=serializers.CharField())
    token = TokenSerializer(allow_null=True)
