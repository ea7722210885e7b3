"""The law that made-up cases are brought under: whatever of the library is not superseded."""

from dataclasses import dataclass
from datetime import date
from random import Random

from casemgr.words import CaseKind
from designations.models import AuthorityVersion, Element, Origin
from designations.words import ElementKind, VersionState

# What these ask is no fact of the world that items would show.
_WITHOUT_EVIDENCE = (
    ElementKind.PROCESS,
    ElementKind.EXPLANATION,
    ElementKind.USABILITY,
)
# How often a case is brought under it; an authority not named here has the share of the rest.
_SHARES = {"entity-list": 40, "eo-13694": 20, "section-1260h": 14, "ns-cmic": 8, "paip-act": 8}
_OTHER_SHARE = 3


class NoLawError(LookupError):
    """No version of the law is loaded under which a case could be opened."""


@dataclass(frozen=True, slots=True)
class Law:
    """One version with the ids of its parts, in the order of the law."""

    version: AuthorityVersion
    kind: CaseKind
    elements: tuple[Element, ...]
    shown: tuple[Element, ...]
    """The leaves that evidence bears on."""
    found: tuple[Element, ...]
    """The leaves on which counsel writes a finding."""
    considerations: tuple[int, ...]
    prerequisites: tuple[int, ...]


def read_law(day: date) -> list[Law]:
    """Every version of the library that holds on ``day`` or is still a draft.

    Raises NoLawError when the library is not loaded.
    """
    versions = (
        AuthorityVersion.objects.filter(authority__origin=Origin.LIBRARY, automatic=False)
        .select_related("authority")
        .prefetch_related("statuses", "elements", "considerations", "prerequisites")
        .order_by("authority__slug", "label")
    )
    law = [
        _law(version)
        for version in versions
        if version.state_on_day(day) is not VersionState.SUPERSEDED
    ]
    if not law:
        raise NoLawError("No law is loaded: run manage.py load_library first.")
    return law


def choose(law: list[Law], chance: Random) -> Law:
    """One of them, the authorities most used the most often."""
    return chance.choices(
        law, [_SHARES.get(each.version.authority.slug, _OTHER_SHARE) for each in law]
    )[0]


def _law(version: AuthorityVersion) -> Law:
    elements = tuple(sorted(version.elements.all(), key=lambda row: (row.position, row.pk)))
    leaves = tuple(row for row in elements if not row.is_group)
    return Law(
        version=version,
        kind=CaseKind.REFERRAL if version.referral_only else CaseKind.LISTING,
        elements=elements,
        shown=tuple(row for row in leaves if row.kind not in _WITHOUT_EVIDENCE) or leaves,
        found=tuple(row for row in leaves if row.kind != ElementKind.PROCESS),
        considerations=tuple(row.pk for row in version.considerations.all()),
        prerequisites=tuple(row.pk for row in version.prerequisites.all()),
    )
