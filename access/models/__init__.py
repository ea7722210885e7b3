"""People, teams, markings, tokens, ways back in, and the memory of repeated requests."""

from access.models.idempotency import IdempotencyKey
from access.models.marking import Marking
from access.models.recovery import FactorReset, SetupCode
from access.models.team import Membership, Team
from access.models.token import ApiToken
from access.models.user import User

__all__ = [
    "ApiToken",
    "FactorReset",
    "IdempotencyKey",
    "Marking",
    "Membership",
    "SetupCode",
    "Team",
    "User",
]
