"""People with an account."""

from functools import partial

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models

from access.keys import PublicKeyField, fresh_key
from access.words import Role, Standing


class User(AbstractUser):
    """A person. What they may see follows from memberships, standing and cleared markings.

    The two standings of the whole site exclude each other and any role in a team: an auditor
    reads everything and changes nothing, an administrator keeps accounts and reference data and
    sees no case. A superuser counts as an administrator.
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
    cleared_markings = ArrayField(
        models.CharField(max_length=40, db_collation="C"),
        default=list,
        blank=True,
        help_text="Codes of the markings this person may see.",
    )

    class Meta(AbstractUser.Meta):  # type: ignore[name-defined,misc]
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
        if self.is_auditor:
            return frozenset({Standing.AUDITOR})
        return frozenset(Standing(role) for _, role in self._held())

    def team_keys(self, role: Role | None = None) -> frozenset[str]:
        """Keys of the teams this person works in, or holds ``role`` in.

        Empty for auditors and administrators: neither works in a team.
        """
        if not self._works_in_teams():
            return frozenset()
        return frozenset(key for key, held in self._held() if role is None or held == role)

    def roles_in(self, team: "models.Model | str") -> frozenset[Role]:
        """The roles this person holds in ``team`` (a Team or its key)."""
        wanted = team if isinstance(team, str) else team.key  # type: ignore[attr-defined]
        if not self._works_in_teams():
            return frozenset()
        return frozenset(Role(role) for key, role in self._held() if key == wanted)

    def reads_all_teams(self) -> bool:
        """Whether this person reads the cases of every team, as far as markings allow."""
        return self.is_active and self.is_auditor and not self.is_superuser

    def _works_in_teams(self) -> bool:
        return self.is_active and not (
            self.is_superuser or self.is_administrator or self.is_auditor
        )

    def _held(self) -> frozenset[tuple[str, str]]:
        """(team key, role) pairs, read once per instance: a request loads its user anew."""
        if not hasattr(self, "_held_memberships"):
            self._held_memberships = frozenset(
                self.memberships.values_list("team__key", "role")  # type: ignore[attr-defined]
            )
        return self._held_memberships
