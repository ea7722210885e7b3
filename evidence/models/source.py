"""Sources: who says it."""

from functools import partial
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from access.keys import PublicKeyField, fresh_key, key_form
from access.models.checked import CheckedModel
from access.scope import NOTHING, in_teams_of
from designations.models.closed_lists import one_of
from evidence.models.search import SEARCHABLE_SOURCE
from evidence.words import Interest, SourceRole

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from access.models import User


class SourceQuerySet(models.QuerySet["Source"]):
    """Named queries over sources."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Sources without an owner, those of items the user sees, and unused ones of their teams.

        A source that only items beyond the user's markings come from stays hidden even from its
        own team: its name could tell what the marking keeps back.
        """
        from evidence.models.derivation import Derivation
        from evidence.models.item import EvidenceItem

        owned = in_teams_of(user, "owner_team")
        if owned == NOTHING:
            return self.none()
        seen = EvidenceItem.objects.visible_to(user)
        derived = Derivation.objects.filter(parent_source=OuterRef("pk"))
        used = Exists(EvidenceItem.objects.filter(source=OuterRef("pk"))) | Exists(derived)
        shown = Exists(seen.filter(source=OuterRef("pk"))) | Exists(
            derived.filter(child__in=seen.values("pk"))
        )
        return self.filter(Q(owner_team__isnull=True) | Q(shown) | (owned & ~Q(used)))


class Source(CheckedModel):
    """A person, office or publication that an item comes from.

    The role sets the default of its interest; ``interest`` says otherwise where that is stated.
    Without an owner team a source is shared by all teams.
    """

    key = PublicKeyField(default=partial(fresh_key, "S"))
    name = models.TextField(blank=True)
    role = models.CharField(
        max_length=20, choices=SourceRole.choices(), default=SourceRole.OTHER.value
    )
    anonymous = models.BooleanField(default=False)
    of_government = models.CharField(
        max_length=10, blank=True, help_text="ISO country code of the government it speaks from."
    )
    interest = models.CharField(
        max_length=15, choices=Interest.choices(), default=Interest.DEFAULT.value
    )
    owner_team = models.ForeignKey(
        "access.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="sources"
    )
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ("name", "key")
        constraints = (
            key_form("The key of a source", "evidence_source_key_form"),
            one_of("role", SourceRole, "evidence_source_role_known"),
            one_of("interest", Interest, "evidence_source_interest_known"),
        )
        indexes = (models.Index(fields=("role",)),)
        triggers = (SEARCHABLE_SOURCE,)

    def __str__(self) -> str:
        return self.name or self.key
