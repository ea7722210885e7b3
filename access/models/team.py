"""Teams own cases and evidence; a membership gives one person one role in one team."""

from functools import partial

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models

from access.keys import PublicKeyField, fresh_key
from access.models.checked import CheckedModel
from access.models.user import User
from access.words import Role, Standing


class TeamQuerySet(models.QuerySet["Team"]):
    """Named queries over teams."""

    def visible_to(self, user: User | AnonymousUser) -> "TeamQuerySet":
        """The teams a person works in; all of them for auditors and administrators."""
        if not isinstance(user, User):
            return self.none()
        if user.reads_all_teams() or user.standings() == {Standing.ADMINISTRATOR}:
            return self
        return self.filter(key__in=user.team_keys())


class Team(CheckedModel):  # type: ignore[django-manager-missing]  # its tokens: knox has no types
    """The people who work on the same cases, and the owner of what they log."""

    key = PublicKeyField(default=partial(fresh_key, "T"), editable=False)
    name = models.CharField(max_length=200, unique=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(name__regex=r"\S"),
                name="access_team_name_present",
                violation_error_message="A team needs a name.",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Membership(CheckedModel):
    """One role of one person in one team."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices())

    class Meta:
        ordering = ("team", "user", "role")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "team", "role"),
                name="access_membership_once",
                violation_error_message="This person already holds this role in this team.",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]),
                name="access_membership_role_known",
                violation_error_message="A role in a team is analyst, counsel or manager.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.role} in {self.team}"
