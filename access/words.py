"""The closed lists of values that say who may do what."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is within one team. One person may hold several roles in several teams."""

    ANALYST = "analyst"
    COUNSEL = "counsel"
    MANAGER = "manager"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of stored value and label, as Django's ``choices`` takes them."""
        return [(role.value, role.value) for role in cls]


class Standing(StrEnum):
    """Every standing the policy table knows: the roles of a team and those of the whole site."""

    ANALYST = "analyst"
    COUNSEL = "counsel"
    MANAGER = "manager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    DEPOSITOR = "depositor"
    ANONYMOUS = "anonymous"


class Scope(StrEnum):
    """What an API token may be used for; a token never exceeds what its owner may do.

    ``read`` is needed to read, ``write`` to change, ``submit`` for the acts that bind someone:
    signing, moving a case to its next stage, deciding. ``deposit`` stands alone: the key of a
    portal delivers evidence with it and does nothing else.
    """

    READ = "read"
    WRITE = "write"
    SUBMIT = "submit"
    DEPOSIT = "deposit"

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of stored value and label, as Django's ``choices`` takes them."""
        return [(scope.value, scope.value) for scope in cls]


SCOPES_OF_PEOPLE = (Scope.READ, Scope.WRITE, Scope.SUBMIT)
"""What a person may put into a token of their own."""
