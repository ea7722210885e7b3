"""A small scoped resource behind the shared doors: a note that a team owns and edits.

The doors are tested on it rather than on one of the product's own resources, which have rules of
their own. Its table is made by tests/access/conftest.py; no installed app knows it.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from access.actor import acting
from access.api.views import ScopedWriteViewSet
from access.keys import PublicKeyField, fresh_key
from access.models import Team, User
from access.policy import Verb
from access.revision import revise
from access.scope import cleared_for, in_teams_of


def new_key() -> str:
    """A key for a note."""
    return fresh_key("N")


class NoteQuerySet(models.QuerySet["Note"]):
    """Scoped as cases and evidence are."""

    def visible_to(self, user: Any) -> "NoteQuerySet":
        """Notes of one's teams whose markings one is cleared for."""
        return self.filter(in_teams_of(user) & cleared_for(user))


class Note(models.Model):
    """A line of text that belongs to a team."""

    key = PublicKeyField(default=new_key)
    # Without a constraint, because the test database empties access_team between tests.
    team = models.ForeignKey(Team, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    text = models.CharField(max_length=40)
    markings = ArrayField(models.CharField(max_length=40, db_collation="C"), default=list)
    revision = models.PositiveIntegerField(default=1)

    objects = NoteQuerySet.as_manager()

    class Meta:
        app_label = "access_tests"

    def __str__(self) -> str:
        return self.key


def write_note(team: Team, text: str, *, actor: User, reason: str) -> Note:
    """Add a note."""
    with transaction.atomic(), acting(actor, reason):
        return Note.objects.create(team=team, text=text)


def amend_note(note: Note, expected: int, text: str, *, actor: User, reason: str) -> Note:
    """Change a note at the revision its author saw."""
    with transaction.atomic(), acting(actor, reason):
        revise(note, expected, text=text)
    return note


class NoteSerializer(serializers.ModelSerializer[Note]):
    """A note."""

    team = serializers.SlugRelatedField(slug_field="key", queryset=Team.objects.all())

    class Meta:
        model = Note
        fields = ("key", "team", "text", "revision")
        read_only_fields = ("key", "revision")


class NoteViewSet(ScopedWriteViewSet):
    """Stands in the policy table where a case stands."""

    resource = "case"
    team_path = "team"
    verbs = {"decision": Verb.DECIDE}  # noqa: RUF012 - as the documentation of the base shows it
    queryset = Note.objects.select_related("team")
    serializer_class = NoteSerializer
    lookup_field = "key"

    def act_create(self, data: dict[str, Any]) -> Note:
        """Add a note in a team where the caller may."""
        self.require(Verb.CREATE, data["team"])
        return write_note(**data, **self.attribution())

    def act_update(self, row: Note, data: dict[str, Any], expected: int) -> Note:
        """Change its text."""
        return amend_note(row, expected, data["text"], **self.attribution())

    @action(detail=True, methods=["post"])
    def decision(self, request: Request, key: str) -> Response:
        """What only a manager does."""
        return Response({"decided": self.get_object().key})
