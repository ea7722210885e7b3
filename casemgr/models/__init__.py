"""The work as rows: cases, what hangs on their elements, findings, and what the engine found."""

from casemgr.ledger.change import Change, UndrainedChange
from casemgr.models.assessment import Assessment, GradeDay, Snapshot, StaleMark
from casemgr.models.case import (
    OPEN_STAGES,
    Case,
    CaseDependency,
    DocketFile,
    Milestone,
    Package,
    Stage,
)
from casemgr.models.finding import Finding, FindingRevision, Signature
from casemgr.models.flag import DispositionState, FlagDisposition, TrackedFlag
from casemgr.models.link import Link, Pinpoint
from casemgr.models.pin import CaseElement, Pin
from casemgr.models.treatment import (
    ComparatorCase,
    ConsiderationAnswer,
    DefectKind,
    PrerequisiteMet,
    PriorPosition,
    RecordDefect,
)

__all__ = [
    "OPEN_STAGES",
    "Assessment",
    "Case",
    "CaseDependency",
    "CaseElement",
    "Change",
    "ComparatorCase",
    "ConsiderationAnswer",
    "DefectKind",
    "DispositionState",
    "DocketFile",
    "Finding",
    "FindingRevision",
    "FlagDisposition",
    "GradeDay",
    "Link",
    "Milestone",
    "Package",
    "Pin",
    "Pinpoint",
    "PrerequisiteMet",
    "PriorPosition",
    "RecordDefect",
    "Signature",
    "Snapshot",
    "Stage",
    "StaleMark",
    "TrackedFlag",
    "UndrainedChange",
]
