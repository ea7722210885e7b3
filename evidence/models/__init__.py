"""What is known and how: sources, items, their derivation and grading, files and custody."""

from evidence.models.claim import Claim
from evidence.models.custody import CustodyEvent, CustodyKind
from evidence.models.derivation import DERIVATION_LOCK, Derivation
from evidence.models.draft import EntryDraft
from evidence.models.exhibit import Blob, Exhibit
from evidence.models.grading import Grading
from evidence.models.item import EvidenceItem, Share
from evidence.models.job import Job, JobKind, JobPart, JobState
from evidence.models.report import ChipDiversionReport, FraudulentAccountReport
from evidence.models.search import SearchText
from evidence.models.source import Source

__all__ = [
    "DERIVATION_LOCK",
    "Blob",
    "ChipDiversionReport",
    "Claim",
    "CustodyEvent",
    "CustodyKind",
    "Derivation",
    "EntryDraft",
    "EvidenceItem",
    "Exhibit",
    "FraudulentAccountReport",
    "Grading",
    "Job",
    "JobKind",
    "JobPart",
    "JobState",
    "SearchText",
    "Share",
    "Source",
]
