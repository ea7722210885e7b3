"""What can happen to the law and its targets."""

from designations.actions.authorities import (
    LibraryLoad,
    LibraryRefusedError,
    LoadedVersion,
    Outcome,
    PinnedVersionError,
    freeze_version,
    load_authority,
    load_library,
)
from designations.actions.designees import (
    add_designee,
    add_identifier,
    add_name,
    amend_designee,
    end_stake,
    state_ownership,
)
from designations.actions.verification import verify_text

__all__ = [
    "LibraryLoad",
    "LibraryRefusedError",
    "LoadedVersion",
    "Outcome",
    "PinnedVersionError",
    "add_designee",
    "add_identifier",
    "add_name",
    "amend_designee",
    "end_stake",
    "freeze_version",
    "load_authority",
    "load_library",
    "state_ownership",
    "verify_text",
]
