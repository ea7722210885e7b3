"""The law and its targets, as rows."""

from designations.models.authority import (
    Authority,
    AuthorityVersion,
    Origin,
    UpcomingChange,
)
from designations.models.dated import DatedQuerySet, DatedRow
from designations.models.designee import Designee, DesigneeName, Identifier, NameKind
from designations.models.element import (
    Consequence,
    Consideration,
    Element,
    Prerequisite,
    Provision,
)
from designations.models.ownership import OwnershipStake
from designations.models.stated_dates import StatedDate, StatedPeriod
from designations.models.verification import (
    Verification,
    VerificationStatus,
    VerificationSubject,
)
from designations.models.version_status import VersionStatus

__all__ = [
    "Authority",
    "AuthorityVersion",
    "Consequence",
    "Consideration",
    "DatedQuerySet",
    "DatedRow",
    "Designee",
    "DesigneeName",
    "Element",
    "Identifier",
    "NameKind",
    "Origin",
    "OwnershipStake",
    "Prerequisite",
    "Provision",
    "StatedDate",
    "StatedPeriod",
    "UpcomingChange",
    "Verification",
    "VerificationStatus",
    "VerificationSubject",
    "VersionStatus",
]
