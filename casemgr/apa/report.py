"""The engine's output: frozen, ordered, and the same bytes for the same input."""

from dataclasses import dataclass

from casemgr.words import DecidedBy, Grade, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """One weakness, named by doctrine.

    ``statement`` says what is wrong and where; ``evidence`` names the items that raised it;
    ``cures`` are pieces of work. ``subject`` tells apart two flags of one doctrine on one
    element (an item, a consideration, a step) and is part of the live fingerprint.
    ``pending``: an ordinary step still ahead, shown apart, capping no grade.
    """

    doctrine: str
    severity: Severity
    statement: str
    evidence: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    cures: tuple[str, ...] = ()
    pending: bool = False
    subject: str = ""


def flag_order(flag: Flag) -> tuple[bool, int, str, str]:
    """Pending flags last, then by severity, doctrine and subject."""
    return (flag.pending, flag.severity.rank, flag.doctrine, flag.subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """A doctrine that changed a severity or a standing: from, to and why."""

    doctrine: str
    from_: str
    to: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementReport:
    """One element or group, judged.

    ``strike_number`` None: no number of origins decides it. ``weight`` and ``threshold`` are
    hundredths of the unit, rounded down, for display.
    """

    code: str
    grade: Grade
    origins: int
    strike_number: int | None
    decided_by: DecidedBy
    flags: tuple[Flag, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    derivation: tuple[str, ...] = ()
    carried_by: tuple[str, ...] = ()  # groups only: the children chosen
    asserted: bool = True
    digest: str = ""
    supports: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    origin_groups: tuple[tuple[str, tuple[str, ...]], ...] = ()  # origin label, items folded in
    weight: int = 0
    threshold: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReport:
    """The assessment of one case."""

    docket: str
    authority: str
    as_of: str | None
    engine_version: str
    input_digest: str
    posture: str
    posture_note: str
    grade: Grade
    carrying_path: tuple[str, ...]
    fallback_path: tuple[str, ...]
    elements: tuple[ElementReport, ...]
    flags: tuple[Flag, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
