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
from casemgr.models.comment import Comment, Mention
from casemgr.models.desk import Bookmark, FindingDraft
from casemgr.models.finding import Finding, FindingRevision, Signature
from casemgr.models.flag import DispositionState, FlagDisposition, TrackedFlag
from casemgr.models.link import Link, Pinpoint
from casemgr.models.notification import (
    DigestRhythm,
    NoticeDigest,
    NoticeKind,
    NoticeSetting,
    Notification,
    Visit,
)
from casemgr.models.pin import CaseElement, Pin
from casemgr.models.saved_view import SavedView
from casemgr.models.stage_spell import StageSpell
from casemgr.models.task import UNFINISHED, Task, TaskState
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
    "UNFINISHED",
    "Assessment",
    "Bookmark",
    "Case",
    "CaseDependency",
    "CaseElement",
    "Change",
    "Comment",
    "ComparatorCase",
    "ConsiderationAnswer",
    "DefectKind",
    "DigestRhythm",
    "DispositionState",
    "DocketFile",
    "Finding",
    "FindingDraft",
    "FindingRevision",
    "FlagDisposition",
    "GradeDay",
    "Link",
    "Mention",
    "Milestone",
    "NoticeDigest",
    "NoticeKind",
    "NoticeSetting",
    "Notification",
    "Package",
    "Pin",
    "Pinpoint",
    "PrerequisiteMet",
    "PriorPosition",
    "RecordDefect",
    "SavedView",
    "Signature",
    "Snapshot",
    "Stage",
    "StageSpell",
    "StaleMark",
    "Task",
    "TaskState",
    "TrackedFlag",
    "UndrainedChange",
    "Visit",
]
