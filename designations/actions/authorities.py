"""Loading the law: from the library's files, or from a docket file that brings its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.db.models.functions import Now

from access.actor import Actor, acting
from designations.actions.parts import PARTS, sync_parts, sync_statuses, sync_verifications
from designations.frozen_body import body_of, readings_of
from designations.library.load import AUTHORITIES, body_digest, read_library
from designations.library.model import Authority as AuthorityText
from designations.models import Authority, AuthorityVersion, Origin
from designations.models.stated_dates import to_columns

LOADER = "system:library"
_COLUMNS = (
    "title", "citation", "agency", "decision_maker", "decision_rule", "review", "notice",
    "delisting", "minimum_consequences", "referral_only", "automatic",
)  # fmt: skip
_LISTS = ("weak_points", "depends_on", "triggers_consideration_of", "notes")


class Outcome(StrEnum):
    """What loading a version did."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    UPDATED = "updated"
    """Readings, statuses or verification changed; the text is the same."""
    REPLACED = "replaced"
    """The text changed, of a version that no case has pinned."""


@dataclass(frozen=True, slots=True)
class LoadedVersion:
    """A version as it now stands, and what loading it did."""

    version: AuthorityVersion
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class LibraryLoad:
    """What loading the library did, version by version."""

    loaded: tuple[LoadedVersion, ...]

    def names(self, outcome: Outcome) -> list[str]:
        """``slug@version`` of those with this outcome, in order."""
        return sorted(each.version.name for each in self.loaded if each.outcome is outcome)


class PinnedVersionError(ValidationError):
    """The text of a version that cases rest on was changed."""

    def __init__(self, name: str, why: str) -> None:
        self.name = name
        super().__init__({"version": f"{name}: {why}"})


class LibraryRefusedError(Exception):
    """Versions of the library that cannot be loaded; nothing was."""

    def __init__(self, refusals: Iterable[PinnedVersionError]) -> None:
        self.refusals = tuple(refusals)
        super().__init__("\n".join(each.messages[0] for each in self.refusals))


def load_authority(
    authority: AuthorityText,
    origin: str = Origin.LIBRARY,
    *,
    actor: Actor | str = LOADER,
    reason: str = "load an authority",
) -> LoadedVersion:
    """Store one version of an authority; loading the same again changes nothing.

    Of a library version that no case pins the text may change; of one that a case pins only what
    stands outside the digest. A version that a docket file brought never changes.

    Raises PinnedVersionError when the text is another than the stored one may become, and
    ValidationError when a constraint refuses the version.
    """
    with transaction.atomic(), acting(actor, reason):
        parent, _ = Authority.objects.get_or_create(slug=authority.slug, origin=origin)
        stored = (
            AuthorityVersion.objects.select_for_update()
            .select_related("authority")
            .filter(authority=parent, label=authority.version)
            .first()
        )
        outcome = Outcome.ADDED if stored is None else _outcome(stored, authority)
        if stored is not None and outcome is Outcome.UNCHANGED:
            return LoadedVersion(stored, outcome)
        version = stored or AuthorityVersion(authority=parent, label=authority.version)
        _write(version, authority)
        try:
            sync_parts(version, authority)
        except ProtectedError as error:
            raise PinnedVersionError(
                authority.name, f"a case speaks of {_named(error)}: keep it, or add a version"
            ) from error
        sync_verifications(version, authority, by=LOADER)
        sync_statuses(version, authority)
        return LoadedVersion(version, outcome)


def load_library(
    path: Path = AUTHORITIES,
    *,
    actor: Actor | str = LOADER,
    reason: str = "load the authority library",
) -> LibraryLoad:
    """Store every version of every file in the folder, all or none.

    Raises LibraryError with file, line and reason when a file is broken, LibraryRefusedError
    naming every version whose text changed although a case pins it. Either changes nothing.
    """
    authorities = read_library(path)
    loaded, refusals = [], []
    with transaction.atomic(), acting(actor, reason):
        for authority in authorities:
            try:
                loaded.append(load_authority(authority, actor=actor, reason=reason))
            except PinnedVersionError as refusal:
                refusals.append(refusal)
        if refusals:
            raise LibraryRefusedError(refusals)
    return LibraryLoad(tuple(loaded))


def freeze_version(version: AuthorityVersion) -> None:
    """From now on the version's text cannot change. Called where a case first pins it.

    Part of the caller's transaction; waits for a load of the same version under way.
    """
    AuthorityVersion.objects.filter(pk=version.pk, frozen_at=None).update(frozen_at=Now())
    version.refresh_from_db(fields=["frozen_at"])


def _outcome(stored: AuthorityVersion, authority: AuthorityText) -> Outcome:
    if stored.body_digest != body_digest(authority):
        if stored.frozen_at is not None:
            raise PinnedVersionError(
                authority.name, "a case pins this version and its text changed: add a version"
            )
        if stored.authority.origin == Origin.DOCKET:
            raise PinnedVersionError(
                authority.name, "another docket file brought another text under this version"
            )
        return Outcome.REPLACED
    if stored.as_dataclass() == authority:
        return Outcome.UNCHANGED
    if stored.authority.origin == Origin.DOCKET:
        raise PinnedVersionError(
            authority.name, "another docket file reads the same text of this version differently"
        )
    return Outcome.UPDATED


def _write(version: AuthorityVersion, authority: AuthorityText) -> None:
    version.body = body_of(authority)
    version.body_digest = body_digest(authority)
    version.readings = readings_of(authority)
    version.threshold = authority.threshold.value
    version.posture = authority.posture.value
    for name in _COLUMNS:
        setattr(version, name, getattr(authority, name))
    for name in _LISTS:
        setattr(version, name, list(getattr(authority, name)))
    first = authority.in_force.start if authority.in_force else None
    for name, value in to_columns("in_force_from", first, "first").items():
        setattr(version, name, value)
    version.full_clean()
    version.save()


def _named(error: ProtectedError) -> str:
    parts = {row.code for row in error.protected_objects if isinstance(row, PARTS)}
    if parts:
        return ", ".join(sorted(parts))
    return "a part that the file no longer has"
