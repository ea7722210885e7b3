"""An authority as data: what the library files hold and what the review engine reads.

Frozen and free of Django, so that the loader, the database and the engine share one form.
The first fields of each class are those of a docket file's own authority; those after the
comment line exist in library files only, are all optional, and are never read by the engine.
"""

from dataclasses import dataclass

from designations.days import Period
from designations.words import (
    ElementKind,
    Join,
    Posture,
    PrerequisiteKind,
    Settledness,
    Threshold,
    VersionState,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One thing the authority requires, or (with ``join``) a group of such things."""

    code: str
    parent: str | None = None
    join: Join | None = None
    kind: ElementKind | None = None
    text: str = ""
    citation: str = ""
    settledness: Settledness | None = None
    undefined_terms: tuple[str, ...] = ()
    fresh_days: int | None = None
    period: Period | None = None
    # library only
    title: str = ""
    quoted: bool = False  # text is the operative words letter for letter, not a paraphrase
    verified: bool = False
    source: str = ""  # where the text was verified
    note: str = ""
    continues: tuple[str, ...] = ()  # "version/code" of which this is the same requirement

    @property
    def is_group(self) -> bool:
        """Whether this joins other elements instead of being judged itself."""
        return self.join is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consideration:
    """An important aspect the decision must address; ``main``: named as the main vulnerability."""

    code: str
    text: str = ""
    element: str | None = None
    main: bool = False
    # library only
    citation: str = ""
    verified: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prerequisite:
    """A procedural step the authority requires, of the case or (``element``) of one element."""

    code: str
    text: str = ""
    kind: PrerequisiteKind = PrerequisiteKind.OTHER
    element: str | None = None
    # library only
    citation: str = ""
    verified: bool = False
    quoted: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """A restriction the authority allows or requires.

    ``menu`` consequences count toward the version's ``minimum_consequences`` (PAIP Act:
    "5 or more"), one each.
    """

    code: str
    text: str = ""
    title: str = ""
    citation: str = ""
    applies_to: str = "any"  # entity | individual | any
    required: bool = False
    menu: bool = False
    condition: str = ""
    verified: bool = False
    letter: str = ""  # the menu's own letter where one letter holds two sanctions (F)
    quoted: bool = False
    source: str = ""
    depends_on: tuple[str, ...] = ()  # slugs: a case of one of these must stand first
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """Another operative text of the authority: not an element, but needed to apply it."""

    code: str
    kind: str = "other"  # definition | exception | waiver | duty | standard | removal | ...
    title: str = ""
    text: str = ""
    citation: str = ""
    quoted: bool = False
    verified: bool = False
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionStatus:
    """Whether the version has effect in a range of days, and who says so."""

    state: VersionState
    period: Period
    note: str = ""
    source: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """One dated version of a legal basis for listing.

    ``in_force`` is None for a version that has no first day yet (a draft order, a bill).
    """

    slug: str
    version: str
    title: str = ""
    in_force: Period | None = None
    threshold: Threshold = Threshold.SUBSTANTIAL_EVIDENCE
    posture: Posture = Posture.APA_706
    elements: tuple[Element, ...] = ()
    considerations: tuple[Consideration, ...] = ()
    prerequisites: tuple[Prerequisite, ...] = ()
    # library only
    citation: str = ""
    agency: str = ""
    decision_maker: str = ""
    decision_rule: str = ""
    review: str = ""  # the posture in plain sentences
    notice: str = ""
    delisting: str = ""
    consequences: tuple[Consequence, ...] = ()
    provisions: tuple[Provision, ...] = ()
    minimum_consequences: int = 0
    statuses: tuple[VersionStatus, ...] = ()
    weak_points: tuple[str, ...] = ()
    referral_only: bool = False
    automatic: bool = False  # applies by operation of law: no case is opened under it
    depends_on: tuple[str, ...] = ()  # slugs of authorities a case of this one may rest on
    triggers_consideration_of: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """``slug@version``, as docket files name it."""
        return f"{self.slug}@{self.version}"
