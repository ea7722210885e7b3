"""People with an account."""

from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

from access.keys import PublicKeyField, fresh_key
from access.words import Role, Standing

if TYPE_CHECKING:
    from access.models.team import Team


def validate_time_zone(name: str) -> None:
    """Raises ValidationError for a name that is no time zone known here."""
    if name and name not in available_timezones():
        raise ValidationError(f"{name} is not a time zone; choose one such as America/New_York.")


class User(AbstractUser):  # type: ignore[django-manager-missing]  # its tokens: knox has no types
    """A person. What they may see follows from memberships, standing and cleared markings.

    The standings of the whole site exclude each other and any role in a team: an auditor
    reads everything and changes nothing, an administrator keeps accounts and reference data and
    sees no case. A superuser counts as an administrator. A depositor is no person but the account
    of a provider's portal: it delivers evidence by its keys, sees nothing and never signs in.
    """

    key = PublicKeyField(default=partial(fresh_key, "U"), editable=False)
    is_auditor = models.BooleanField(
        "auditor", default=False, help_text="Reads the cases of all teams; changes nothing."
    )
    is_administrator = models.BooleanField(
        "administrator",
        default=False,
        help_text="Keeps accounts and reference data; sees no case content.",
    )
    is_depositor = models.BooleanField(
        "depositor",
        default=False,
        editable=False,
        help_text="The account of a provider's portal: delivers by its keys, never signs in.",
    )
    cleared_markings = ArrayField(
        models.CharField(max_length=40, db_collation="C"),
        default=list,
        blank=True,
        help_text="Codes of the markings this person may see.",
    )

    time_zone = models.CharField(
        max_length=64,
        blank=True,
        default="",
        validators=[validate_time_zone],
        help_text="A name such as America/New_York; empty for the clock of the service.",
    )

    class Meta(AbstractUser.Meta):
        abstract = False
        ordering = ("username",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(is_auditor=True, is_administrator=True),
                name="access_user_auditor_or_administrator",
                violation_error_message=(
                    "An auditor changes nothing, so the same account cannot be an administrator. "
                    "Clear one of the two."
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(is_auditor=True, is_superuser=True),
                name="access_user_auditor_or_superuser",
                violation_error_message=(
                    "An auditor changes nothing, so the same account cannot be a superuser. "
                    "Clear one of the two."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(is_depositor=False)
                | models.Q(
                    is_auditor=False,
                    is_administrator=False,
                    is_superuser=False,
                    is_staff=False,
                    # What Django writes where no password leads in.
                    password__startswith="!",  # noqa: S106 - a look-up, no password
                ),
                name="access_user_depositor_only_deposits",
                violation_error_message=(
                    "The account of a portal has no password and no other standing: it delivers "
                    "by its keys and does nothing else."
                ),
            ),
        )

    def standings(self) -> frozenset[Standing]:
        """Every standing this person acts in; the policy table grants what any of them grants.

        The standings of the whole site win over memberships, so that an administrator who was
        added to a team by mistake still sees no case.
        """
        if not self.is_active:
            return frozenset()
        if self.is_superuser or self.is_administrator:
            return frozenset({Standing.ADMINISTRATOR})
        if self.is_depositor:
            return frozenset({Standing.DEPOSITOR})
        if self.is_auditor:
            return frozenset({Standing.AUDITOR})
        return frozenset(Standing(role) for _, role in self._held())

    def team_keys(self, role: Role | None = None) -> frozenset[str]:
        """Keys of the teams this person works in, or holds ``role`` in.

        Empty for auditors, administrators and portals: none of them works in a team.
        """
        if not self._works_in_teams():
            return frozenset()
        return frozenset(key for key, held in self._held() if role is None or held == role)

    def roles_in(self, team: "Team | str") -> frozenset[Role]:
        """The roles this person holds in ``team`` (a Team or its key)."""
        wanted = team if isinstance(team, str) else team.key
        if not self._works_in_teams():
            return frozenset()
        return frozenset(Role(role) for key, role in self._held() if key == wanted)

    def standings_in(self, team: "Team | str") -> frozenset[Standing]:
        """The standings this person acts in toward what ``team`` owns.

        A role in another team does not count; the standings of the whole site do.
        """
        if self._works_in_teams():
            return frozenset(Standing(role) for role in self.roles_in(team))
        return self.standings()

    def reads_all_teams(self) -> bool:
        """Whether this person reads the cases of every team, as far as markings allow."""
        return self.standings() == {Standing.AUDITOR} and self._bound_to is None

    def narrow_to(self, team: "Team | None") -> None:
        """Act in ``team`` only, for as long as this instance lives: a token bound to a team."""
        self._bound_to = team.key if team else None

    _bound_to: str | None = None
    _pairs: frozenset[tuple[str, str]] | None = None

    def _works_in_teams(self) -> bool:
        return self.is_active and not (
            self.is_superuser or self.is_administrator or self.is_auditor or self.is_depositor
        )

    def _held(self) -> frozenset[tuple[str, str]]:
        """(team key, role) pairs, read once per instance: a request loads its user anew."""
        if self._pairs is None:
            self._pairs = frozenset(self.memberships.values_list("team__key", "role"))
        return frozenset(
            pair for pair in self._pairs if self._bound_to is None or pair[0] == self._bound_to
        )

    def forget_memberships(self) -> None:
        """Read the memberships anew when next asked: they were changed."""
        self._pairs = None

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read the row again, and the memberships with it."""
        self.forget_memberships()
        super().refresh_from_db(*args, **kwargs)
